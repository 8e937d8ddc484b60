"""What nobody can know before charging, and what could not be read."""

from collections.abc import Iterator

from aggregator.domain.tariff import Dimension, PriceLimit, PriceList
from aggregator.pricing.lint.finding import Finding, LintCode
from aggregator.pricing.lint.parts import counting, parts, plain, restriction_path
from aggregator.pricing.lint.wording import minutes
from aggregator.pricing.restrictions import depends_on_current, depends_on_power


def unreadable_parts(price_list: PriceList) -> Iterator[Finding]:
    """Find what the reader could not read."""
    for path in price_list.unreadable_parts:
        message = f"{path or 'This'} could not be read, so the tariff has no price."
        yield Finding(LintCode.UNREADABLE_PART, path, None, message)


def not_numbers(price_list: PriceList) -> Iterator[Finding]:
    """Find figures that are no finite numbers."""
    for part in parts(price_list):
        for key, figure in (("price", part.component.price), ("vat", part.component.vat_rate)):
            if figure is not None and not figure.is_finite():
                message = f"{key} is {figure}, which is no number."
                yield part.finding(LintCode.NOT_A_NUMBER, message, f"{part.path}.{key}")
    for number, element in enumerate(price_list.elements, start=1):
        limits = element.restrictions
        for key, figure in (
            ("min_kwh", limits.min_kwh),
            ("max_kwh", limits.max_kwh),
            ("min_power", limits.min_power_kw),
            ("max_power", limits.max_power_kw),
            ("min_current", limits.min_current_a),
            ("max_current", limits.max_current_a),
        ):
            if figure is not None and not figure.is_finite():
                message = f"{key} is {figure}, which is no number."
                path = restriction_path(number, key)
                yield Finding(LintCode.NOT_A_NUMBER, path, number, message)
    for key, limit in (("min_price", price_list.min_price), ("max_price", price_list.max_price)):
        found = limit or PriceLimit()
        for figure in (found.excl_vat, found.incl_vat):
            if figure is not None and not figure.is_finite():
                message = f"{key} is {figure}, which is no number."
                yield Finding(LintCode.NOT_A_NUMBER, key, None, message)


def unknown_before(price_list: PriceList) -> Iterator[Finding]:
    """Find elements that depend on the power or the current that a vehicle takes."""
    for number, element in enumerate(price_list.elements, start=1):
        limits = element.restrictions
        if limits.reservation is not None or not element.price_components:
            continue
        if depends_on_power(limits):
            key = "max_power" if limits.max_power_kw is not None else "min_power"
            message = f"Element {number} applies by the power taken, unknown before charging."
            path = restriction_path(number, key)
            yield Finding(LintCode.POWER_DEPENDENT, path, number, message)
        if depends_on_current(limits):
            key = "max_current" if limits.max_current_a is not None else "min_current"
            message = f"Element {number} applies by the current taken, unknown before charging."
            path = restriction_path(number, key)
            yield Finding(LintCode.CURRENT_DEPENDENT, path, number, message)


def parking_durations(price_list: PriceList) -> Iterator[Finding]:
    """Find parking prices with a least duration: it counts from the start (ruling 4)."""
    for part in counting(price_list, Dimension.PARKING_TIME):
        shortest = part.restrictions.min_duration_seconds or 0
        if shortest > 0 and part.component.price > 0:
            message = (
                f"The {minutes(shortest)} before parking costs {plain(part.component.price)} "
                "count from the start of the session, charging included."
            )
            path = part.restriction("min_duration")
            yield part.finding(LintCode.PARKING_FROM_SESSION_START, message, path)
