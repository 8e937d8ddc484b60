"""What decides what a record's bytes mean: how they are read, and what the feed file says."""

import hashlib
from functools import cache
from importlib.resources import files

from aggregator.feeds import Feed

READERS = ("aggregator.formats", "aggregator.domain")
DECIDING = {
    "country_code",
    "party_id",
    "operator_name",
    "time_zone",
    "prices",
    "layout",
    "ocpi_version",
}


def fingerprint(feed: Feed | None) -> str:
    """Return the digest of the reader's own code and of what a feed file says about reading.

    While it stays the same, the same bytes are the same record.
    """
    said = feed.model_dump_json(include=DECIDING) if feed else ""
    return hashlib.sha256(f"{_of_code()}{said}".encode()).hexdigest()


@cache
def _of_code() -> str:
    """Return the digest of the modules that read records."""
    digest = hashlib.sha256()
    for package in READERS:
        for module in sorted(files(package).iterdir(), key=lambda entry: entry.name):
            if module.name.endswith(".py"):
                digest.update(module.name.encode() + module.read_bytes())
    return digest.hexdigest()
