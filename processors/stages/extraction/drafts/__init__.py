"""One claim in the making: a proposition, its speaker and its slots."""
