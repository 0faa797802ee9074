"""The way out: index, queries, subscriptions, webhooks, API and pages."""
