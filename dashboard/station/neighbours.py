"""What the same charge costs at comparable locations near by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from html import escape
from statistics import median
from typing import Any

from aggregator.comparing.station import Cost, Terms, cost
from aggregator.domain.charge import Charge
from aggregator.pricing.reference import zone_named
from aggregator.store.queries import Neighbourhood
from dashboard.choosing.answers import Answers
from dashboard.choosing.station_link import PARTS, station_href
from dashboard.frame.price_class import LEAST_TO_COMPARE
from dashboard.station.facts import DC_POWER_CLASSES, Plug, Station, price_lists, rank
from dashboard.wording.labels import kilowatts, money, number, percent, safe, text

Row = Mapping[str, Any]
RADIUS_KM = 10.0
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A comparable location with the lowest total that it asks for the charge."""

    row: Row
    cost: Cost


@dataclass(frozen=True, slots=True)
class Beside:
    """Neighbours in order of their totals, and the median of them; None for too few."""

    neighbours: tuple[Neighbour, ...]
    typical: Decimal | None


def beside(
    answers: Answers,
    station: Station,
    plug: Plug,
    own: Cost,
    charge: Charge,
    methods: Sequence[str],
) -> Beside:
    """Return what comparable locations ask for the same charge.

    Comparable: within 10 km, of the same power class, currency and tax, by the same ways to pay.
    """
    place, power_class = station.place, plug.row["power_class"]
    if own.total is None or place["latitude"] is None or power_class is None:
        return Beside((), None)
    position = float(place["latitude"]), float(place["longitude"])
    asked = Neighbourhood(
        place["location_no"], *position, RADIUS_KM, power_class, own.currency, tuple(methods)
    )
    rows = answers.rows("station_neighbours", asked)
    lists = price_lists(answers, tuple(sorted({row["content_hash"] for row in rows})))
    found = _cheapest(rows, lists, charge, with_tax=own.with_tax)
    enough = len(found) >= LEAST_TO_COMPARE
    return Beside(tuple(found), median(_totals(found)) if enough else None)


def _totals(found: Iterable[Neighbour]) -> list[Decimal]:
    return [one.cost.total for one in found if one.cost.total is not None]


def _cheapest(
    rows: Iterable[Row], lists: Mapping[str, str], charge: Charge, *, with_tax: bool
) -> list[Neighbour]:
    """Return the lowest total of each location, in order; those not known in that tax are out."""
    best: dict[tuple[Any, ...], Neighbour] = {}
    for row in rows:
        one = _cost(row, lists, charge)
        if one is None or one.total is None or one.with_tax is not with_tax:
            continue
        key = tuple(row[part] for part in PARTS)
        if key not in best or rank(one) < rank(best[key].cost):
            best[key] = Neighbour(row, one)
    return sorted(best.values(), key=lambda one: rank(one.cost))


def _cost(row: Row, lists: Mapping[str, str], charge: Charge) -> Cost | None:
    is_dc = (row["power_type"] or "") == "DC" or (
        not row["power_type"] and row["power_class"] in DC_POWER_CLASSES
    )
    power_kw = charge.power_kw(row["max_power_kw"], is_dc=is_dc)
    price_list = lists.get(row["content_hash"])
    if price_list is None or not power_kw:
        return None
    session = charge.session(power_kw, zone_named(row["time_zone"]) or UTC)
    return cost(Terms(price_list, row["time_zone"], row["vat_rate"]), session)


def beside_words(found: Beside, own: Cost) -> str:
    """Return how the own total stands to the typical one near by."""
    if own.total is None:
        return text("station.beside_unpriced")
    if found.typical is None:
        return text("station.beside_few", count=len(found.neighbours), km=number(RADIUS_KM))
    values = {
        "count": len(found.neighbours),
        "median": money(found.typical, own.currency),
        "km": number(RADIUS_KM),
    }
    if not found.typical or own.total == found.typical:
        return text("station.beside_same", **values)
    share = percent(abs(own.total - found.typical) / found.typical)
    key = "station.beside_below" if own.total < found.typical else "station.beside_above"
    return text(key, percent=share, **values)


def beside_table(found: Beside, query: Mapping[str, str]) -> str:
    """Return the neighbours as a table, folded away; each links to its own page."""
    if not found.neighbours:
        return ""
    heads = ("neighbour", "power", "distance", "total")
    head = "".join(f'<th scope="col">{safe(text(f"column.{name}"))}</th>' for name in heads)
    body = "".join(_row(one, query) for one in found.neighbours[:SHOWN])
    return (
        f"<details><summary>{safe(text('station.beside_list'), 200)}</summary>"
        f'<table class="data"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></details>'
    )


def _row(one: Neighbour, query: Mapping[str, str]) -> str:
    row = one.row
    name = safe(row["location_name"] or row["address"] or text("compare.unnamed"))
    link = escape(station_href(row, query))
    far = text("station.km", km=number(round(row["distance_km"], 1)))
    total = money(one.cost.total or Decimal(0), one.cost.currency)
    return (
        f'<tr><th scope="row"><a href="{link}" target="_self">{name}</a>'
        f'<div class="s">{safe(row["operator_name"] or "")}</div></th>'
        f"<td>{safe(kilowatts(row['max_power_kw']))}</td><td>{safe(far)}</td>"
        f"<td>{safe(total)}</td></tr>"
    )
