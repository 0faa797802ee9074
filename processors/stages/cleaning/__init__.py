"""What the clean stage knows besides extraction: encodings, dates, languages, walls, boilerplate, fingerprints, addresses."""
