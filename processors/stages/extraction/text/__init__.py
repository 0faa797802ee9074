"""From the text to characters: normalised forms of the same length, words and marks."""
