"""The components of a price list that can ever be reached, by dimension.

Source: rulings 1 and 7, as in `pricing.components`.
"""

from dataclasses import dataclass, field

from aggregator.domain.tariff import Dimension
from aggregator.pricing.kernel import layout
from aggregator.pricing.kernel.layout import (
    ABSENT,
    MOST_PRICE,
    MOST_STEP,
    MOST_STEP_SECONDS,
    MOST_STEP_WH,
)
from aggregator.pricing.kernel.plain import Component, Element, Rules
from aggregator.pricing.kernel.rules import Row, holds_never, rules_row
from aggregator.pricing.kernel.scaled import Inexpressible, at_most, clock_ms, micro

DIMENSIONS = {
    Dimension.FLAT.value: 0,
    Dimension.ENERGY.value: 1,
    Dimension.TIME.value: 2,
    Dimension.PARKING_TIME.value: 3,
}
"""In the order of a tariff's candidates."""

LAST_MINUTE_MS = clock_ms("23:59:00")


@dataclass(slots=True)
class Reading:
    """What the elements of one price list ask.

    reached: candidates of each dimension with the number of their restrictions, ABSENT for none;
        what stands after one without restrictions is never reached.
    fixed_warnings, blind_power, blind_current: masks, see `layout`.
    is_doubtful: whether there may be something that nobody can have meant, see `pricing.soundness`.
    """

    reached: tuple[list[tuple[Component, int]], ...] = field(
        default_factory=lambda: ([], [], [], [])
    )
    rules: list[Row] = field(default_factory=list)
    fixed_warnings: int = 0
    blind_power: int = 0
    blind_current: int = 0
    is_doubtful: bool = False

    def add(self, element: Element) -> None:
        """Add the first component of each dimension.

        Raises:
            Inexpressible: a number is below zero or does not fit into the kernel's units.
        """
        for component in element.price_components:
            self._doubt(component)
        rules, number = element.restrictions, ABSENT
        if rules is not None:
            row = rules_row(rules)
            self.is_doubtful |= row is not None and holds_never(row)
            if rules.reservation is not None:
                return
            if element.price_components:
                number = self._restrict(rules, row)
        seen = set()
        for component in element.price_components:
            dimension = DIMENSIONS[component.dimension]
            if dimension not in seen:
                seen.add(dimension)
                reached = self.reached[dimension]
                if not reached or reached[-1][1] != ABSENT:
                    reached.append((component, number))

    def _doubt(self, component: Component) -> None:
        """See whether nobody can have meant a component, wherever it stands."""
        price, vat_rate = component.price, component.vat_rate
        if not price[0].isdigit() or (vat_rate is not None and not vat_rate[0].isdigit()):
            raise Inexpressible(price)  # below zero, or no number
        self.is_doubtful |= (
            component.step_size_wh > MOST_STEP_WH or component.step_size_seconds > MOST_STEP_SECONDS
        )

    def _restrict(self, rules: Rules, row: Row | None) -> int:
        """Add restrictions and what they warn of; return their number or ABSENT."""
        if rules.end_time and clock_ms(rules.end_time) >= LAST_MINUTE_MS:
            self.fixed_warnings |= layout.UNPRICED_LAST_MINUTE
        if row is None:
            return ABSENT
        if row[layout.CHECKS] & layout.POWER:
            self.blind_power = layout.POWER_UNKNOWN
        if row[layout.CHECKS] & layout.CURRENT:
            self.blind_current = layout.CURRENT_UNKNOWN
        self.rules.append(row)
        return len(self.rules) - 1


def candidate_row(component: Component, rules: int, first_rules: int, vat_numerator: int) -> Row:
    """Return a component as a row of `layout`.

    rules: number of its restrictions among those of its price list, which begin at first_rules.
    """
    step = 0
    if component.dimension == Dimension.ENERGY:
        step = component.step_size_wh * layout.MWH_PER_WH
    elif component.dimension != Dimension.FLAT:
        step = component.step_size_seconds * layout.MS_PER_SECOND
    return [
        at_most(micro(component.price), MOST_PRICE),
        vat_numerator,
        at_most(max(step, 0), MOST_STEP),
        rules if rules == ABSENT else first_rules + rules,
    ]
