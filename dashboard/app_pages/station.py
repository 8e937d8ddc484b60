"""Station: what my charge costs at one location, by way to pay, now and at a chosen time."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.choosing.answers import Answers
from dashboard.choosing.charge_filters import NOW, NOW_STEP
from dashboard.choosing.filters import METHODS
from dashboard.choosing.station_link import key_of
from dashboard.frame.around import is_phone
from dashboard.frame.reading import reader
from dashboard.station.controls import chosen
from dashboard.station.evidence import evidence, something_wrong
from dashboard.station.facts import priced, session_of, station_of
from dashboard.station.heading import (
    assumption,
    back_link,
    heading,
    station_name,
    unknown_station,
)
from dashboard.station.parts import (
    curves,
    doubtful,
    history,
    in_words,
    neighbours,
    prices,
    unpriced,
    week,
)
from dashboard.wording.labels import plain, text

found = reader()
if found is None:
    st.stop()
answers = Answers(found)
query = st.query_params.to_dict()
key = key_of(query.get("id", ""))
station = station_of(answers, key) if key else None
if station is None:
    unknown_station(query)
    st.stop()

st.set_page_config(page_title=f"{plain(station_name(station))} – {text('app.name')}")
back_link(query)
heading(station)
line = st.empty()
asked = chosen(station, is_phone=is_phone())
now = datetime.now(UTC)
now -= (now - datetime.min.replace(tzinfo=UTC)) % NOW_STEP
plug = station.plug(asked.connector, asked.plan.charge(now))
if plug is None:
    st.info(text("station.no_connector"))
    st.stop()
here = session_of(station, plug, asked.plan, now)
lead = None
if here is None:
    st.warning(text("station.car_cannot"))
    ways = []
else:
    with line:
        assumption(station, here, answers)
    then = None
    if asked.plan.at != NOW:
        then = session_of(station, plug, asked.plan, now, asked.plan.at)
    ways, matters = priced(plug, here, then, METHODS[asked.pay])
    lead = ways[0] if ways else None
    doubtful(plug)
    prices(station, ways, asked, matters=matters)
unpriced(plug)
if lead:
    in_words(ways)
    week(station, lead)
    curves(lead)
    neighbours(answers, station, plug, lead, asked, now)
history(answers, station, plug)
evidence(answers, station, plug, ways)
something_wrong(answers, station, plug, lead)
