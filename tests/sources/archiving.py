"""Runs that put documents into an archive, and what then lies there."""

import random
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://a.example/locations"
LARGE = 5 << 20


def noise(size_bytes, seed=1):
    return random.Random(seed).randbytes(size_bytes)


def put(run, content=b"[]", name="locations", url=URL, status=200, headers=(), error=""):
    spool = run.spool(name)
    spool.write(content)
    facts = {"url": url, "status": status, "headers": dict(headers), "asked_at": NOW}
    return spool.finish(**facts, error=error)


def run_with(archive, run_id, *contents, hour=0, feed="a_feed"):
    with archive.run(feed, run_id, NOW + timedelta(hours=hour)) as run:
        return [put(run, content) for content in contents]


def files(archive):
    below = archive.folder.rglob("*")
    return sorted(path.relative_to(archive.folder).as_posix() for path in below if path.is_file())
