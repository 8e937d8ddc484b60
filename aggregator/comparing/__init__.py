"""What a charge of one's own costs at the chargers of a snapshot."""
