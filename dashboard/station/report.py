"""A report of a price that seems wrong: a text with its evidence, to be copied or mailed."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from aggregator.comparing.station import Cost
from dashboard.station.facts import Plug, Priced, Station
from dashboard.station.matrix import bill_rows, total_words, way_name
from dashboard.wording.labels import moment, number, plain, safe, text

Row = Mapping[str, Any]
LONGEST_MAIL = 1500  # characters; mail programs cut longer links


def report(station: Station, plug: Plug, priced: Priced | None, link: str, snapshot_id: str) -> str:
    """Return the text: what is shown, by which records, and where it can be looked at."""
    lines = [text("station.report_intro"), "", *_where(station, plug, snapshot_id)]
    if priced:
        lines += ["", *_price(priced)]
    return "\n".join([*lines, "", link])


def _where(station: Station, plug: Plug, snapshot_id: str) -> Iterator[str]:
    place, row = station.place, plug.row
    yield f"{text('station.report_location')}: {plain(_name(place))}"
    for key in ("feed", "country_code", "party_id", "location_id"):
        yield f"{key}: {plain(place[key])}"
    for key in ("evse_uid", "evse_id", "connector_id"):
        yield f"{key}: {plain(row[key] or '–')}"
    yield f"snapshot: {snapshot_id}"
    yield f"last_seen_at: {moment(row['last_seen_at'])} UTC"


def _name(place: Row) -> str:
    return str(place["name"] or place["address"] or text("compare.unnamed"))


def _price(priced: Priced) -> Iterator[str]:
    row = priced.way.row
    yield f"tariff_id: {plain(row['tariff_id'])}"
    yield f"content_hash: {row['content_hash']}"
    yield f"{text('compare.method')}: {way_name(priced.way)}"
    yield _session(priced.now)
    yield f"{text('station.total')}: {total_words(priced.now)}"
    if priced.now.bill:
        for cells in bill_rows(priced.now, priced.now.bill):
            yield "  " + " | ".join(cell for cell in cells if cell)


def _session(one: Cost) -> str:
    session = one.session
    return text(
        "station.report_session",
        kwh=number(session.energy_kwh.normalize()),
        minutes=round(session.charging_minutes),
        park=round(session.parking_minutes),
        start=session.start.isoformat(timespec="minutes"),
    )


def mail_link(body: str) -> str:
    """Return a link that opens the report in a mail program, without an address."""
    cut = body if len(body) <= LONGEST_MAIL else body[:LONGEST_MAIL] + "…"
    address = f"mailto:?subject={quote(text('station.report_subject'))}&body={quote(cut)}"
    return f'<p><a class="button" href="{escape(address)}">{safe(text("station.mail"))}</a></p>'
