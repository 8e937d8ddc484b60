"""No secret gets into anything that a harvest leaves behind, whatever a server echoes.

What a server sends with success is archived as it came; all the rest is searched: the warehouse,
the snapshot, the status, the memory, refused answers, manifests, logs and what is printed.
"""

import asyncio
import base64
import json
import logging
import re
from datetime import UTC, datetime
from urllib.parse import quote, quote_plus

import duckdb
import pyarrow as pa
import pytest
import stamina
from werkzeug import Response

from aggregator.config import Settings
from aggregator.feeds import Feed
from aggregator.harvest import Equipment, Job, harvest
from aggregator.publish import publish
from aggregator.sources.secrets import Credentials
from aggregator.store.status_board import StatusBoard
from aggregator.store.warehouse import open_warehouse

ENVIRONMENT = {
    "A_TOKEN": "tok/en+of=ours?1",
    "A_KEY": "hea der&key/22",
    "A_PARAMETER": "query par&am=33",
    "A_USER": "user-number-4",
    "A_PASSWORD": "pass:word 55",
}
LOGIN = f"{ENVIRONMENT['A_USER']}:{ENVIRONMENT['A_PASSWORD']}"
THEIRS, OURS = "tokenC/of+theirs", "ours-for-them-88"
WAYS = {
    "plain token": ({"token_env": "A_TOKEN", "token_encoding": "plain"}, ["A_TOKEN"]),
    "token": ({"token_env": "A_TOKEN"}, ["A_TOKEN"]),
    "secret header": ({"secret_headers": {"X-Api-Key": "A_KEY"}}, ["A_KEY"]),
    "secret parameter": ({"secret_query": {"key": "A_PARAMETER"}}, ["A_PARAMETER"]),
    "basic": (
        {"basic": {"user_env": "A_USER", "password_env": "A_PASSWORD"}},
        ["A_USER", "A_PASSWORD", LOGIN],
    ),
    "handshake": ({"handshake": True, "token_env": "A_TOKEN"}, [THEIRS, OURS]),
}
LOCATION = {
    "id": "L1",
    "country_code": "SE",
    "party_id": "AAA",
    "coordinates": {"latitude": "57.7", "longitude": "11.9"},
    "evses": [{"uid": "E1", "connectors": [{"id": "1", "tariff_ids": ["T1"]}]}],
}
TARIFF = {
    "id": "T1",
    "country_code": "SE",
    "party_id": "AAA",
    "currency": "SEK",
    "elements": [{"price_components": [{"type": "ENERGY", "price": 5, "vat": 25}]}],
}


class Harvested:
    """A home with one feed for each of a server's bad habits, harvested and published.

    Everything that the server says back stands in `echo`: each secret as it is, in base64 and as
    it stands in an address.
    """

    def __init__(self, home, server, way, names):
        self.home, self._server, self._way = home, server, way
        values = [ENVIRONMENT.get(name, name) for name in names]
        self.spellings = {one for value in values for one in spellings(value)}
        self._echo = " ".join(sorted(self.spellings))
        self._path = quote(values[0], safe="")
        self.runs = {}

    def harvest_and_publish(self):
        chosen = Settings(home=self.home, harvest_concurrency=2)
        equipment = Equipment.of(chosen)
        feeds = [self._feed(habit, *answers) for habit, answers in self._habits().items()]
        if "handshake" in self._way:
            for feed in feeds:
                equipment.credentials.keep(feed.feed_id, self._credentials(feed))
        board = Board(self.home, feeds)
        with open_warehouse(chosen.warehouse_path) as connection:
            jobs = [Job(feed.feed_id, feed) for feed in feeds]
            self.runs = asyncio.run(harvest(connection, jobs, equipment, board))
            publish(connection, chosen)

    def _credentials(self, feed):
        return Credentials(
            token=THEIRS,
            our_token=OURS,
            versions_url=feed.versions_url,
            endpoint=f"{feed.versions_url}/credentials",
            ocpi_version="2.2.1",
            encoding="base64",
            country_code="SE",
            party_id="AAA",
            registered_at=datetime(2026, 1, 1, tzinfo=UTC),
        )

    def _feed(self, habit, locations, tariffs):
        """Return a feed whose server has a habit; its versions are always refused."""
        answers = {"locations": locations, "tariffs": tariffs, "versions": self._refused(404)}
        urls = {}
        for module, answer in answers.items():
            path = f"/{habit}/{module}"
            self._server.expect_request(path).respond_with_handler(lambda _, said=answer: said)
            urls[f"{module}_url"] = self._server.url_for(path)
        again = re.compile(f"/{habit}/.*")
        self._server.expect_request(again).respond_with_handler(lambda _: self._refused(410))
        plain = {"name": habit, "source": "ocpi_pull", "licence": "CC0-1.0", "allow_private": True}
        return Feed(feed_id=habit, **plain, **urls, **self._way)

    def _habits(self):
        """Return what locations and tariffs are answered, by habit."""
        said, path = self._echo, self._path
        evses = [*LOCATION["evses"], {"uid": None, "physical_reference": said}]
        records = [
            {**LOCATION, "id": None, "name": said, "directions": [{"text": said}]},
            {**LOCATION, "id": "L2", "last_updated": said, "evses": evses},
            said,
        ]
        prices = [
            {**TARIFF, "id": None, "tariff_alt_text": [{"text": said}]},
            {**TARIFF, "id": "T2", "currency": said},
        ]
        cut = json.dumps({"data": [LOCATION, {"name": said}]})[:-4]
        return {
            "refuses": (self._refused(403), self._refused(500)),
            "reports": (self._refused(200), self._refused(200, code=3000)),
            "moves": (
                Response(said, 302, {"Location": f"https://evil.example/{path}?key={path}"}),
                Response(said, 307, {"Location": f"/moves/{path}?key={path}"}),
            ),
            "links": (
                data([LOCATION], Link=f'<https://evil.example/{path}?offset=1>; rel="next"'),
                data([TARIFF], Link=f'</links/{path}?offset=1>; rel="next"'),
            ),
            "garbles": (Response(f"<html>{said}"), Response(cut)),
            "misspells": (data([LOCATION, *records]), data([TARIFF, *prices])),
        }

    def _refused(self, status, code=2001):
        return Response(
            json.dumps({"status_code": code, "status_message": self._echo, "data": self._echo}),
            status,
            {"X-Echo": self._path, "ETag": f'"{self._path}"', "Content-Language": self._path},
            content_type=f"application/json; x={self._path}",
        )

    def leaks(self, text):
        """Return the spellings of secrets that stand in a text."""
        return sorted(one for one in self.spellings if one in text)

    def files(self):
        """Return every file that is searched: not the tokens' own, not what came with success."""
        found = [path for path in self.home.rglob("*") if path.is_file()]
        assert sum(path.suffix == ".zst" for path in found) > 10
        return [
            path
            for path in found
            if path.name != "credentials.json"
            and (path.suffix != ".zst" or path.name.endswith(".failed.zst"))
        ]


class Board(StatusBoard):
    """The status file, kept as in a harvest that people start."""

    def advanced(self, *_): ...


def data(records, **headers):
    """Return an OCPI answer."""
    content = json.dumps({"status_code": 1000, "data": records})
    return Response(content, 200, headers, content_type="application/json")


def spellings(value):
    encoded = base64.b64encode(value.encode()).decode()
    yield from {value, encoded, quote(value), quote(value, safe=""), quote_plus(value)}


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def harvested(request, tmp_path, httpserver, monkeypatch, caplog):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    caplog.set_level(logging.DEBUG)
    stamina.set_testing(True, attempts=2)
    harvested = Harvested(tmp_path / "home", httpserver, *request.param)
    harvested.harvest_and_publish()
    stamina.set_testing(False)
    return harvested


def rows_of(path):
    """Return every row of every table of a database in one text."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute(
            "select database_name, schema_name, table_name from duckdb_tables() where not temporary"
        ).fetchall()
        assert tables
        names = [".".join(f'"{part}"' for part in table) for table in tables]
        return "\n".join(
            f"{name} {row}"
            for name in names
            for row in connection.execute(f"select * from {name}").fetchall()  # noqa: S608
        )


def inflated(path):
    with (
        pa.OSFile(str(path), "rb") as file,
        pa.CompressedInputStream(file, "zstd") as stream,
    ):
        return stream.read().decode(errors="replace")


def test_no_secret_gets_into_what_a_harvest_leaves_behind(harvested, caplog, capfd):
    printed = capfd.readouterr()
    assert [name for name, run in harvested.runs.items() if run.outcome == "ok"] == []
    said = f"{[vars(one) for one in caplog.records if one.name != 'werkzeug']}"
    found = {"log": said, "printed": printed.out + printed.err}
    found["runs"] = " ".join(str(run.message) for run in harvested.runs.values())
    for path in harvested.files():
        name = str(path.relative_to(harvested.home))
        found[name] = path.read_bytes().decode(errors="replace")
        if path.suffix == ".duckdb":
            found[f"{name}, rows"] = rows_of(path)
        if path.name.endswith(".failed.zst"):
            found[f"{name}, inflated"] = inflated(path)

    kinds = {name.rsplit("/", maxsplit=1)[-1] for name in found}
    assert {"warehouse.duckdb", "status.json", "manifest.jsonl", "misspells.json"} <= kinds
    assert sum(name.endswith(", rows") for name in found) == 2
    assert any(name.endswith(".failed.zst, inflated") for name in found)
    assert {name: leaks for name, text in found.items() if (leaks := harvested.leaks(text))} == {}


def test_what_is_hidden_is_still_there_to_be_looked_into(harvested):
    with duckdb.connect(str(harvested.home / "warehouse.duckdb"), read_only=True) as connection:
        fragments = connection.execute(
            "select raw_fragment from core.rejection where feed = 'misspells'"
        ).fetchall()
        examples = connection.execute(
            "select example from core.note where feed = 'misspells'"
        ).fetchall()
    assert len(fragments) == 5  # 3 of locations, one of them an EVSE; 2 of tariffs
    assert any("***" in text for (text,) in fragments)
    assert any("***" in text for (text,) in examples)


class Misspelling(Harvested):
    """A home with one feed whose one location is kept whole, with a value that is left out."""

    def _habits(self):
        return {"notes": (data([{**LOCATION, "last_updated": self._echo}]), data([TARIFF]))}


def test_notes_that_are_kept_for_the_next_run_hold_no_secret(tmp_path, httpserver, monkeypatch):
    monkeypatch.setenv("A_TOKEN", ENVIRONMENT["A_TOKEN"])
    home = Misspelling(tmp_path / "home", httpserver, *WAYS["token"])
    home.harvest_and_publish()
    assert home.leaks(rows_of(home.home / "warehouse.duckdb")) == []
