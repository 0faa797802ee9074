"""The lexicon of a language: words, phrases, names and number words, and the units that they make of a sentence."""
