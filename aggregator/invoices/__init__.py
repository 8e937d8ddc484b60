"""One session or one CDR, priced for a person: where the tariff comes from, what is assumed."""
