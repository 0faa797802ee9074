"""How many people and remains, and to which side."""
