"""The figures of a CDR beside those that its periods and tariffs give.

Source: OCPI 2.2.1 and 2.3.0, mod_cdrs, "CDR Object"; ruling 10.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from aggregator.domain.cdr import Cdr, CostPart, StatedCost, Volume
from aggregator.domain.tariff import Dimension
from aggregator.pricing.bill import Bill
from aggregator.pricing.lines import BillLine, Context
from aggregator.pricing.money import round_to_minor_unit

ROUNDED_BY = Decimal("0.0005")  # at most, as kWh and hours are stated to three decimals


class Side(StrEnum):
    """What a compared figure is."""

    NET = "net"
    GROSS = "gross"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of the CDR beside what its periods and tariffs give.

    name: the CDR's field. stated, computed: None where unknown. agrees: None where either is.
    """

    name: str
    side: Side
    stated: Decimal | None
    computed: Decimal | None
    agrees: bool | None

    @property
    def difference(self) -> Decimal | None:
        """What the CDR asks for too much (above zero) or too little."""
        if self.stated is None or self.computed is None:
            return None
        return self.stated - self.computed


@dataclass(frozen=True, slots=True)
class TariffBill:
    """What the periods under one tariff cost."""

    tariff_id: str
    bill: Bill


Chosen = Callable[[BillLine], bool]


def _in_session(dimension: Dimension) -> Chosen:
    return lambda line: line.context is Context.SESSION and line.dimension is dimension


LINES: dict[CostPart, Chosen] = {
    CostPart.FIXED: _in_session(Dimension.FLAT),
    CostPart.ENERGY: _in_session(Dimension.ENERGY),
    CostPart.TIME: _in_session(Dimension.TIME),
    CostPart.PARKING: _in_session(Dimension.PARKING_TIME),
    CostPart.RESERVATION: lambda line: line.context is Context.RESERVATION,
}


def costs(cdr: Cdr, bills: Sequence[TariffBill]) -> Iterator[Comparison]:
    """Yield the stated costs beside the computed ones; the parts are before price limits."""
    found = [one.bill for one in bills]
    total = cdr.costs[CostPart.TOTAL]
    net, gross = _added([_net(one) for one in found]), _added([_gross(one) for one in found])
    computed = StatedCost(_rounded(net, cdr.currency), _rounded(gross, cdr.currency))
    yield from _both(CostPart.TOTAL, total, computed, cdr.currency)
    for part, is_part in LINES.items():
        if part in cdr.costs:
            yield from _both(part, cdr.costs[part], _sum_of(found, is_part, cdr), cdr.currency)


def _net(bill: Bill) -> Decimal | None:
    """Return a net total, not rounded unless it is a limit: several tariffs are rounded once."""
    return bill.total_net if bill.limits_applied else _added([line.net for line in bill.lines])


def _gross(bill: Bill) -> Decimal | None:
    return bill.total_gross if bill.limits_applied else _added([line.gross for line in bill.lines])


def _sum_of(bills: Sequence[Bill], is_part: Chosen, cdr: Cdr) -> StatedCost:
    chosen = [line for one in bills for line in one.lines if is_part(line)]
    net, gross = _added([one.net for one in chosen]), _added([one.gross for one in chosen])
    return StatedCost(_rounded(net, cdr.currency), _rounded(gross, cdr.currency))


def _rounded(amount: Decimal | None, currency: str) -> Decimal | None:
    return None if amount is None else round_to_minor_unit(Fraction(amount), currency)


def _added(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """Return the sum, None when any amount is unknown."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def _both(
    name: str, stated: StatedCost, computed: StatedCost, currency: str
) -> Iterator[Comparison]:
    if stated.net is not None or stated.gross is None:
        agrees = _agrees(stated.net, computed.net, currency)
        yield Comparison(name, Side.NET, stated.net, computed.net, agrees)
    if stated.gross is not None:
        agrees = _agrees(stated.gross, computed.gross, currency)
        yield Comparison(name, Side.GROSS, stated.gross, computed.gross, agrees)


def _agrees(stated: Decimal | None, computed: Decimal | None, currency: str) -> bool | None:
    """Return whether two amounts are the same to the currency's minor unit."""
    if stated is None or computed is None:
        return None
    if stated < 0:
        return False
    return round_to_minor_unit(Fraction(stated), currency) == computed


def quantities(cdr: Cdr) -> Iterator[Comparison]:
    """Yield the stated sums beside those of the periods."""
    free_hand = ROUNDED_BY * (len(cdr.periods) + 1)
    charged, parked = _volume(cdr, Volume.TIME), _volume(cdr, Volume.PARKING_TIME)
    for name, stated, computed in (
        ("total_energy", cdr.energy_kwh, _volume(cdr, Volume.ENERGY)),
        ("total_time", cdr.hours, _sum_known(charged, parked)),
        ("total_parking_time", cdr.parking_hours, parked),
    ):
        if stated is not None:
            agrees = None if computed is None else abs(stated - computed) <= free_hand
            yield Comparison(name, Side.QUANTITY, stated, computed, agrees)


def _volume(cdr: Cdr, kind: Volume) -> Decimal | None:
    """Return the sum over the periods; None when none of them measures it."""
    found = [period.volumes[kind] for period in cdr.periods if kind in period.volumes]
    return sum(found, Decimal(0)) if found else None


def _sum_known(*amounts: Decimal | None) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
