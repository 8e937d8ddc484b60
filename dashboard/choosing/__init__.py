"""What a visitor chose, where the URL keeps it, and what the snapshot answers to it."""
