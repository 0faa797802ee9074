"""The application: command line, configuration, and the wiring that chooses implementations."""
