"""Canonical records in the words of OCPI 2.3.0: frozen, exact, no input or output."""
