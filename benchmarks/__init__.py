"""How fast things are: `python -m benchmarks.NAME [--size N] [--json]`; ratios matter."""
