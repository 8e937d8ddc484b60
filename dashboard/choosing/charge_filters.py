"""The charge that a visitor plans, in stable codes of the URL.

Contract: `kwh=40&ac=11&dc=150&at=2026-11-24T18:00&park=30`; `battery=60&from=20&to=80` instead of
kwh. at: `now`, or a time on each charger's own clock. What is as by default is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from aggregator.domain.charge import Charge, energy_between

NOW = "now"
NOW_STEP = timedelta(minutes=5)  # so long are answers of "now" the same
BOUNDS = MappingProxyType(
    {
        "kwh": (Decimal(1), Decimal(300)),
        "battery": (Decimal(5), Decimal(300)),
        "from": (Decimal(0), Decimal(99)),
        "to": (Decimal(1), Decimal(100)),
        "ac": (Decimal(0), Decimal(43)),
        "dc": (Decimal(0), Decimal(1000)),
        "park": (Decimal(0), Decimal(2880)),
    }
)
"""The least and the most of each value: kWh, kWh, %, %, kW, kW, minutes."""
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Plan:
    """A planned charge as it is chosen.

    kwh: energy; where battery_kwh is given, what lies between two states of charge in per cent.
    at: `now`, or `2026-11-24T18:00` on each charger's clock. park: minutes after charging.
    """

    kwh: Decimal = Decimal(40)
    ac_kw: Decimal = Decimal(11)
    dc_kw: Decimal = Decimal(150)
    at: str = NOW
    park: Decimal = Decimal(0)
    battery_kwh: Decimal | None = None
    from_percent: Decimal = Decimal(20)
    to_percent: Decimal = Decimal(80)

    @property
    def energy_kwh(self) -> Decimal:
        """The energy, however it was said."""
        if self.battery_kwh is None:
            return self.kwh
        return energy_between(self.battery_kwh, self.from_percent, self.to_percent)

    def charge(self, now: datetime) -> Charge:
        """Return the charge; `now` is taken in steps of five minutes."""
        starts = now.astimezone(UTC)
        starts -= (starts - datetime.min.replace(tzinfo=UTC)) % NOW_STEP
        if self.at != NOW:
            starts = datetime.fromisoformat(self.at)
        return Charge(self.energy_kwh, self.ac_kw, self.dc_kw, starts, self.park)

    def query(self) -> dict[str, str]:
        """Return what a URL says of it."""
        said, usual = _pairs(self), _pairs(USUAL)
        pairs = {key: _code(value) for key, value in said.items() if value != usual[key]}
        if self.battery_kwh is None:
            return pairs if self.kwh == USUAL.kwh else {"kwh": _code(self.kwh), **pairs}
        percent = {"from": _code(self.from_percent), "to": _code(self.to_percent)}
        return {"battery": _code(self.battery_kwh), **percent, **pairs}


def _pairs(plan: Plan) -> dict[str, Decimal | str]:
    return {"ac": plan.ac_kw, "dc": plan.dc_kw, "at": plan.at, "park": plan.park}


USUAL = Plan()
PRESETS = MappingProxyType(
    {
        "trip": USUAL,
        "top_up": replace(USUAL, kwh=Decimal(20)),
        "night": replace(USUAL, kwh=Decimal(50), park=Decimal(240)),
    }
)
"""Plans by name: on the road, a top-up while shopping, overnight."""


def read_plan(query: Mapping[str, str]) -> tuple[Plan, list[tuple[str, str]]]:
    """Return the plan a URL states, and (parameter, value shown instead) of what it cannot mean."""
    unknown: list[tuple[str, str]] = []

    def number(key: str, usual: Decimal) -> Decimal:
        value = _number(query.get(key), *BOUNDS[key])
        if value is None and key in query:
            unknown.append((key, _code(usual)))
        return usual if value is None else value

    plan = Plan(
        kwh=number("kwh", USUAL.kwh),
        ac_kw=number("ac", USUAL.ac_kw),
        dc_kw=number("dc", USUAL.dc_kw),
        at=query.get("at", NOW),
        park=number("park", USUAL.park),
        battery_kwh=number("battery", Decimal(60)) if "battery" in query else None,
        from_percent=number("from", USUAL.from_percent),
        to_percent=number("to", USUAL.to_percent),
    )
    if plan.from_percent >= plan.to_percent:
        unknown.append(("to", _code(USUAL.to_percent)))
        plan = replace(plan, from_percent=USUAL.from_percent, to_percent=USUAL.to_percent)
    if not _is_time(plan.at):
        unknown.append(("at", NOW))
        plan = replace(plan, at=NOW)
    return plan, unknown


def _number(code: str | None, least: Decimal, most: Decimal) -> Decimal | None:
    """Return a number within bounds, with two decimals at most; None for anything else."""
    try:
        value = Decimal(code or "")
    except InvalidOperation:
        return None
    if not value.is_finite() or not least <= value <= most:
        return None
    return value if value == round(value, 2) else None


def _is_time(code: str) -> bool:
    if code == NOW:
        return True
    try:
        time = datetime.fromisoformat(code)
    except ValueError:
        return False
    return time.tzinfo is None and FIRST_YEAR <= time.year < LAST_YEAR


def _code(value: Decimal | str) -> str:
    return value if isinstance(value, str) else f"{value.normalize():f}"
