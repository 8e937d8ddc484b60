"""What a visitor can change on a station's page; the URL owns it and repeats it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

import streamlit as st

from dashboard.choosing.charge_filters import BOUNDS, NOW, Plan, read_plan
from dashboard.choosing.filters import DEFAULT_METHOD, METHODS
from dashboard.station.facts import Plug, Station
from dashboard.wording.labels import kilowatts, number, plug_name, text

WRITTEN = "_written_station"
KEYS = ("station_kwh", "station_park", "station_at", "station_pay")
NAMES = {
    "kwh": "station.energy",
    "park": "station.parking",
    "at": "station.start",
    "pay": "compare.method",
    "connector": "station.connector",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page shows. connector: code of one; None: the strongest that the car can use."""

    plan: Plan
    pay: str = DEFAULT_METHOD
    connector: str | None = None

    def query(self) -> dict[str, str]:
        """Return what a URL says of it, without the connector, which is of this station only."""
        pay = {} if self.pay == DEFAULT_METHOD else {"pay": self.pay}
        return {**self.plan.query(), **pay}


def read_asked(query: Mapping[str, str]) -> tuple[Asked, list[tuple[str, str]]]:
    """Return what a URL asks for, and (parameter, value shown instead) of what it cannot mean."""
    plan, unknown = read_plan(query)
    pay = query.get("pay", DEFAULT_METHOD)
    if pay not in METHODS:
        unknown.append(("pay", text(f"method.{DEFAULT_METHOD}")))
        pay = DEFAULT_METHOD
    return Asked(plan, pay, query.get("connector")), unknown


def chosen(station: Station, *, is_phone: bool) -> Asked:
    """Draw the controls and return what is chosen; the URL is brought up to date."""
    base = _follow_the_url()
    place = st.popover(_button_label(), width="stretch") if is_phone else st.container()
    with place:
        asked = _widgets(station, base, is_phone=is_phone)
    _write_url(asked)
    return asked


def _button_label() -> str:
    """Return a label that is the state itself."""
    state = st.session_state
    energy = text("station.kwh", kwh=number(Decimal(str(state["station_kwh"]))))
    method = state["station_pay"]
    return f"{text(f'method.{method}')} · {energy}"


def _widgets(station: Station, base: Asked, *, is_phone: bool) -> Asked:
    pay, connector, kwh, park, at = _places(is_phone=is_phone)
    method = pay.segmented_control(
        text("compare.method"),
        list(METHODS),
        format_func=lambda code: text(f"method.{code}"),
        key="station_pay",
        required=True,
    )
    plan = _plan(base.plan, kwh, park, at)
    return Asked(plan, str(method), _connector(connector, station, base))


def _places(*, is_phone: bool) -> Sequence[st.delta_generator.DeltaGenerator]:
    if is_phone:
        return [st.container() for _ in range(5)]
    first = st.columns([5, 3], vertical_alignment="bottom")
    second = st.columns([2, 2, 3, 3], vertical_alignment="bottom")
    return [*first, *second[:3]]


def _plan(
    base: Plan,
    kwh: st.delta_generator.DeltaGenerator,
    park: st.delta_generator.DeltaGenerator,
    at: st.delta_generator.DeltaGenerator,
) -> Plan:
    low, high = map(float, BOUNDS["kwh"])
    energy = kwh.number_input(
        text("station.energy"), low, high, step=1.0, key="station_kwh", format="%g"
    )
    low, high = map(float, BOUNDS["park"])
    parked = park.number_input(
        text("station.parking"), low, high, step=15.0, key="station_park", format="%g"
    )
    time = at.datetime_input(
        text("station.start"),
        value=None,
        key="station_at",
        format="YYYY-MM-DD",
        help=text("station.start_help"),
    )
    plan = replace(base, park=_decimal(parked), at=_code(time))
    if _decimal(energy) == round(plan.energy_kwh, 2):
        return plan
    return replace(plan, kwh=_decimal(energy), battery_kwh=None)


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))


def _code(time: datetime | None) -> str:
    return NOW if time is None else time.isoformat(timespec="minutes")


def _connector(
    place: st.delta_generator.DeltaGenerator, station: Station, base: Asked
) -> str | None:
    """Let the visitor choose among plugs that differ; None: nothing was chosen."""
    default = station.plug(base.connector, base.plan.charge(datetime.now().astimezone()))
    codes = [plug.code for plug in station.plugs]
    if default and base.connector and not default.has(base.connector):
        name, instead = text(NAMES["connector"]), plug_words(default)
        st.info(text("compare.notice", what=name, instead=instead))
        base = replace(base, connector=None)
    if default is None or len(codes) < 2:  # noqa: PLR2004 - one is no choice
        return base.connector
    names = {plug.code: plug_words(plug) for plug in station.plugs}
    if st.session_state.get("station_connector") not in codes:
        st.session_state["station_connector"] = default.code
    code = place.selectbox(
        text("station.connector"), codes, format_func=names.__getitem__, key="station_connector"
    )
    return base.connector if code == default.code else str(code)


def plug_words(plug: Plug) -> str:
    """Return a plug in words: how many, which, how strong."""
    row = plug.row
    words = text(
        "compare.plugs",
        count=len(plug.connectors),
        plugs=plug_name(row["connector_standard"] or text("station.plug_unknown")),
    )
    return f"{words}, {kilowatts(row['max_power_kw'])}"


def _follow_the_url() -> Asked:
    """Return what the URL says; set the widgets when somebody else than they wrote it."""
    query = st.query_params.to_dict()
    asked, unknown = read_asked(query)
    state = st.session_state
    if state.get(WRITTEN) == query and all(key in state for key in KEYS):
        return asked
    plan = asked.plan
    state.update(
        {
            "station_pay": asked.pay,
            "station_kwh": float(round(plan.energy_kwh, 2)),
            "station_park": float(plan.park),
            "station_at": None if plan.at == NOW else datetime.fromisoformat(plan.at),
            "station_connector": None,
        }
    )
    for key, instead in unknown:
        name = text(NAMES.get(key, "station.charge"))
        st.info(text("compare.notice", what=name, instead=instead))
    return asked


def _write_url(asked: Asked) -> None:
    """Bring the URL up to date, only when it says something else; other codes are left alone."""
    query = st.query_params.to_dict()
    own = {*BOUNDS, "at", "pay", "connector"}
    kept = {key: value for key, value in query.items() if key not in own}
    connector = {"connector": asked.connector} if asked.connector else {}
    wanted = {**kept, **connector, **asked.query()}
    if query != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[WRITTEN] = wanted
