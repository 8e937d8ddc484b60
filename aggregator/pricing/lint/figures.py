"""Figures that look like another unit's: guesses by size, which can be wrong.

A price in a currency with smaller units is compared in rough euros.
"""

from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType

from aggregator.domain.tariff import Dimension, PriceList, Restrictions
from aggregator.pricing.lint.finding import Finding, LintCode
from aggregator.pricing.lint.parts import Part, parts, plain, restriction_path
from aggregator.pricing.lint.wording import minutes

UNITS_PER_EURO = MappingProxyType(
    {
        "CZK": 25, "DKK": 8, "HUF": 400, "INR": 95, "ISK": 145, "JPY": 160, "KRW": 1550,
        "MXN": 21, "NOK": 12, "PLN": 4, "RON": 5, "RSD": 117, "SEK": 11, "THB": 38, "TRY": 45,
        "UAH": 48, "ZAR": 21,
    }
)  # fmt: skip
"""Roughly, in 2026; currencies not named here are taken for euros."""

LIKE_A_MINUTE = Decimal("0.25")  # euros; an hour for less is hardly ever offered
LIKE_A_MINUTE_IN_MINUTES = Decimal("0.5")  # euros; the same, with a step of one minute
DEAREST_KWH = 5  # euros; the dearest chargers ask a fifth of it
CHEAPEST_KWH = Decimal("0.005")  # euros
LIKE_SECONDS = frozenset({60, 300, 600, 900, 1800, 3600})
LARGE_STEP_WH = 1000
LARGE_STEP_SECONDS = 900
SECONDS_PER_MINUTE = 60
WH_PER_KWH = 1000
LIKE_MINUTES = 60
SEVEN_DAYS_SECONDS = 7 * 24 * 3600
MOST_KWH, MOST_KW, MOST_A = 2000, 1500, 3000


def price_units(price_list: PriceList) -> Iterator[Finding]:
    """Find prices that look like those of another unit."""
    factor = UNITS_PER_EURO.get(price_list.currency, 1)
    for part in parts(price_list):
        price, money = plain(part.component.price), price_list.currency
        euros = part.component.price / factor
        if part.dimension in {Dimension.TIME, Dimension.PARKING_TIME} and _like_a_minute(
            part, euros
        ):
            message = f"{price} {money} per hour is very little; is it the price of a minute?"
            yield part.finding(LintCode.TIME_PRICE_UNIT, message)
        elif part.dimension is Dimension.ENERGY and euros > DEAREST_KWH:
            message = f"{price} {money} per kWh is very much; are these hundredths, or a fee?"
            yield part.finding(LintCode.ENERGY_PRICE_UNIT, message)
        elif part.dimension is Dimension.ENERGY and 0 < euros < CHEAPEST_KWH:
            message = f"{price} {money} per kWh is very little; is it the price of a Wh?"
            yield part.finding(LintCode.ENERGY_PRICE_UNIT, message)


def _like_a_minute(part: Part, euros: Decimal) -> bool:
    in_minutes = part.component.step_size_seconds == SECONDS_PER_MINUTE
    return 0 < euros <= (LIKE_A_MINUTE_IN_MINUTES if in_minutes else LIKE_A_MINUTE)


def steps(price_list: PriceList) -> Iterator[Finding]:
    """Find steps that bill much more than was used, or that look like another unit's."""
    for part in parts(price_list):
        wh, seconds = part.component.step_size_wh, part.component.step_size_seconds
        if part.component.price <= 0:
            continue
        if part.dimension is Dimension.ENERGY and wh in LIKE_SECONDS:
            message = f"Energy is billed in steps of {wh} Wh; are these seconds?"
            yield part.finding(LintCode.ENERGY_STEP_UNIT, message, f"{part.path}.step_size")
        elif part.dimension is Dimension.ENERGY and wh >= LARGE_STEP_WH:
            message = f"Energy is billed in steps of {wh} Wh."
            yield part.finding(LintCode.LARGE_STEP, message, f"{part.path}.step_size")
        elif part.dimension is not Dimension.ENERGY and seconds >= LARGE_STEP_SECONDS:
            message = f"{part.dimension} is billed in steps of {minutes(seconds)}."
            yield part.finding(LintCode.LARGE_STEP, message, f"{part.path}.step_size")
        yield from _beyond_threshold(part)


def _beyond_threshold(part: Part) -> Iterator[Finding]:
    """Find a step that is longer than its element ever holds in a session."""
    limits, component = part.restrictions, part.component
    path = f"{part.path}.step_size"
    longest = limits.max_duration_seconds
    if longest is not None and component.step_size_seconds > (
        holds := longest - (limits.min_duration_seconds or 0)
    ):
        step = minutes(component.step_size_seconds)
        message = f"Billed in steps of {step}, though this applies for {minutes(holds)}."
        yield part.finding(LintCode.STEP_BEYOND_THRESHOLD, message, path)
    if limits.max_kwh is not None and component.step_size_wh > WH_PER_KWH * (
        kwh := limits.max_kwh - (limits.min_kwh or 0)
    ):
        message = f"Billed in steps of {component.step_size_wh} Wh, though for {plain(kwh)} kWh."
        yield part.finding(LintCode.STEP_BEYOND_THRESHOLD, message, path)


def thresholds(price_list: PriceList) -> Iterator[Finding]:
    """Find thresholds that are beyond sense in their unit."""
    for number, element in enumerate(price_list.elements, start=1):
        for key, why in _odd_thresholds(element.restrictions):
            path = restriction_path(number, key)
            yield Finding(LintCode.THRESHOLD_UNIT, path, number, f"{key} {why}")


def _odd_thresholds(limits: Restrictions) -> Iterator[tuple[str, str]]:
    for key, value, most, unit, other in (
        ("min_kwh", limits.min_kwh, MOST_KWH, "kWh", "Wh"),
        ("max_kwh", limits.max_kwh, MOST_KWH, "kWh", "Wh"),
        ("min_power", limits.min_power_kw, MOST_KW, "kW", "W"),
        ("max_power", limits.max_power_kw, MOST_KW, "kW", "W"),
        ("min_current", limits.min_current_a, MOST_A, "A", "mA"),
        ("max_current", limits.max_current_a, MOST_A, "A", "mA"),
    ):
        if value is not None and value > most:
            yield key, f"{plain(value)} {unit} is never met; is it in {other}?"
    for key, seconds in (
        ("min_duration", limits.min_duration_seconds),
        ("max_duration", limits.max_duration_seconds),
    ):
        if seconds is not None and 0 < seconds < LIKE_MINUTES:
            yield key, f"{seconds} s is very short; is it in minutes?"
        elif key == "min_duration" and seconds is not None and seconds > SEVEN_DAYS_SECONDS:
            yield key, f"{minutes(seconds)} is more than seven days; hardly any session lasts it."
