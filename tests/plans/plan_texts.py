"""Plan files that can be used, to be changed by tests."""

SLUGS = frozenset({"mer", "fastned", "gaia"})
HEAD = """provider = "Someone"
name = "Plus"
countries = ["SE", "DE"]
currency = "EUR"
monthly_fee = 9.99
tax = "gross"
valid_from = 2026-01-01
source_url = "https://someone.example/prices"
read_on = 2026-10-01
"""
HEAD_LINES = HEAD.count("\n")
PRICE = "[[price]]\nper_kwh = 0.49\n"
