"""How fast things are: `python -m benchmarks.NAME [--size N] [--json]`. Ratios matter, not seconds."""
