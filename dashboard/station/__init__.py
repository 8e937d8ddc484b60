"""Station: every price of one charger, and where it comes from."""
