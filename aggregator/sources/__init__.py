"""The only HTTP client: documents page by page, bounded, from named hosts, no secrets logged."""
