"""What the kernel answers, and a bill in the same terms."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aggregator.pricing.bill import Bill, BillWarning, TaxBasis
from aggregator.pricing.kernel import layout
from aggregator.pricing.kernel.layout import UNKNOWN_TOTAL
from aggregator.pricing.limits import LimitKind

TAX_BASES = (TaxBasis.GROSS, TaxBasis.DERIVED, TaxBasis.NET, TaxBasis.UNKNOWN)
"""By their code in Totals.tax_basis."""

_KERNEL_WARNINGS = (
    BillWarning.CURRENT_UNKNOWN,
    BillWarning.POWER_UNKNOWN,
    BillWarning.FLAT_FEE_LEFT_OUT,
    BillWarning.LIMIT_UNCHECKED,
    BillWarning.MAX_PRICE_ZERO,
    BillWarning.UNPRICED_LAST_MINUTE,
)
WARNINGS = (*_KERNEL_WARNINGS, *(one for one in BillWarning if one not in _KERNEL_WARNINGS))
"""By their bit in Totals.warnings, lowest first; the later ones do not depend on the session."""

APPLIED_LIMITS = tuple((kind, incl_vat) for kind in LimitKind for incl_vat in (False, True))
"""Kind of limit and whether it is the one with tax, by their bit in Totals.limits_applied."""

LARGEST_TOTAL = 2**63 - 1
Int64s = npt.NDArray[np.int64]
Uint16s = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Totals:
    """What pairs of price list and session cost, one row of each array for each pair.

    amounts: int64, shape (pairs, 3): net, gross and as stated in minor units of the tariff's
        currency; UNKNOWN_TOTAL where unknown, and everywhere where the price list is refused.
    codes: uint16, shape (pairs, 4): see the properties.
    reason: int64, number in `reasons` where the price list is refused, else -1.
    """

    amounts: Int64s
    codes: Uint16s
    reason: Int64s
    reasons: tuple[str, ...]

    @property
    def total_net(self) -> Int64s:
        """Net totals in minor units."""
        return self.amounts[:, layout.TOTAL_NET]

    @property
    def total_gross(self) -> Int64s:
        """Gross totals in minor units."""
        return self.amounts[:, layout.TOTAL_GROSS]

    @property
    def total_as_stated(self) -> Int64s:
        """Totals in minor units, in the published prices, whatever they include."""
        return self.amounts[:, layout.TOTAL_AS_STATED]

    @property
    def origin(self) -> Uint16s:
        """Who priced: layout.FROM_KERNEL, FROM_EXACT (the exact engine was asked) or REFUSED."""
        return self.codes[:, layout.ORIGIN]

    @property
    def tax_basis(self) -> Uint16s:
        """Numbers in TAX_BASES; of no meaning where refused."""
        return self.codes[:, layout.TAX_BASIS]

    @property
    def warnings(self) -> Uint16s:
        """Masks of WARNINGS."""
        return self.codes[:, layout.WARNINGS]

    @property
    def limits_applied(self) -> Uint16s:
        """Masks of APPLIED_LIMITS."""
        return self.codes[:, layout.APPLIED]

    @property
    def exact_share(self) -> float:
        """The share of pairs that the exact engine had to price."""
        return float(np.mean(self.origin == layout.FROM_EXACT)) if len(self.codes) else 0.0

    def reason_code(self, pair: int) -> str | None:
        """Return why the price list of a pair is refused, None where it is not."""
        return None if self.reason[pair] < 0 else self.reasons[self.reason[pair]]

    def taken(self, pairs: Int64s) -> "Totals":
        """Return the totals of some of the pairs, by their positions."""
        return Totals(
            self.amounts.take(pairs, axis=0),
            self.codes.take(pairs, axis=0),
            self.reason.take(pairs),
            self.reasons,
        )


def amounts_of(bill: Bill) -> list[int]:
    """Return the totals of a bill in minor units, in the order of Totals.amounts.

    Raises:
        OverflowError: a total does not fit.
    """
    digits = -int(bill.total_as_stated.as_tuple().exponent)
    totals = (bill.total_net, bill.total_gross, bill.total_as_stated)
    amounts = [UNKNOWN_TOTAL if one is None else int(one.scaleb(digits)) for one in totals]
    if max(amounts) > LARGEST_TOTAL:
        raise OverflowError(str(bill.total_as_stated))
    return amounts


def codes_of(bill: Bill) -> list[int]:
    """Return what else a bill says, in the order of Totals.codes."""
    applied = sum(
        1 << APPLIED_LIMITS.index((one.kind, one.incl_vat)) for one in bill.limits_applied
    )
    warnings = sum(1 << WARNINGS.index(one) for one in bill.warnings)
    return [layout.FROM_EXACT, TAX_BASES.index(bill.tax_basis), warnings, applied]
