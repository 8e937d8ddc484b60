"""The parts of a station's page, each drawn where the page puts it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import streamlit as st

from aggregator.comparing.station import price_list_of, week_costs
from aggregator.domain.session import ChargingSession
from aggregator.store.queries import ConnectorKey
from aggregator.wording import sentence
from dashboard.choosing.answers import Answers
from dashboard.choosing.charge_filters import NOW
from dashboard.choosing.filters import METHODS
from dashboard.frame.around import PLOT, is_phone, theme
from dashboard.frame.figure import Finished
from dashboard.station.controls import Asked
from dashboard.station.curves import curve_alt, curve_figure, curve_name, curve_table, curves_of
from dashboard.station.facts import Plug, Priced, Station
from dashboard.station.history import energy_price, has_changed, history_figure, history_table
from dashboard.station.matrix import bills, matrix, way_name
from dashboard.station.neighbours import Beside, beside, beside_table, beside_words
from dashboard.station.source import doubts
from dashboard.station.week import week_sentence, week_table
from dashboard.wording.labels import moment, plain, reason, safe, text
from dashboard.wording.language import language

LONGEST_SENTENCE = 2000


def prices(station: Station, found: Sequence[Priced], asked: Asked, *, matters: bool) -> None:
    """Draw totals by way to pay and time, and the bill behind each."""
    st.header(text("station.prices"), anchor=False)
    if not found:
        return
    heads = [text("station.now", time=clock(found[0].now.session))]
    is_chosen = asked.plan.at != NOW
    if is_chosen or matters:
        key = "station.at" if is_chosen else "station.cheapest_hour"
        heads.append(text(key, time=clock(found[0].then.session)))
    zone = station.time_zone or text("station.zone_unknown")
    st.html(matrix(found, heads, text("station.matrix_caption", zone=zone)))
    if len(heads) == 1:
        st.caption(text("station.no_hour_matters"))
    shown = bills(found, heads)
    if shown:
        st.html(f"<h3>{safe(text('station.bills'))}</h3>{shown}")


def clock(session: ChargingSession) -> str:
    """Return when a session begins on the charger's clock, with the offset of that moment."""
    return f"{moment(session.start)} ({session.start.tzname()})"


def unpriced(plug: Plug) -> None:
    """Say why ways to pay have no price."""
    reasons = {way.row["state_reason"] for way in plug.ways if not way.terms}
    lines = "".join(f"<li>{safe(reason(code), 200)}</li>" for code in sorted(filter(None, reasons)))
    if reasons:
        said = safe(text("station.without_price"))
        st.html(f'<p>{said}</p><ul class="plain">{lines}</ul>')


def in_words(found: Sequence[Priced]) -> None:
    """Draw each tariff as a person would tell it."""
    told: dict[str, list[str]] = {}
    for each in found:
        if each.way.terms:
            words = sentence(price_list_of(each.way.terms), language().code)
            told.setdefault(words, []).append(way_name(each.way))
    lines = "".join(
        f"<p><b>{safe(ways, 200)}:</b> {safe(words, LONGEST_SENTENCE)}</p>"
        for words, ways in ((key, ", ".join(dict.fromkeys(names))) for key, names in told.items())
    )
    st.header(text("station.in_words"), anchor=False)
    st.html(lines)


def doubtful(plug: Plug) -> None:
    """Say what is doubtful about these prices."""
    found = doubts(plug)
    if found:
        st.warning(text("station.doubts", doubts="; ".join(found)))


def week(station: Station, lead: Priced) -> None:
    """Draw when the charge is cheap."""
    if lead.way.terms is None:
        return
    session = lead.now.session
    found = week_costs(lead.way.terms, session, session.start.date())
    st.header(text("station.week"), anchor=False)
    st.caption(text("station.week_way", way=way_name(lead.way)))
    zone = station.time_zone or text("station.zone_unknown")
    st.html(f"<p>{safe(week_sentence(found), 1000)}</p>{week_table(found, zone)}")


def curves(lead: Priced) -> None:
    """Draw the total over energy and over the stay; on a phone only when asked."""
    found = curves_of(lead.way.terms, lead.now) if lead.way.terms else []
    if not found:
        return
    st.header(text("station.curves"), anchor=False)
    st.caption(text("station.week_way", way=way_name(lead.way)))
    is_drawn = not is_phone() or st.toggle(text("station.draw"), key="station_draw")
    places = st.columns(2, gap="large") if not is_phone() else [st.container() for _ in found]
    for curve, place in zip(found, places, strict=True):
        with place:
            st.html(f"<h3>{safe(curve_name(curve))}</h3>")
            if is_drawn:
                st.plotly_chart(
                    Finished(curve_figure(curve, theme())),
                    config=PLOT,
                    alt=curve_alt(curve),
                    key=f"curve_{curve.axis.name}",
                )
            st.html(curve_table(curve))


def neighbours(
    answers: Answers, station: Station, plug: Plug, lead: Priced, asked: Asked, now: datetime
) -> Beside:
    """Draw how the total stands to those of comparable locations near by."""
    methods = METHODS[asked.pay] if lead.way.method in METHODS[asked.pay] else (lead.way.method,)
    wanted = tuple(method for method in methods if method)
    found = beside(
        answers, station, plug, lead.now, replace(asked.plan, at=NOW).charge(now), wanted
    )
    st.header(text("station.beside"), anchor=False)
    st.html(
        f"<p>{safe(beside_words(found, lead.now), 400)}</p>{beside_table(found, asked.query())}"
    )
    return found


def history(answers: Answers, station: Station, plug: Plug) -> None:
    """Draw the prices that the connector has had."""
    place, row = station.place, plug.row
    ids = (place[name] for name in ("feed", "country_code", "party_id", "location_id"))
    rows = answers.rows("price_history", ConnectorKey(*ids, row["evse_uid"], row["connector_id"]))
    st.header(text("station.history"), anchor=False)
    if not rows:
        st.write(text("station.history_none"))
        return
    if has_changed(rows) and (
        not is_phone() or st.toggle(text("station.draw"), key="history_draw")
    ):
        alt = "; ".join(f"{moment(one['valid_from'])}: {energy_price(one)}" for one in rows)
        st.plotly_chart(
            Finished(history_figure(rows, answers.published_at, theme())),
            config=PLOT,
            alt=text("station.history_alt", points=plain(alt, LONGEST_SENTENCE)),
        )
    elif not has_changed(rows):
        since = moment(min(one["valid_from"] for one in rows))
        st.write(text("station.history_same", since=since))
    st.html(history_table(rows))
