"""Lexicons, one TOML file a language. Data only; read by `processors.stages.extraction`."""
