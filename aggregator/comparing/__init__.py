"""What one planned charge costs here and elsewhere, now and at other times."""
