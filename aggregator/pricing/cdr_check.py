"""A CDR priced against its own tariffs, and where its costs differ.

What an analyst or a regulator does with an invoice. Sources: rulings 2, 5, 8, 10 and 13; OCPI
2.2.1, mod_cdrs: every tariff of a session is billed by itself, step sizes included; without a
tariff_id none is relevant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta, tzinfo
from fractions import Fraction

from aggregator.domain.cdr import Cdr, CdrPeriod, CostPart, Volume
from aggregator.domain.tariff import Dimension, Tariff
from aggregator.pricing.bill import BillWarning, Metered, bill_of
from aggregator.pricing.billing import Slack
from aggregator.pricing.cdr_figures import Comparison, Side, TariffBill, costs, quantities
from aggregator.pricing.cdr_periods import Measured, measured_periods
from aggregator.pricing.components import (
    PriceTable,
    ReservationTable,
    active_candidate,
    price_table,
)
from aggregator.pricing.course import MICROSECONDS_PER_SECOND, NOTHING, Course, Leg
from aggregator.pricing.periods import Period, periods
from aggregator.pricing.refusal import NotComputable
from aggregator.pricing.restrictions import (
    depends_on_clock,
    depends_on_current,
    depends_on_power,
)

__all__ = ["CdrCheck", "Comparison", "Side", "TariffBill", "check", "needs_zone"]

MOST_ROUNDED_BY = Fraction(1, 2000)  # kWh and hours: more than that was not rounded but cut


@dataclass(frozen=True, slots=True)
class CdrCheck:
    """The result; charging periods are counted from 1.

    changed_inside: the periods in which a restriction would have changed.
    without_tariff: those that name none while others do: OCPI charges nothing for them.
    """

    cdr: Cdr
    bills: tuple[TariffBill, ...]
    comparisons: tuple[Comparison, ...]
    changed_inside: tuple[int, ...]
    without_tariff: tuple[int, ...]

    @property
    def agrees(self) -> bool:
        """Whether the total could be compared, and no figure differs."""
        totals = [one for one in self.comparisons if one.name == CostPart.TOTAL]
        is_told = any(one.agrees is not None for one in totals)
        return is_told and all(one.agrees is not False for one in self.comparisons)


def needs_zone(cdr: Cdr) -> bool:
    """Return whether any price depends on the charger's clock."""
    return any(
        depends_on_clock(element.restrictions)
        for tariff in cdr.tariffs
        for element in tariff.price_list.elements
    )


def check(cdr: Cdr, zone: tzinfo = UTC) -> CdrCheck:
    """Return what a CDR should cost by its own tariffs, and where it says otherwise.

    zone: the charger's; without a restriction on the clock any will do.

    Raises:
        NotComputable: it holds no tariff, does not say which one applies, or one of them, or a
            period, cannot be priced.
    """
    measured = measured_periods(cdr, zone)
    expired = not any(one.session for one in measured)
    bills, changed, priced = [], set[int](), set[int]()
    for tariff, own in _by_tariff(cdr, measured):
        table = price_table(tariff.price_list)
        reserved = table.for_reservation(expired=expired)
        inside = {one.number for one in own if _changes_inside(table, reserved, one, zone)}
        changed |= inside
        priced |= {one.number for one in own}
        metered = Metered(
            session=tuple(period for one in own for period in one.session),
            reservation=tuple(period for one in own for period in one.reservation),
            expired=expired,
            unseen=tuple(_unseen(table, own, inside)),
            slack=_slack([cdr.periods[one.number - 1] for one in own]),
        )
        bills.append(TariffBill(tariff.tariff_id, bill_of(table, metered)))
    comparisons = (*costs(cdr, bills), *quantities(cdr))
    left = tuple(one.number for one in measured if one.number not in priced)
    return CdrCheck(cdr, tuple(bills), comparisons, tuple(sorted(changed)), left)


def _by_tariff(cdr: Cdr, measured: Sequence[Measured]) -> list[tuple[Tariff, list[Measured]]]:
    """Return the tariffs that were used, in order of use, with their periods."""
    by_id = _tariffs_by_id(cdr)
    named = [one for one in measured if one.tariff_id]
    if not named and len(by_id) == 1:
        return [(next(iter(by_id.values())), list(measured))]
    if not named:
        raise NotComputable("tariff_unknown", "no charging period names one of its tariffs")
    used: dict[str, list[Measured]] = {}
    for one in named:
        key = (one.tariff_id or "").casefold()
        if key not in by_id:
            message = (
                f"charging period {one.number} names tariff {one.tariff_id!r}, which is not there"
            )
            raise NotComputable("tariff_unknown", message)
        used.setdefault(key, []).append(one)
    return [(by_id[key], own) for key, own in used.items()]


def _tariffs_by_id(cdr: Cdr) -> dict[str, Tariff]:
    if not cdr.tariffs:
        raise NotComputable("no_tariff", "the CDR holds no tariff")
    found: dict[str, Tariff] = {}
    for tariff in cdr.tariffs:
        same = found.setdefault(tariff.tariff_id.casefold(), tariff)
        if same.price_list != tariff.price_list:
            message = f"two tariffs that differ have the id {tariff.tariff_id!r}"
            raise NotComputable("tariff_ambiguous", message)
        if tariff.price_list.currency != cdr.currency:
            message = (
                f"tariff {tariff.tariff_id!r} is in {tariff.price_list.currency}, "
                f"the CDR in {cdr.currency}"
            )
            raise NotComputable("other_currency", message)
    return found


def _changes_inside(
    table: PriceTable, reserved: ReservationTable, one: Measured, zone: tzinfo
) -> bool:
    """Return whether another component would be active later in a period than at its start."""
    of_session = (p for p in one.session if p.charging is one.leg.charging)
    return any(_changes(table, period, one.leg, zone) for period in of_session) or any(
        _changes(reserved, period, _standing(period), zone) for period in one.reservation
    )


def _standing(period: Period) -> Leg:
    """Return how a reserved period runs."""
    begin_seconds, seconds = period.start.elapsed_seconds, period.duration_seconds
    return Leg(
        charging=False,
        begin_seconds=begin_seconds,
        seconds=seconds,
        begin_kwh=NOTHING,
        kwh=NOTHING,
        power_kw=NOTHING,
        current_a=NOTHING,
    )


def _changes(table: PriceTable | ReservationTable, period: Period, leg: Leg, zone: tzinfo) -> bool:
    """Return whether what prices the period's volumes changes within the leg."""
    begin = timedelta(microseconds=int(leg.begin_seconds * MICROSECONDS_PER_SECOND))
    start = period.start.local.astimezone(UTC) - begin
    alone = Course(start, zone, (leg,), leg.power_kw, leg.current_a)
    priced = [table.candidates.get(dimension, ()) for dimension in _metered(table, period)]
    return any(
        active_candidate(candidates, part.start) is not active_candidate(candidates, period.start)
        for part in periods(alone, table.thresholds)
        for candidates in priced
    )


def _metered(table: PriceTable | ReservationTable, period: Period) -> Iterator[Dimension]:
    """Yield what of a period is charged by its volume."""
    if period.energy_kwh:
        yield Dimension.ENERGY
    if period.duration_seconds:
        timed = period.charging or isinstance(table, ReservationTable)
        yield Dimension.TIME if timed else Dimension.PARKING_TIME


def _slack(periods: Sequence[CdrPeriod]) -> Slack:
    """Return by how much the sums of volumes may be off that were rounded to some decimals."""
    hours = [Volume.TIME, Volume.PARKING_TIME, Volume.RESERVATION_TIME]
    return Slack(_rounded_by(periods, [Volume.ENERGY]), _rounded_by(periods, hours))


def _rounded_by(periods: Sequence[CdrPeriod], kinds: Sequence[Volume]) -> Fraction:
    volumes = [
        period.volumes[kind] for period in periods for kind in kinds if kind in period.volumes
    ]
    decimals = [max(0, -int(volume.as_tuple().exponent)) for volume in volumes]
    return sum((min(Fraction(1, 2 * 10**n), MOST_ROUNDED_BY) for n in decimals), Fraction(0))


def _unseen(table: PriceTable, own: Sequence[Measured], inside: set[int]) -> Iterator[BillWarning]:
    """Say what the periods do not tell, or not finely enough."""
    restrictions = [candidate.restrictions for candidate in table]
    flows = [one.leg for one in own if one.leg.charging]
    if any(map(depends_on_current, restrictions)) and any(leg.current_a is None for leg in flows):
        yield BillWarning.CURRENT_UNKNOWN
    if any(map(depends_on_power, restrictions)) and any(leg.power_kw is None for leg in flows):
        yield BillWarning.POWER_UNKNOWN
    if inside:
        yield BillWarning.CHANGE_INSIDE_PERIOD
