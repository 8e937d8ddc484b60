"""Warehouse and snapshots: the only room that knows DuckDB."""
