"""What a month costs under each plan, at chargers of one kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from aggregator.domain.session import ChargingSession
from aggregator.plans.plan import Plan, Tax
from aggregator.plans.price_lists import price_list_for
from aggregator.plans.subscription import monthly_cost
from aggregator.pricing.bill import bill
from aggregator.pricing.money import round_to_minor_unit
from aggregator.pricing.refusal import NotComputable

NO_PRICE_THERE, TAX_UNKNOWN = "no_price_there", "tax_unknown"


@dataclass(frozen=True, slots=True)
class Charger:
    """A kind of charger. country: ISO 3166-1 alpha-2. operator: slug; None: one nobody names."""

    country: str
    power_class: str
    operator: str | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """What a month costs, with tax, in the plan's currency.

    total_per_session: rounded as a bill is; None where the plan has no price there, with the
        reason in words and its stable code. per_kwh: of the sessions alone, without the fee.
    """

    plan: Plan
    monthly_fee: Decimal
    total_per_session: Decimal | None = None
    per_kwh: Decimal | None = None
    total: Decimal | None = None
    reason: str | None = None
    reason_code: str | None = None


def months(
    plans: Iterable[Plan], charger: Charger, session: ChargingSession, sessions: int | Fraction
) -> list[Month]:
    """Return the months under plans that hold on the day, the cheapest of each currency first.

    What has no price stands behind, currencies are never mixed.

    Args:
        plans: to be compared.
        charger: where.
        session: how one charges each time; its start tells the day and hour.
        sessions: how often in a month; a fraction where that is an average.

    Raises:
        ValueError: the session is absurd, or `sessions` below zero.
    """
    found = _months(plans, charger, session, sessions)
    return sorted(found, key=lambda one: (one.total is None, one.plan.currency, one.total or 0))


def _months(
    plans: Iterable[Plan], charger: Charger, session: ChargingSession, sessions: int | Fraction
) -> Iterator[Month]:
    for plan in plans:
        if plan.holds_on(session.start.date()):
            yield _month(plan, charger, session, sessions)


def _month(
    plan: Plan, charger: Charger, session: ChargingSession, sessions: int | Fraction
) -> Month:
    fee = _with_tax(plan)
    listed = price_list_for(plan, charger.operator, charger.power_class, charger.country)
    if listed is None:
        return Month(plan, fee, reason="no price for such a charger", reason_code=NO_PRICE_THERE)
    try:
        total = bill(listed, session).total_gross
    except NotComputable as refused:
        return Month(plan, fee, reason=str(refused), reason_code=refused.reason_code)
    if total is None:
        return Month(plan, fee, reason="the tax is not known", reason_code=TAX_UNKNOWN)
    per_kwh = total / session.energy_kwh
    return Month(plan, fee, total, per_kwh, monthly_cost(fee, total, sessions))


def _with_tax(plan: Plan) -> Decimal:
    if plan.tax is Tax.GROSS:
        return plan.monthly_fee
    fee = Fraction(plan.monthly_fee) * (1 + Fraction(plan.vat_rate or 0))
    return round_to_minor_unit(fee, plan.currency)
