"""The controls of the planned charge: presets, and every value of one's own."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from dashboard.choosing.charge_filters import BOUNDS, NOW, PRESETS, USUAL, Plan
from dashboard.wording.labels import moment, number, text

KWH, SOC = "kwh", "soc"
LATER = "later"
NUMBERS = {
    "kwh": "kwh",
    "battery": "battery_kwh",
    "from": "from_percent",
    "to": "to_percent",
    "ac": "ac_kw",
    "dc": "dc_kw",
    "park": "park",
}
BATTERY = 60.0
PREFIX = "charge_"


def plan_widgets(plan: Plan) -> dict[str, Any]:
    """Return the values of the widgets for a plan."""
    values = {key: float(getattr(plan, name) or BATTERY) for key, name in NUMBERS.items()}
    values |= {"park": float(plan.park), "ac": float(plan.ac_kw), "dc": float(plan.dc_kw)}
    values["from"] = float(plan.from_percent)
    later = _tomorrow_morning() if plan.at == NOW else datetime.fromisoformat(plan.at)
    return {f"{PREFIX}{key}": value for key, value in values.items()} | {
        f"{PREFIX}by": KWH if plan.battery_kwh is None else SOC,
        f"{PREFIX}when": NOW if plan.at == NOW else LATER,
        f"{PREFIX}day": later.date(),
        f"{PREFIX}time": later.time(),
    }


def plan_of_widgets() -> Plan:
    """Return the plan that the widgets say."""
    state = st.session_state
    by_percent = state.get(f"{PREFIX}by") == SOC
    plan = Plan(ac_kw=_decimal("ac"), dc_kw=_decimal("dc"), park=_decimal("park"), at=_at())
    if not by_percent:
        return replace(plan, kwh=_decimal("kwh"))
    low = _decimal("from")
    high = max(_decimal("to"), low + 1)
    return replace(plan, battery_kwh=_decimal("battery"), from_percent=low, to_percent=high)


def _decimal(key: str) -> Decimal:
    usual = getattr(USUAL, NUMBERS[key])
    value = st.session_state.get(f"{PREFIX}{key}")
    if value is None:
        return usual if usual is not None else Decimal(str(BATTERY))
    least, most = BOUNDS[key]
    return min(max(Decimal(str(round(value, 2))), least), most)


def _at() -> str:
    state = st.session_state
    day, at = state.get(f"{PREFIX}day"), state.get(f"{PREFIX}time")
    if state.get(f"{PREFIX}when") != LATER or not day or not at:
        return NOW
    return datetime.combine(day, at).isoformat(timespec="minutes")


def said_plan() -> str:
    """Return the plan in a few words: energy, power, when."""
    plan = plan_of_widgets()
    return text(
        "charge.said",
        kwh=number(plan.energy_kwh),
        ac=number(plan.ac_kw),
        dc=number(plan.dc_kw),
        when=text("charge.now") if plan.at == NOW else moment(datetime.fromisoformat(plan.at)),
    )


def draw_plan() -> None:
    """Draw presets and values."""
    side_by_side = st.container(horizontal=True)
    for name in PRESETS:
        key = f"preset_{name}"
        side_by_side.button(text(f"preset.{name}"), key=key, on_click=_take_preset, args=(name,))
    by = st.segmented_control(
        text("charge.by"),
        (KWH, SOC),
        format_func=lambda code: text(f"by.{code}"),
        key=f"{PREFIX}by",
        required=True,
    )
    if by == SOC:
        _numbers("battery", "from", "to")
    else:
        _numbers("kwh")
    _numbers("ac", "dc")
    _numbers("park")
    _draw_when()
    st.caption(text("charge.estimate"))


def _numbers(*keys: str) -> None:
    for column, key in zip(st.columns(len(keys)), keys, strict=True):
        least, most = BOUNDS[key]
        usual = getattr(USUAL, NUMBERS[key])
        st.session_state.setdefault(f"{PREFIX}{key}", BATTERY if usual is None else float(usual))
        column.number_input(
            text(f"charge.{key}"),
            min_value=float(least),
            max_value=float(most),
            step=1.0,
            format="%g",
            key=f"{PREFIX}{key}",
            help=text(f"charge.{key}_help") if key in {"ac", "dc"} else None,
        )


def _draw_when() -> None:
    when = st.segmented_control(
        text("charge.when"),
        (NOW, LATER),
        format_func=lambda code: text(f"charge.{code}"),
        key=f"{PREFIX}when",
        required=True,
    )
    if when == LATER:
        usual = _tomorrow_morning()
        st.session_state.setdefault(f"{PREFIX}day", usual.date())
        st.session_state.setdefault(f"{PREFIX}time", usual.time())
        day, at = st.columns(2)
        day.date_input(text("charge.day"), key=f"{PREFIX}day")
        at.time_input(text("charge.time"), key=f"{PREFIX}time", step=timedelta(minutes=15))
        st.caption(text("charge.local"))


def _take_preset(name: str) -> None:
    st.session_state.update(plan_widgets(PRESETS[name]))


def _tomorrow_morning() -> datetime:
    """Return tomorrow at eight, on the browser's clock."""
    try:
        zone = ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    tomorrow = datetime.now(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(8))
