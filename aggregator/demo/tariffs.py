"""A plan as a tariff in the shape of the operator's OCPI version.

Sources: OCPI 2.1.1-d2, 2.2.1-d2 and 2.3.0, mod_tariffs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from aggregator.demo.chance import EPOCH, minutes_before_epoch, timestamp
from aggregator.demo.description import City, Operator, Plan, Record, TariffScope, TaxForm
from aggregator.demo.evses import tariff_id
from aggregator.demo.price_levels import can_change, consumer_price, days_of_change, price_level
from aggregator.demo.restrictions import restrictions_json
from aggregator.demo.sites import site
from aggregator.demo.wording import alt_text
from aggregator.domain.tariff import PriceComponent, TariffElement
from aggregator.feeds import OcpiVersion

SITE_LEVELS = (Decimal("0.95"), Decimal(1), Decimal(1), Decimal("1.05"))
MINUTES_PER_DAY = 1_440


@dataclass(frozen=True, slots=True)
class PricedPlan:
    """A plan for one place and day. level: factor on its prices. changed: OCPI timestamp."""

    operator: Operator
    plan: Plan
    city: City
    tariff_id: str
    level: Decimal
    changed: str

    @property
    def is_gross(self) -> bool:
        """Whether prices are written with tax."""
        if self.operator.ocpi_version is OcpiVersion.V2_3_0:
            return self.plan.tax_included
        return self.operator.tax_form is TaxForm.GROSS_UNSAID

    def written(self, price: Decimal) -> Decimal:
        """Return a consumer price as the operator writes it, with at most four decimals."""
        return price if self.is_gross else self.net(price)

    def net(self, price: Decimal) -> Decimal:
        """Return a consumer price without tax, to four decimals."""
        return (price * 100 / (100 + self.city.country.vat_percent)).quantize(Decimal("0.0001"))


def priced_plan(seed: int, operator: Operator, index: int, revision: int) -> PricedPlan:
    """Return the operator's tariff of this number before it is written down."""
    place, plan_index = divmod(index, len(operator.plans))
    plan = operator.plans[plan_index]
    if operator.tariff_scope is TariffScope.SITE:
        spot = site(seed, operator, place)
        city, key = spot.city, tariff_id(operator, plan, spot)
        level = city.price_factor * SITE_LEVELS[(spot.lot >> 32) % len(SITE_LEVELS)]
    else:
        city = operator.cities[place]
        key, level = f"{plan.code}-{city.code}", city.price_factor
    days = days_of_change(seed, operator, key, revision) if can_change(plan) else []
    changed = minutes_before_epoch((30 + index % 300) * MINUTES_PER_DAY)
    if days:
        changed = timestamp(EPOCH + timedelta(days=days[-1]))
    level *= price_level(seed, operator, key, days)
    return PricedPlan(operator, plan, city, key, level, changed)


def tariff(seed: int, operator: Operator, index: int, revision: int = 0) -> Record:
    """Return the operator's tariff of this number in the shape of its OCPI version."""
    priced = priced_plan(seed, operator, index, revision)
    return SHAPES[operator.ocpi_version](priced)


def _tariff_2_1_1(priced: PricedPlan) -> Record:
    return {
        "id": priced.tariff_id,
        "currency": priced.operator.currency,
        "tariff_alt_text": _alt_text(priced),
        "elements": [_element(priced, element) for element in priced.plan.elements],
        "last_updated": priced.changed,
    }


def _tariff_2_2_1(priced: PricedPlan) -> Record:
    owner = {
        "country_code": priced.operator.country_code,
        "party_id": priced.operator.party_id,
    }
    return {**owner, **_tariff_2_1_1(priced), **_validity(priced), **_limits(priced)}


def _tariff_2_3_0(priced: PricedPlan) -> Record:
    return {**_tariff_2_2_1(priced), "tax_included": "YES" if priced.is_gross else "NO"}


def _alt_text(priced: PricedPlan) -> list[Record]:
    def price(component: PriceComponent) -> Decimal:
        return consumer_price(priced.operator, component, priced.level)

    return alt_text(priced.plan, priced.operator.currency, price)


def _validity(priced: PricedPlan) -> Record:
    plan, validity = priced.plan, Record()
    if plan.tariff_type:
        validity["type"] = str(plan.tariff_type)
    if plan.valid_from:
        validity["start_date_time"] = timestamp(plan.valid_from)
    if plan.valid_to:
        validity["end_date_time"] = timestamp(plan.valid_to)
    return validity


def _limits(priced: PricedPlan) -> Record:
    limits = {"min_price": priced.plan.min_price, "max_price": priced.plan.max_price}
    return {key: _limit(priced, price) for key, price in limits.items() if price is not None}


def _limit(priced: PricedPlan, price: Decimal) -> Record:
    """Return a limit without and, unless the operator keeps quiet about tax, with tax."""
    net, gross = "excl_vat", "incl_vat"
    if priced.operator.ocpi_version is OcpiVersion.V2_3_0:
        net, gross = "before_taxes", "after_taxes"
    limit = {net: float(priced.net(price))}
    if priced.operator.tax_form is TaxForm.NET_WITH_RATE:
        limit[gross] = float(price)
    return limit


def _element(priced: PricedPlan, element: TariffElement) -> Record:
    written: Record = {
        "price_components": [_component(priced, part) for part in element.price_components]
    }
    restrictions = restrictions_json(element.restrictions)
    if restrictions:
        written["restrictions"] = restrictions
    return written


def _component(priced: PricedPlan, component: PriceComponent) -> Record:
    price = consumer_price(priced.operator, component, priced.level)
    written: Record = {"type": str(component.dimension), "price": float(priced.written(price))}
    if priced.operator.tax_form is TaxForm.NET_WITH_RATE:
        written["vat"] = float(priced.city.country.vat_percent)
    written["step_size"] = component.step_size_wh or component.step_size_seconds or 1
    return written


SHAPES: dict[OcpiVersion, Callable[[PricedPlan], Record]] = {
    OcpiVersion.V2_1_1: _tariff_2_1_1,
    OcpiVersion.V2_2_1: _tariff_2_2_1,
    OcpiVersion.V2_3_0: _tariff_2_3_0,
}
