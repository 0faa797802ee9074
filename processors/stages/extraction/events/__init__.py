"""Which claims of an article are about one event, and what of it spreads to each."""
