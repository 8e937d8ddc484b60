"""What a plan costs at one place on one day: local price level, changes over time, rounding."""

from decimal import ROUND_HALF_UP, Decimal

from aggregator.demo.chance import draw
from aggregator.demo.description import Operator, Plan
from aggregator.domain.tariff import Dimension, PriceComponent

CHANGES_PER_THOUSAND = 30  # tariffs that change on one day
CHANGES = (Decimal("0.92"), Decimal("0.95"), Decimal("1.05"), Decimal("1.08"))
TIME_STEPS = 30  # a price per hour is a multiple of half a price step per minute


def days_of_change(seed: int, operator: Operator, tariff_id: str, revision: int) -> list[int]:
    """Return the days from 1 to `revision` on which the tariff's price changed."""
    return [
        day
        for day in range(1, revision + 1)
        if draw(seed, operator.operator_id, tariff_id, day) % 1000 < CHANGES_PER_THOUSAND
    ]


def price_level(seed: int, operator: Operator, tariff_id: str, days: list[int]) -> Decimal:
    """Return the factor on prices after the changes of these days."""
    level = Decimal(1)
    for day in days:
        lot = draw(seed, operator.operator_id, tariff_id, day)
        level *= CHANGES[(lot >> 16) % len(CHANGES)]
    return level


def can_change(plan: Plan) -> bool:
    """Return whether the plan has a price that follows the price level: free ones do not."""
    return any(
        component.price and component.dimension in {Dimension.ENERGY, Dimension.TIME}
        for element in plan.elements
        for component in element.price_components
    )


def consumer_price(operator: Operator, component: PriceComponent, level: Decimal) -> Decimal:
    """Return the price that people pay: energy and time follow the level, fees stay.

    Unit: the operator's currency per kWh, per hour or per session.
    """
    if component.dimension not in {Dimension.ENERGY, Dimension.TIME} or not component.price:
        return component.price
    step = operator.price_step
    if component.dimension is Dimension.TIME:
        step *= TIME_STEPS
    steps = (component.price * level / step).quantize(Decimal(1), ROUND_HALF_UP)
    return max(Decimal(1), steps) * step
