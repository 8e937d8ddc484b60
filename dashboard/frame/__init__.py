"""What every page stands on: the snapshot that it reads, the look, the price classes."""
