"""What one planned charge costs at the chargers of a snapshot, here and elsewhere, at any time."""
