"""Processes that read beside the harvest: little is imported here, so that they start at once."""
