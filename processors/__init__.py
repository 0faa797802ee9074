"""What obmin knows and how it thinks: the vocabulary, the pure stages, the runners that drive them."""
