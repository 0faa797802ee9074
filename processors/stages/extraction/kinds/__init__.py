"""What one clause asserts: the rules of each kind of claim."""
