"""The price list in words that need no translation, under a name in each language."""

from collections.abc import Callable
from decimal import Decimal

from aggregator.demo.description import Plan, Record
from aggregator.domain.tariff import Dimension, PriceComponent, Restrictions

UNITS = {
    Dimension.ENERGY: "/kWh",
    Dimension.TIME: "/h",
    Dimension.PARKING_TIME: "/h (P)",
    Dimension.FLAT: "",
}
SECONDS_PER_MINUTE = 60


def alt_text(
    plan: Plan, currency: str, price_of: Callable[[PriceComponent], Decimal]
) -> list[Record]:
    """Return one OCPI DisplayText for each language, with prices as people pay them."""
    parts = [
        f"{price_of(part):.2f} {currency}{UNITS[part.dimension]}{_condition(element.restrictions)}"
        for element in plan.elements
        for part in element.price_components
    ]
    return [
        {"language": language, "text": f"{name}: {', '.join(parts)}"}
        for language, name in plan.names
    ]


def _condition(restrictions: Restrictions) -> str:
    said = []
    if restrictions.start_time and restrictions.end_time:
        said.append(f"{restrictions.start_time:%H:%M}-{restrictions.end_time:%H:%M}")
    said += [day[:3].title() for day in restrictions.day_of_week]
    if restrictions.min_power_kw:
        said.append(f">= {restrictions.min_power_kw} kW")
    if restrictions.max_power_kw:
        said.append(f"< {restrictions.max_power_kw} kW")
    if restrictions.min_duration_seconds:
        said.append(f"> {restrictions.min_duration_seconds // SECONDS_PER_MINUTE} min")
    return f" [{' '.join(said)}]" if said else ""
