"""Bytes -> records + problems: the only room where OCPI versions and feed dialects differ."""
