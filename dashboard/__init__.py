"""The dashboard: reads the current snapshot, compares prices, says what is missing."""
