"""Where a location's data are from: clocks, ways to sign in, records, terms and the raw list."""

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from dashboard.station.facts import Plug, Station
from dashboard.wording.labels import kilowatts, moment, plug_name, safe, text

Row = Mapping[str, Any]
CLOCKS = ("operator_last_updated", "first_seen_at", "last_seen_at", "changed_at")
MOST_CONNECTORS = 60
LONGEST = 200
PLACES = 5  # decimals of a degree: a metre


def described(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names and values, which are HTML already, as a list."""
    inside = "".join(f"<dt>{safe(name)}</dt><dd>{value}</dd>" for name, value in pairs)
    return f'<dl class="facts">{inside}</dl>'


def clocks(plug: Plug) -> str:
    """Return the four clocks of the connector, all of them in UTC."""
    return described(
        (
            text(f"clock.{name}"),
            f"{safe(moment(plug.row[name]))} UTC"
            if plug.row[name]
            else safe(text("station.not_stated")),
        )
        for name in CLOCKS
    )


def sign_in(rows: Sequence[Row], plug: Plug) -> str:
    """Return every way to pay with how sure it is, and the field that says so."""
    heads = ("way", "certainty", "evidence")
    head = "".join(f'<th scope="col">{safe(text(f"column.{name}"))}</th>' for name in heads)
    body = "".join(_accepted(row) for row in rows)
    providers = ", ".join(safe(one) for one in plug.row["accepted_service_providers"] or ())
    more = f"<p>{safe(text('station.providers'))}: {providers}</p>" if providers else ""
    head = f"<thead><tr>{head}</tr></thead>"
    return f'<table class="data words">{head}<tbody>{body}</tbody></table>{more}'


def _accepted(row: Row) -> str:
    way = text(f"accepts.{row['payment_method']}")
    certainty = text(f"certainty.{row['certainty']}")
    return (
        f'<tr><th scope="row">{safe(way)}</th><td>{safe(certainty)}</td>'
        f"<td>{safe(row['evidence'], LONGEST)}</td></tr>"
    )


def connectors(plug: Plug) -> str:
    """Return the ids, states and capabilities of the connectors, folded away."""
    items = "".join(f"<li>{_connector(row)}</li>" for row in plug.connectors[:MOST_CONNECTORS])
    count = text("station.connectors", count=len(plug.connectors))
    return f'<details><summary>{safe(count)}</summary><ul class="plain">{items}</ul></details>'


def _connector(row: Row) -> str:
    name = row["evse_id"] or row["evse_uid"]
    said = [
        f"<b>{safe(name)}</b>",
        safe(text("station.connector_no", number=row["connector_id"])),
        safe(plug_name(row["connector_standard"] or "")),
        safe(kilowatts(row["max_power_kw"])),
        safe(row["status"] or text("station.not_stated")),
    ]
    abilities = ", ".join(safe(one).replace("_", " ").lower() for one in row["capabilities"] or ())
    return " · ".join([*said, abilities] if abilities else said)


def source(station: Station, plug: Plug) -> str:
    """Return the feed, its terms, and where the location stands."""
    place = station.place
    pairs = [
        (text("station.feed"), f"{safe(place['feed_name'])} ({safe(place['feed'])})"),
        (text("station.ids"), " · ".join(safe(place[name]) for name in
            ("country_code", "party_id", "location_id"))),
        (text("station.ocpi"), safe(place["ocpi_version"] or text("station.not_stated"))),
        (text("about.licence"), safe(place["licence"] or text("station.not_stated"), LONGEST)),
        (text("about.attribution"), safe(place["attribution"] or "–", LONGEST)),
        (text("about.address"), _link(place["source_url"])),
        (text("station.checked"), f"{safe(moment(place['feed_checked_at']))} UTC"),
        (text("column.position"), _position(place)),
    ]  # fmt: skip
    if plug.row["tariff_source_url"]:
        pairs.append((text("station.tariff_source"), _link(plug.row["tariff_source_url"])))
    return described(pairs)


def _link(address: str | None) -> str:
    """Return a link that is followed only when it is pressed; text where it is no web address."""
    if not address:
        return safe(text("station.not_stated"))
    shown = safe(address, LONGEST)
    if urlsplit(address).scheme not in {"http", "https"}:
        return shown
    return f'<a href="{escape(address)}" rel="noreferrer" target="_blank">{shown}</a>'


def _position(place: Row) -> str:
    if place["latitude"] is None:
        return safe(text("station.not_stated"))
    latitude, longitude = (round(place[name], PLACES) for name in ("latitude", "longitude"))
    there = f"mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
    link = escape(f"https://www.openstreetmap.org/?{there}")
    words = safe(text("station.map"))
    shown = f"{latitude:.{PLACES}f}, {longitude:.{PLACES}f}"
    return f'{shown} – <a href="{link}" rel="noreferrer" target="_blank">{words}</a>'


def doubts(plug: Plug) -> list[str]:
    """Return what is doubtful about the prices of a plug, in words."""
    flags = {flag for way in plug.ways for flag in (way.row["flags"] or "").split()}
    return [text(f"flag.{flag}") for flag in sorted(flags)]


def raw(price_list: str, name: str) -> str:
    """Return a price list as it was read, folded away; signs of other scripts are written out."""
    shown = escape(json.dumps(json.loads(price_list), indent=2, ensure_ascii=True))
    inside = f'<pre class="raw" tabindex="0">{shown}</pre>'
    return f"<details><summary>{safe(name, 120)}</summary>{inside}</details>"
