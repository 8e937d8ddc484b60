"""What stands first on a station's page: where it is, whether it is open, what is assumed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from html import escape
from urllib.parse import urlencode

import streamlit as st

from aggregator.domain.session import ChargingSession
from dashboard.choosing.answers import Answers
from dashboard.station.facts import Station
from dashboard.station.hours import opening_hours
from dashboard.wording.labels import moment, number, safe, text


def unknown_station(query: Mapping[str, str]) -> None:
    """Say that there is no such station, and lead back to the list."""
    st.html(f"<h1>{safe(text('station.unknown'))}</h1>")
    st.info(text("station.unknown_text"))
    back_link(query)


def back_link(query: Mapping[str, str]) -> None:
    """Draw the link to the list, with everything that was chosen there."""
    kept = {key: value for key, value in query.items() if key not in {"id", "connector"}}
    link = escape(f"/?{urlencode(kept)}" if kept else "/")
    st.html(f'<p class="meta"><a href="{link}" target="_self">{safe(text("station.back"))}</a></p>')


def heading(station: Station) -> None:
    """Draw the name, the address, who runs it and when it can be reached."""
    place = station.place
    where = ", ".join(
        safe(place[name]) for name in ("address", "postal_code", "city") if place[name]
    )
    who = safe(place["operator_name"] or text("station.operator_unknown"))
    name = f"<h1>{safe(station_name(station))}</h1>"
    hours = opening_hours(station, datetime.now(UTC))
    st.html(f'{name}<p class="where">{where} · <b>{who}</b></p>{hours}')


def station_name(station: Station) -> str:
    """Return the location's name, else its address; feed text."""
    place = station.place
    return str(place["name"] or place["address"] or text("compare.unnamed"))


def assumption(station: Station, session: ChargingSession, answers: Answers) -> None:
    """Say what every total assumes."""
    line = text(
        "station.assumption",
        kwh=number(session.energy_kwh.normalize()),
        minutes=number(round(session.charging_minutes)),
        power=number(round(session.power_kw or Decimal(0), 1)),
        parked=number(session.parking_minutes.normalize()),
        time=moment(answers.published_at),
        zone=station.time_zone or text("station.zone_unknown"),
    )
    st.html(f'<p class="meta">{safe(line, 500)}</p>')
