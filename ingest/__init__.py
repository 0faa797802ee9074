"""The way in: sources, feeds, fetching, and the journals that captures are appended to."""
