"""A charging location as its page shows it: connectors, ways to pay, and what a charge costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from aggregator.comparing.station import Cost, Terms, cheapest_coming, cost
from aggregator.domain.charge import Charge
from aggregator.domain.session import ChargingSession
from aggregator.pricing.course import LONGEST_SESSION_MINUTES
from aggregator.pricing.reference import zone_named
from dashboard.choosing.answers import Answers
from dashboard.choosing.charge_filters import NOW, Plan
from dashboard.choosing.station_link import Key

Row = Mapping[str, Any]
DC_POWER_CLASSES = ("dc", "hpc")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to pay by one tariff. terms: None where there is no usable tariff."""

    row: Row
    terms: Terms | None

    @property
    def method(self) -> str | None:
        """The payment method's code; None without a tariff."""
        return self.row["payment_method"]


@dataclass(frozen=True, slots=True)
class Plug:
    """Connectors that do not differ in power, plug and prices.

    code: of a URL. connectors: one row each. ways: of every one of them.
    """

    code: str
    connectors: tuple[Row, ...]
    ways: tuple[Way, ...]

    @property
    def row(self) -> Row:
        """The first of the connectors."""
        return self.connectors[0]

    @property
    def is_dc(self) -> bool:
        """Whether the car is charged with direct current."""
        stated = self.row["power_type"]
        return stated == "DC" if stated else self.row["power_class"] in DC_POWER_CLASSES

    def has(self, code: str) -> bool:
        """Tell whether a connector's code is of one of these."""
        return code in map(connector_code, self.connectors)

    def power_kw(self, charge: Charge) -> Decimal:
        """Return the lower power of car and connector; 0 where the car cannot be charged."""
        return charge.power_kw(self.row["max_power_kw"], is_dc=self.is_dc)


@dataclass(frozen=True, slots=True)
class Station:
    """A location and its plugs, the strongest first."""

    place: Row
    plugs: tuple[Plug, ...]

    @property
    def time_zone(self) -> str | None:
        """The IANA name; None where unknown, and then times are UTC."""
        name = self.place["time_zone"]
        return name if zone_named(name) else None

    def plug(self, code: str | None, charge: Charge) -> Plug | None:
        """Return the plug of a connector's code, else the strongest that the car can use."""
        named = [one for one in self.plugs if code and one.has(code)]
        by_power = sorted(self.plugs, key=lambda one: one.power_kw(charge), reverse=True)
        return next(iter([*named, *by_power]), None)


@dataclass(frozen=True, slots=True)
class Priced:
    """A way to pay with its two costs. then: at the chosen time."""

    way: Way
    now: Cost
    then: Cost


def station_of(answers: Answers, key: Key) -> Station | None:
    """Return the location of a key with its prices; None where the snapshot has none."""
    places = answers.rows("station_place", key)
    if not places:
        return None
    (place,) = places
    offers = answers.rows("station_offers", place["location_no"])
    hashes = tuple(sorted({row["content_hash"] for row in offers if row["content_hash"]}))
    lists = price_lists(answers, hashes)
    return Station(place, tuple(_plugs(offers, lists, place["time_zone"])))


def price_lists(answers: Answers, hashes: tuple[str, ...]) -> dict[str, str]:
    """Return price lists as JSON, by their content."""
    rows = answers.rows("station_price_lists", hashes)
    return {row["content_hash"]: row["price_list"] for row in rows}


def connector_code(row: Row) -> str:
    """Return a connector's id within its location, in letters that URLs allow."""
    return "~".join(quote(str(row[name]), safe="") for name in ("evse_uid", "connector_id"))


def _plugs(offers: Iterable[Row], lists: Mapping[str, str], time_zone: str | None) -> list[Plug]:
    by_connector: dict[str, list[Row]] = {}
    for row in offers:
        by_connector.setdefault(connector_code(row), []).append(row)
    alike: dict[tuple[Any, ...], list[list[Row]]] = {}
    for rows in by_connector.values():
        alike.setdefault(_kind(rows), []).append(rows)
    return [
        Plug(
            connector_code(group[0][0]),
            tuple(rows[0] for rows in group),
            tuple(Way(row, _terms(row, lists, time_zone)) for row in group[0]),
        )
        for group in alike.values()
    ]


def _kind(rows: Sequence[Row]) -> tuple[Any, ...]:
    """Return what makes a connector differ from another one of the location."""
    own = ("connector_standard", "power_type", "max_power_kw", "acceptance_no")
    offered = ("payment_method", "tariff_id", "content_hash", "vat_rate", "state_reason", "flags")
    prices = tuple(tuple(row[name] for name in offered) for row in rows)
    return (*(rows[0][name] for name in own), prices)


def _terms(row: Row, lists: Mapping[str, str], time_zone: str | None) -> Terms | None:
    price_list = lists.get(row["content_hash"])
    if price_list is None:
        return None
    return Terms(price_list, time_zone, row["vat_rate"], row["state_reason"])


def session_of(
    station: Station, plug: Plug, plan: Plan, now: datetime, at: str = NOW
) -> ChargingSession | None:
    """Return the planned charge at a plug, now or at another time; None where it cannot be."""
    charge = replace(plan, at=at).charge(now)
    power_kw = plug.power_kw(charge)
    if not power_kw:
        return None
    session = charge.session(power_kw, zone_named(station.time_zone) or UTC)
    is_endless = session.charging_minutes + session.parking_minutes > LONGEST_SESSION_MINUTES
    return None if is_endless else session


def priced(
    plug: Plug, here: ChargingSession, then: ChargingSession | None, methods: Sequence[str]
) -> tuple[list[Priced], bool]:
    """Return every way to pay with its costs, those of the methods first, the cheapest first.

    then: None: the cheapest hour, for the first of them, that comes within a day. Beside it:
    whether the time makes a difference.
    """
    ways = [way for way in plug.ways if way.terms]
    costs = sorted(
        ((way, cost(way.terms, here)) for way in ways if way.terms),
        key=lambda one: (one[0].method not in methods, *rank(one[1])),
    )
    matters = then is not None
    if costs and then is None and costs[0][0].terms:
        best, matters = cheapest_coming(costs[0][0].terms, here)
        then = best.session
    found = [Priced(way, now, cost(way.terms, then or here)) for way, now in costs if way.terms]
    return found, matters


def rank(one: Cost) -> tuple[bool, bool, Decimal]:
    """Return where a cost stands in order: known before unknown, with tax before without."""
    return one.total is None, not one.with_tax, one.total or Decimal(0)


def best_of(found: Sequence[Priced]) -> Cost | None:
    """Return the lowest known total, of those that may be compared; None where there is none."""
    costs = [one for each in found for one in (each.now, each.then) if one.total is not None]
    if len({one.currency for one in costs}) > 1:
        return None
    return min(costs, key=rank, default=None)
