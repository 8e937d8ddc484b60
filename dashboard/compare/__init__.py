"""Compare: what the planned charge costs at each station of a place."""
