"""What one charge costs under many price lists, zones and powers, by the kernel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from aggregator.domain.charge import Charge
from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import PriceList
from aggregator.pricing.bill import BillWarning, TaxBasis
from aggregator.pricing.components import price_table
from aggregator.pricing.course import course
from aggregator.pricing.coverage import applies
from aggregator.pricing.kernel.layout import REFUSED, UNKNOWN_TOTAL
from aggregator.pricing.kernel.prices import (
    TAX_BASES,
    WARNINGS,
    PreparedTariffs,
    Totals,
    gathered,
    session_columns,
)
from aggregator.pricing.quote import NO_PRICE_APPLIES, is_free
from aggregator.pricing.reference import zone_named
from aggregator.pricing.variation import price_varies_by_clock

LIMIT_UNCHECKED = 1 << WARNINGS.index(BillWarning.LIMIT_UNCHECKED)
LIMIT_TAX_UNKNOWN, TIME_ZONE_UNKNOWN = "limit_tax_unknown", "time_zone_unknown"
WITH_TAX = [TAX_BASES.index(TaxBasis.GROSS), TAX_BASES.index(TaxBasis.DERIVED)]
W_PER_KW = 1_000
MOST_W = 1 << 40

Int64s = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Pairs to be priced, one row of each array for each.

    tariff_index: int64, which of the price lists. zone_index: int64, which of `zones`.
    power_w: int64, W, above 0: what flows. zones: IANA names; None: unknown.
    """

    tariff_index: Int64s
    zone_index: Int64s
    power_w: Int64s
    zones: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class ChargeTotals:
    """What the pairs cost, one row of each array for each.

    total: int64, minor units of the list's currency, UNKNOWN_TOTAL where there is none; with tax
        where the basis is gross or derived, else as stated.
    tax_basis: uint16, numbers in TAX_BASES. reason: why there is no total; None where there is one.
    minutes: float64, of charging: an estimate.
    """

    total: Int64s
    tax_basis: npt.NDArray[np.uint16]
    reason: npt.NDArray[np.object_]
    minutes: npt.NDArray[np.float64]


def charge_totals(prepared: PreparedTariffs, wanted: Wanted, charge: Charge) -> ChargeTotals:
    """Return what a charge costs under each pair of price list and power; see `quote` for states.

    Raises:
        OverflowError: a total is beyond 64 bits.
    """
    sessions, session_index = _sessions(wanted, charge)
    columns = session_columns(sessions)
    found = gathered(prepared, wanted.tariff_index, columns, session_index)
    with_tax = np.isin(found.tax_basis, WITH_TAX) & (found.total_gross != UNKNOWN_TOTAL)
    total = np.where(with_tax, found.total_gross, found.total_as_stated)
    reason = np.full(len(total), None, object)
    for pair in _to_be_looked_at(found, total, wanted):
        session = sessions[session_index[pair]]
        zone = wanted.zones[wanted.zone_index[pair]]
        reason[pair] = _reason(prepared, wanted, found, pair, session, zone)
    total[reason != None] = UNKNOWN_TOTAL  # noqa: E711 - of each element
    every = np.array([float(one.charging_minutes) for one in sessions])
    return ChargeTotals(total, found.tax_basis, reason, every[session_index])


def _sessions(wanted: Wanted, charge: Charge) -> tuple[list[ChargingSession], Int64s]:
    """Return the distinct sessions, and which of them is each pair's."""
    keys, index = np.unique(wanted.zone_index * MOST_W + wanted.power_w, return_inverse=True)
    zones = [zone_named(zone) or UTC for zone in wanted.zones]
    sessions = [
        charge.session(Decimal(power_w) / W_PER_KW, zones[zone])
        for zone, power_w in zip(*(one.tolist() for one in np.divmod(keys, MOST_W)), strict=True)
    ]
    return sessions, index


def _to_be_looked_at(found: Totals, total: Int64s, wanted: Wanted) -> Int64s:
    """Return the pairs whose total may not be one: few."""
    zoneless = [number for number, zone in enumerate(wanted.zones) if zone_named(zone) is None]
    doubtful = (found.origin == REFUSED) | (total == 0) | (found.warnings & LIMIT_UNCHECKED > 0)
    return np.flatnonzero(doubtful | np.isin(wanted.zone_index, zoneless))


def _reason(
    prepared: PreparedTariffs,
    wanted: Wanted,
    found: Totals,
    pair: int,
    session: ChargingSession,
    zone: str | None,
) -> str | None:
    if found.origin[pair] == REFUSED:
        return found.reason_code(pair)
    price_list = prepared.price_list(int(wanted.tariff_index[pair]))
    if is_free(price_list):
        return None
    return _of_the_session(price_list, session, found, pair, zone)


def _of_the_session(
    price_list: PriceList, session: ChargingSession, found: Totals, pair: int, zone: str | None
) -> str | None:
    table, run = price_table(price_list), course(session)
    day = session.start.date()
    if zone_named(zone) is None and price_varies_by_clock(table, run, day):
        return TIME_ZONE_UNKNOWN
    if found.warnings[pair] & LIMIT_UNCHECKED:
        return LIMIT_TAX_UNKNOWN
    if not found.total_as_stated[pair] and not applies(table, run):
        return NO_PRICE_APPLIES
    return None
