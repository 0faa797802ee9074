"""Numbers in a sentence with what bounds them and what they count."""
