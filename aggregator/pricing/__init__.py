"""What a session costs: restrictions, components, periods, bills and quotes; exact, no I/O."""
