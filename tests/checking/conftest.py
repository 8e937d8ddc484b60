"""Servers on loopback, and a check of what they give out."""

import asyncio
import json
import tomllib

import pytest
import stamina

from aggregator.checking import Given, Kit, Subject, check
from aggregator.feeds import Feed
from aggregator.sources.local_file import LocalFeed
from tests.cli.conftest import LOCATION, TARIFF


@pytest.fixture(autouse=True)
def _tries_without_waiting():
    stamina.set_testing(True, attempts=2)
    yield
    stamina.set_testing(False)


@pytest.fixture
def kit():
    return Kit(max_bytes=10_000_000)


@pytest.fixture
def check_url(httpserver, kit):
    """Return a function that checks a path of the server."""
    httpserver.no_handler_status_code = 404

    def run(path, most_pages=3, **options):
        options = {"allow_private": True} | options
        given = Given.of(httpserver.url_for(path), kit.secrets, **options)
        subject = Subject(label="it", given=given)
        return _run(subject, kit, most_pages)

    return run


@pytest.fixture
def check_file(tmp_path, kit):
    """Return a function that checks a document, given as JSON values or bytes."""

    def run(content, name="document.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return _run(Subject(label=name, local=LocalFeed("it", (path,))), kit, None)

    return run


def _run(subject, kit, most_pages):
    return asyncio.run(check(subject, kit, most_pages=most_pages, advanced=lambda *_: None))


@pytest.fixture
def proposed():
    """Return a function that reads back the feed which a report proposes."""

    def read(report):
        content = tomllib.loads(report.proposal.text)
        return Feed.model_validate({**content, "feed_id": report.proposal.feed_id})

    return read


def locations(count, first=0, **values):
    """Return so many locations."""
    return [{**LOCATION, "id": f"L{first + number}", **values} for number in range(count)]


def tariffs(*ids, **values):
    """Return tariffs with these ids."""
    return [{**TARIFF, "id": name, **values} for name in ids]


def ocpi(data):
    """Return an OCPI envelope."""
    return {"data": data, "status_code": 1000, "timestamp": "2026-10-01T00:00:00Z"}
