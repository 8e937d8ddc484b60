"""About: sources with their state, coverage, method."""
