"""Where a station's prices come from, and what to do where they are wrong."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import streamlit as st

from dashboard.choosing.answers import Answers
from dashboard.station.facts import Plug, Priced, Station
from dashboard.station.report import mail_link, report
from dashboard.station.source import clocks, connectors, raw, sign_in, source
from dashboard.wording.labels import duration, safe, text


def evidence(answers: Answers, station: Station, plug: Plug, found: Sequence[Priced]) -> None:
    """Draw ways to sign in, clocks, source and the raw price lists."""
    left, right = st.columns(2, gap="large")
    with left:
        st.header(text("station.sign_in"), anchor=False)
        number_ = plug.row["acceptance_no"]
        rows = [] if number_ is None else answers.rows("station_acceptance", number_)
        st.html(sign_in(rows, plug) + connectors(plug))
        st.header(text("station.clocks"), anchor=False)
        st.html(clocks(plug) + _ages(plug))
    with right:
        st.header(text("station.source"), anchor=False)
        st.html(source(station, plug))
        if found:
            st.html("".join(_raws(found)))


def _ages(plug: Plug) -> str:
    """Say how long ago the record was confirmed: a price that is old may still be right."""
    seen = plug.row["last_seen_at"].replace(tzinfo=UTC)
    old = max(datetime.now(UTC) - seen, timedelta(0))
    return f'<p class="s">{safe(text("station.age", age=duration(old)), 200)}</p>'


def _raws(found: Sequence[Priced]) -> list[str]:
    lists = {
        each.way.row["content_hash"]: (each.way.row["tariff_id"], each.way.terms.price_list)
        for each in found
        if each.way.terms
    }
    return [raw(shown, text("station.raw", tariff=tariff)) for tariff, shown in lists.values()]


def something_wrong(answers: Answers, station: Station, plug: Plug, lead: Priced | None) -> None:
    """Draw a report to be copied or mailed."""
    st.header(text("station.wrong"), anchor=False)
    with st.expander(text("station.wrong_open")):
        st.write(text("station.wrong_text"))
        link = f"{_address()}?{urlencode(st.query_params.to_dict())}"
        said = report(station, plug, lead, link, answers.snapshot_id)
        st.code(said, language=None, wrap_lines=True)
        st.html(mail_link(said))


def _address() -> str:
    """Return this page's address without what is asked of it."""
    return (st.context.url or "/station").partition("?")[0]
