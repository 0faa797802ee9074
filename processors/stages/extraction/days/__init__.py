"""Dates in a text, resolved against its publication date."""
