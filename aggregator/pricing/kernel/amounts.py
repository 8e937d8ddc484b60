"""From volumes to totals before limits: nearly, in float64, and exactly."""

import numpy as np

from aggregator.pricing.kernel.compiling import inlined
from aggregator.pricing.kernel.layout import (
    CANDIDATES_END,
    CHARGING_MS,
    ENERGY_BEGIN,
    ENERGY_MWH,
    FLAT_BEGIN,
    HOUR_MS,
    MICRO,
    MWH_PER_KWH,
    PRICE,
    PRICE_UNIT,
    TIME_BEGIN,
    VAT_DENOMINATOR,
    VAT_NUMERATOR,
)
from aggregator.pricing.kernel.shapes import Columns, Floats, Int64s, Number


@inlined
def near_totals(
    tariff: Columns,
    candidates: Int64s,
    factors: Floats,
    session: Columns,
    volumes: Int64s,
    flat: int,
) -> tuple[float, float, bool]:
    """Return the total as stated, the one with the tax added or taken out, and if that is known.

    Off by a few roundings at most; 0 is exactly 0.
    """
    first, energy_begin = tariff[FLAT_BEGIN], tariff[ENERGY_BEGIN]
    stated, taxed, known = 0.0, 0.0, True
    if flat >= 0 and candidates[flat, PRICE] > 0:
        stated = float(candidates[flat, PRICE])
        taxed = stated * factors[flat]
        known = candidates[flat, VAT_NUMERATOR] >= 0
    per_unit = float(MWH_PER_KWH) * session[CHARGING_MS]
    for k in range(energy_begin, tariff[CANDIDATES_END]):
        if k == tariff[TIME_BEGIN]:
            per_unit = float(HOUR_MS) * max(session[ENERGY_MWH], 1)
        if volumes[k - first] > 0 and candidates[k, PRICE] > 0:
            amount = volumes[k - first] / per_unit * candidates[k, PRICE]
            stated += amount
            taxed += amount * factors[k]
            known = known and candidates[k, VAT_NUMERATOR] >= 0
    return stated / MICRO, taxed / MICRO, known


@inlined
def divisor(one: int, other: int) -> int:
    """Return the greatest common divisor."""
    while other:
        one, other = other, one % other
    return one


@inlined
def shared_divisor(volumes: Int64s, begin: int, end: int, per_unit: int) -> int:
    """Return the greatest divisor that the volumes share with what makes one unit."""
    shared = per_unit
    for k in range(begin, end):
        shared = divisor(shared, volumes[k])
    return shared


@inlined
def exact_totals(
    tariff: Columns,
    candidates: Int64s,
    session: Columns,
    volumes: Int64s,
    flat: int,
    near: tuple[float, float, bool],
) -> tuple[Number, Number]:
    """Return the totals as stated and with the tax added or taken out as exact numbers.

    Both have the same denominator, see `exactness`. near: their values in float64.
    """
    first, unit = tariff[FLAT_BEGIN], tariff[PRICE_UNIT]
    begin, middle = tariff[ENERGY_BEGIN] - first, tariff[TIME_BEGIN] - first
    end = tariff[CANDIDATES_END] - first
    per_kwh = MWH_PER_KWH * max(session[CHARGING_MS], 1)
    per_hour = HOUR_MS * max(session[ENERGY_MWH], 1)
    shared_kwh = shared_divisor(volumes, begin, middle, per_kwh)
    shared_hour = shared_divisor(volumes, middle, end, per_hour)
    per_kwh, per_hour = per_kwh // shared_kwh, per_hour // shared_hour
    shared = divisor(per_kwh, per_hour)
    of_energy, of_time = np.uint64(per_hour // shared), np.uint64(per_kwh // shared)
    denominator = of_energy * np.uint64(per_kwh)
    stated, taxed = np.uint64(0), np.uint64(0)
    for k in range(end):
        if k >= middle:
            volume = of_time * np.uint64(volumes[k] // shared_hour)
        elif k >= begin:
            volume = of_energy * np.uint64(volumes[k] // shared_kwh)
        else:
            volume = denominator if k == flat - first else np.uint64(0)
        amount = volume * np.uint64(candidates[first + k, PRICE] // unit)
        stated += amount
        taxed += amount * np.uint64(max(candidates[first + k, VAT_NUMERATOR], 0))
    vat, units = tariff[VAT_DENOMINATOR], MICRO // unit
    size = float(per_kwh) * (per_hour // shared) * float(vat) * units
    denominator *= np.uint64(vat) * np.uint64(units)
    return (
        (near[0], stated * np.uint64(vat), denominator, size),
        (near[1], taxed, denominator, size),
    )
