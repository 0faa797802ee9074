"""Who says it, when and through whom."""
