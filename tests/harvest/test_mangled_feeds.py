"""Whatever arrives, byte for byte: no crash, an account that adds up, and no bystander is lost."""

import asyncio
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.formats.document import Document
from aggregator.harvest import Equipment, Job, harvest_feed
from aggregator.harvest.reading import Reading
from aggregator.sources.body import Body
from aggregator.sources.local_file import LocalFeed
from aggregator.sources.page import Page, Remarks
from aggregator.store.ledger import FeedFacts, Run
from aggregator.store.warehouse import cursor, open_warehouse
from tests.formats.json_texts import LIMIT, pieces
from tests.formats.mangling import edits, mangled, written
from tests.formats.raw_records import raw_connector, raw_evse, raw_location, raw_tariff
from tests.harvest.conftest import Watching

CONNECTORS = [raw_connector(), raw_connector(id="2", tariff_ids=["T2", "T3"])]
LOCATIONS = [
    raw_location(
        id=f"L{n}", evses=[raw_evse(uid=f"E{n}", connectors=CONNECTORS), raw_evse(uid="X")]
    )
    for n in range(5)
]
TARIFFS = [raw_tariff(id=f"T{n}") for n in range(4)]
MODULES = {"locations": LOCATIONS, "tariffs": TARIFFS}
TEXT, NODES = written({"status_code": 1000, "data": MODULES, "timestamp": "2026-03-01T12:00:00Z"})
SIZES = st.sampled_from([200, 1_500, 1_000_000])
IDS = {("data", "locations", n): f"L{n}" for n in range(5)} | {
    ("data", "tariffs", n): f"T{n}" for n in range(4)
}
INSIDE = [node for node in NODES if node.path[:3] in IDS]
"""What is outside of all records is not among these: mangled, it could cost every record."""
RUNS = count(1)
pytestmark = pytest.mark.slow


class OneDocument:
    """A source of one document, which comes in pieces of one size."""

    complete = True

    def __init__(self, text, size):
        self.remarks = Remarks()
        self._document = Document(lambda: iter(pieces(text, size)), max_bytes=LIMIT)

    async def modules(self):
        return ["both"]

    async def version(self):
        return None

    async def pages(self, _):
        yield Page("https://a.example", self._document, Body.of(b""))


@contextmanager
def received(warehouse, text, size, feed=None):
    """Read a document as a feed of its own; give the run, and ids of the records that are kept."""
    number = next(RUNS)
    facts = FeedFacts(feed or f"f{number}", "F", fingerprint="as ever")
    run = Run(f"run{number}", facts, datetime.now(UTC))
    own = cursor(warehouse)
    reading = Reading(own, run, None, OneDocument(text, size), lambda *_: None)
    asyncio.run(reading.run_through())
    yield run, kept_ids(own, run.facts.feed)
    own.close()


def kept_ids(connection, feed):
    query = (
        "select location_id from core.location where feed = $feed and valid_to is null "
        "union select tariff_id from core.tariff where feed = $feed and valid_to is null"
    )
    return {name for (name,) in connection.execute(query, {"feed": feed}).fetchall()}


def adds_up(run):
    return all(one.received == one.kept + one.rejected for one in run.counts.values())


def test_feed_that_is_not_mangled_is_kept_in_full():
    with open_warehouse(None) as warehouse, received(warehouse, TEXT, 300) as (run, kept):
        assert kept == set(IDS.values())
        counts = [(one.received, one.kept, one.rejected) for one in run.counts.values()]
        assert counts == [(5, 5, 0), (10, 10, 0), (15, 15, 0), (4, 4, 0)]
        assert (run.outcome, run.message) == ("ok", None)


def test_mangled_records_cost_only_themselves():
    with open_warehouse(None) as warehouse:

        @settings(max_examples=60, deadline=None)
        @given(edits(INSIDE), SIZES)
        def check(found, size):
            touched = {IDS[node.path[:3]] for node, _, _ in found}
            with received(warehouse, mangled(TEXT, found), size) as (run, kept):
                assert kept >= set(IDS.values()) - touched
                assert adds_up(run)

        check()


def test_mangled_document_never_ends_in_a_crash():
    with open_warehouse(None) as warehouse:

        @settings(max_examples=30, deadline=None)
        @given(edits(NODES), SIZES)
        def check(found, size):
            with received(warehouse, mangled(TEXT, found), size) as (run, _):
                assert adds_up(run)

        check()


def test_bytes_put_anywhere_never_end_in_a_crash():
    letters = st.sampled_from([b"", *map(bytes, zip(b'"\\{}[]:, \x00\xff1')), b"\xef\xbb\xbf"])
    places = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 40), letters)
    with open_warehouse(None) as warehouse:

        @settings(max_examples=30, deadline=None)
        @given(st.lists(places, min_size=1, max_size=3), SIZES)
        def check(found, size):
            text = TEXT
            for start, length, letter in found:
                text = text[:start] + letter + text[start + length :]
            with received(warehouse, text, size) as (run, _):
                assert adds_up(run)

        check()


def test_records_before_the_place_where_a_document_breaks_off_are_kept():
    with open_warehouse(None) as warehouse:

        @settings(max_examples=30, deadline=None)
        @given(st.integers(1, len(TEXT) - 1), SIZES)
        def check(end, size):
            came = {IDS[node.path] for node in NODES if node.path in IDS and node.end <= end}
            with received(warehouse, TEXT[:end], size) as (run, kept):
                assert kept == came
                assert adds_up(run)
                assert "breaks off" in run.message
                assert run.outcome == ("failed" if not run.documents else "attention")

        check()


def test_mangled_records_of_a_second_run_end_only_themselves():
    with open_warehouse(None) as warehouse:

        @settings(max_examples=25, deadline=None)
        @given(edits(INSIDE), SIZES)
        def check(found, size):
            feed, touched = f"again{next(RUNS)}", {IDS[node.path[:3]] for node, _, _ in found}
            with received(warehouse, TEXT, size, feed) as (_, kept):
                assert kept == set(IDS.values())
            with received(warehouse, mangled(TEXT, found), size, feed) as (run, kept):
                assert kept >= set(IDS.values()) - touched
                assert adds_up(run)

        check()


def test_mangled_file_is_harvested_like_any_other(tmp_path):
    path = tmp_path / "f.json"
    with open_warehouse(None) as warehouse:

        @settings(max_examples=25, deadline=None)
        @given(edits(NODES))
        def check(found):
            path.write_bytes(mangled(TEXT, found))
            job = Job("f", None, LocalFeed("f", (path,)))
            run = asyncio.run(harvest_feed(warehouse, job, Equipment(1, LIMIT), Watching()))
            assert adds_up(run)
            assert run.outcome in {"ok", "attention", "failed"}

        check()
