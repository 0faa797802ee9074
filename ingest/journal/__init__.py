"""Journals: one append-only log per topic, on SQLite or Kafka."""
