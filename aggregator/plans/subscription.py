"""Which contract pays off: exact arithmetic over a month."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from aggregator.pricing.money import decimal_from


class PaysOff(StrEnum):
    """When the first of two plans is the cheaper one; both in one currency, taxed alike."""

    ABOVE = "cheaper above the break-even"
    BELOW = "cheaper below the break-even"
    ALWAYS = "always cheaper"
    NEVER = "never pays off"
    SAME = "costs the same"


@dataclass(frozen=True, slots=True)
class BreakEven:
    """How much has to be charged in a month for both plans to cost the same.

    kwh_per_month: exact where it ends, else to 28 digits; None where there is no such point, or
        where every point is.
    """

    kwh_per_month: Decimal | None
    pays_off: PaysOff


def monthly_cost(
    monthly_fee: Decimal, total_per_session: Decimal, sessions: int | Fraction
) -> Decimal:
    """Return what a month costs, in the currency of the amounts.

    Args:
        monthly_fee: of the plan.
        total_per_session: of one session under the plan, with tax if the fee is.
        sessions: in a month; a fraction where that is an average of many months.

    Raises:
        ValueError: a number is below zero or none at all.
    """
    _require_amounts(monthly_fee, total_per_session, decimal_from(Fraction(sessions)))
    return decimal_from(Fraction(monthly_fee) + Fraction(total_per_session) * sessions)


def break_even_kwh_per_month(
    fee_a: Decimal, per_kwh_a: Decimal, fee_b: Decimal, per_kwh_b: Decimal
) -> BreakEven:
    """Return from how many kWh a month on plan A is cheaper than plan B, or why there is no such.

    Plan A is always cheaper where it is dearer at no use; it never pays off where it is cheaper at
    none.

    Args:
        fee_a: of plan A, per month.
        per_kwh_a: of plan A.
        fee_b: of plan B, per month, in the same currency.
        per_kwh_b: of plan B.

    Raises:
        ValueError: a number is below zero or none at all.

    >>> found = break_even_kwh_per_month(*map(Decimal, ("5.99", "0.39", "0", "0.59")))
    >>> found.kwh_per_month, found.pays_off.value
    (Decimal('29.95'), 'cheaper above the break-even')
    """
    _require_amounts(fee_a, per_kwh_a, fee_b, per_kwh_b)
    more_fee = Fraction(fee_a) - Fraction(fee_b)
    more_per_kwh = Fraction(per_kwh_a) - Fraction(per_kwh_b)
    if more_fee * more_per_kwh < 0:
        pays_off = PaysOff.ABOVE if more_fee > 0 else PaysOff.BELOW
        return BreakEven(decimal_from(-more_fee / more_per_kwh), pays_off)
    if not more_fee and not more_per_kwh:
        return BreakEven(None, PaysOff.SAME)
    cheaper = more_fee <= 0 and more_per_kwh <= 0
    return BreakEven(None, PaysOff.ALWAYS if cheaper else PaysOff.NEVER)


def _require_amounts(*amounts: Decimal) -> None:
    if not all(amount.is_finite() and amount >= 0 for amount in amounts):
        message = f"fees, prices and sessions are not below zero: {', '.join(map(str, amounts))}"
        raise ValueError(message)
