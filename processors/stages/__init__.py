"""The stages of the pipeline: pure functions and folds from record to records."""
