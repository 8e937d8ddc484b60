"""What decides what a record's bytes mean: how they are read, and what the feed file says."""

import hashlib

from aggregator.feeds import Feed
from aggregator.workers.code import code_digest

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
    return hashlib.sha256(f"{code_digest()}{said}".encode()).hexdigest()
