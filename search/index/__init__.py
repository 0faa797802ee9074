"""Index backends: one contract, on SQLite and on Elasticsearch."""
