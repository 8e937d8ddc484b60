"""/export.csv of a market that the real pipeline published: whole, readable, harmless."""

import asyncio
import csv
import io
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import duckdb
import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from aggregator.comparing.comparison import Sizes, compare
from aggregator.comparing.downloading import download
from dashboard.choosing.charge_filters import Plan
from dashboard.choosing.filters import Choice, Known, read_choice
from dashboard.serving import export
from tests.dashboard.market import FORMULA, SCRIPT

KNOWN = Known(["SWE"], None, lambda _code: None, lambda _country: [])
APP = Starlette(routes=[Route("/export.csv", export.export)])


def get(query, method="GET"):
    async def ask():
        transport = httpx.ASGITransport(APP)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, f"/export.csv?{query}")

    return asyncio.run(ask())


def rows_of(answer):
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize("method", ["any", "card", "app", "contract"])
@pytest.mark.parametrize("charge", ["", "&kwh=20&dc=0", "&kwh=12.5&park=30&power=dc"])
def test_the_rows_are_all_of_the_choice(market_at_home, market, method, charge):
    found = rows_of(get(f"country=SWE&pay={method}{charge}"))
    choice, _ = read_choice(dict(parse_qsl(f"country=SWE&pay={method}{charge}")), KNOWN)
    now, sizes = choice.plan.charge(datetime.now(UTC)), Sizes(100, 0, 0)
    with download(market, choice.asked(now.starts), now) as rows:
        assert len(found) == rows.read_all().num_rows
    exported = {
        (row["location_name"], float(row["charge_total"])) for row in found if row["charge_total"]
    }
    ranked = {
        (row["location_name"], float(row["total"]))
        for currency in ("SEK", "EUR")
        for row in compare(market, choice.asked(now.starts), now, currency, sizes).stations
        if currency in compare(market, choice.asked(now.starts), now, currency, sizes).currencies
    }
    assert exported == ranked


def test_the_header_is_that_of_mart_offer(market_at_home, market):
    with market._cursor() as cursor:
        columns = [row[0] for row in cursor.execute("describe mart.offer").fetchall()]
    assert columns[-3:] == ["offer_no", "location_no", "connector_no"]  # of this snapshot only
    columns = columns[:-3]
    columns += ["distance_km", "charge_total", "charge_tax_basis", "charge_reason"]
    columns += ["charging_minutes"]
    assert next(csv.reader(io.StringIO(get("country=SWE").text))) == columns


def test_the_file_reads_back_as_the_snapshot_has_it(market_at_home, market, tmp_path):
    file = tmp_path / "download.csv"
    file.write_bytes(get("country=SWE").content)
    query = (
        "select location_name, currency, price_per_kwh::decimal(18, 6), "
        "session_dc_total::decimal(18, 4), epoch(last_seen_at::timestamp) from read_csv(?)"
    )
    with duckdb.connect() as connection:
        back = connection.execute(query, [str(file)]).fetchall()
    assert ("Middle", "SEK", 5, 150) in {row[:4] for row in back}
    charge = Plan().charge(datetime.now(UTC))
    (first,) = compare(
        market, Choice("SWE").asked(charge.starts), charge, "SEK", Sizes(1, 0, 0)
    ).stations
    seen = first["last_seen_at"]
    assert seen.replace(microsecond=0, tzinfo=UTC).timestamp() in {row[4] for row in back}


def test_numbers_have_dots_times_are_utc_and_unknown_is_empty(market_at_home):
    rows = {row["location_name"]: row for row in rows_of(get("country=SWE"))}
    assert rows["In euro"]["price_per_kwh"] == "0.400000"
    assert rows["In euro"]["last_seen_at"].endswith("Z")
    nothing = rows["Names nothing"]
    assert nothing["price_per_kwh"] == nothing["currency"] == nothing["tax_basis"] == ""
    assert rows["Gratis"]["price_per_kwh"] == "0.000000"


def test_names_cannot_act_in_a_spreadsheet(market_at_home):
    names = {row["location_name"] for row in rows_of(get("country=DEU"))}
    assert f"'{FORMULA}" in names
    assert SCRIPT in names
    assert not any(name.startswith(("=", "+", "-", "@")) for name in names)


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("", "place or country is missing: country=DEU"),
        ("country=XXX", "unknown value of country"),
        ("country=SWE&pay=gold", "unknown value of pay"),
        ("country=SWE&power=zz&kwh=zz", "unknown value of kwh, power"),
        ("place=nowhere", "unknown value of place"),
        ("country=SWE&type=zz", "unknown value of type"),
        ("country=%3Cscript%3E", "unknown value of country"),
    ],
)
def test_a_code_that_is_unknown_is_refused_in_one_clear_line(market_at_home, query, line):
    answer = get(query)
    assert (answer.status_code, answer.text) == (400, line)
    assert answer.headers["content-type"].startswith("text/plain")


def test_before_the_first_snapshot_there_is_nothing_to_download(home):
    answer = get("country=SWE")
    assert (answer.status_code, answer.text) == (503, "no snapshot has been published yet")


def test_a_download_names_country_and_snapshot_and_is_not_kept(market_at_home, market):
    headers = get("country=SWE").headers
    name = f"klarpris-SWE-{market.snapshot.snapshot_id}.csv"
    assert headers["content-disposition"] == f'attachment; filename="{name}"'
    assert headers["cache-control"] == "no-store"
    assert headers["content-type"] == "text/csv; charset=utf-8"


def test_asking_for_the_head_alone_keeps_no_place(market_at_home):
    for _ in range(export.AT_ONCE + 1):
        assert get("country=SWE", "HEAD").status_code == 200


def test_two_are_sent_at_once_and_a_third_is_asked_to_come_back(market_at_home, monkeypatch):
    monkeypatch.setattr(export, "SECONDS_TO_WAIT", 0.05)
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/export.csv",
        "query_string": b"country=SWE",
        "headers": [],
    }

    async def three():
        go_on = asyncio.Event()

        async def slow_reader(_message):
            await go_on.wait()

        async def stays():
            await asyncio.Event().wait()

        slow = [
            asyncio.create_task(APP(dict(scope), stays, slow_reader)) for _ in range(export.AT_ONCE)
        ]
        await asyncio.sleep(0.3)
        said = []

        async def hear(message):
            said.append(message)

        await APP(dict(scope), stays, hear)
        go_on.set()
        await asyncio.gather(*slow)
        return said

    start, body = asyncio.run(three())
    assert start["status"] == 503
    assert (b"retry-after", b"30") in start["headers"]
    assert body["body"] == b"too many downloads at once; try again"
    assert get("country=SWE").status_code == 200
