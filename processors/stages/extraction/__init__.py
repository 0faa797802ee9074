"""The claim extractor: sentences, measures, grammar, attribution. Pure."""
