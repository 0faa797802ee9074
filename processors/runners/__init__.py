"""Runners: the loops that drive the topology over a log."""
