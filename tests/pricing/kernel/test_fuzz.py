"""The kernel says what the exact engine says, to the minor unit, whatever comes."""

import os
import time
from collections import Counter
from dataclasses import fields
from datetime import UTC
from decimal import Decimal
from random import Random

import numpy as np
import pytest

from aggregator.domain.tariff import Dimension, PriceBasis, Restrictions, Weekday
from aggregator.pricing.kernel import layout
from aggregator.pricing.money import MINOR_UNIT_DIGITS
from benchmarks.pricing_lists import complex_price_list, varied_price_list, varied_sessions
from tests.pricing.kernel.chance import Chance
from tests.pricing.kernel.comparison import assert_equal
from tests.pricing.kernel.interpreted import interpreted

PAIRS = 100_000
LEAST_SHARE = 0.0002  # of the pairs, for whatever has to come up
MOST_EXACT_SHARE = 0.005


@pytest.fixture
def chance():
    seed = int(os.environ.get("KLARPRIS_SEED") or time.time_ns() % 2**32)
    print(f"KLARPRIS_SEED={seed}")
    return Chance(Random(seed))


def made_up(chance, count):
    """Return price lists, sessions and pairs of them."""
    price_lists = [chance.price_list() for _ in range(count // 10)]
    sessions = [chance.session() for _ in range(count // 5)]
    choose = chance.random.randrange
    return (
        price_lists,
        sessions,
        [(choose(len(price_lists)), choose(len(sessions))) for _ in range(count)],
    )


def seen_in(price_list):
    """Name what comes up in a price list."""
    yield f"basis {price_list.price_basis}"
    yield f"digits {MINOR_UNIT_DIGITS.get(price_list.currency, 2)}"
    for name in ("min_price", "max_price"):
        limit = getattr(price_list, name)
        for part in ("excl_vat", "incl_vat"):
            if limit and getattr(limit, part) is not None:
                yield f"{name} {part}"
                yield f"{name} {part} 0" if not getattr(limit, part) else f"{name} {part} > 0"
    for element in price_list.elements:
        yield from (f"priced {component.dimension}" for component in element.price_components)
        if any(c.step_size_wh or c.step_size_seconds for c in element.price_components):
            yield "step"
        rules = element.restrictions
        for one in fields(Restrictions):
            if getattr(rules, one.name):
                yield one.name
        if rules.start_time and rules.end_time and rules.start_time > rules.end_time:
            yield "window past midnight"


def met_by(price_list, session):
    """Name what meets in a pair."""
    total_seconds = (session.charging_minutes + session.parking_minutes) * 60
    for element in price_list.elements:
        rules = element.restrictions
        if session.energy_kwh and session.energy_kwh in {rules.min_kwh, rules.max_kwh}:
            yield "energy threshold hit exactly"
        if total_seconds in {rules.min_duration_seconds, rules.max_duration_seconds}:
            yield "duration threshold hit exactly"
        if session.charging_minutes and session.power_kw in {
            rules.min_power_kw,
            rules.max_power_kw,
        }:
            yield "power threshold hit exactly"
        if session.start.time() in {rules.start_time, rules.end_time}:
            yield "clock threshold hit exactly"


def said_in(session):
    """Name what comes up in a session."""
    minutes = float(session.charging_minutes + session.parking_minutes)
    end = (session.start.astimezone(UTC).timestamp()) + minutes * 60
    after = type(session.start).fromtimestamp(end, session.start.tzinfo)
    if after.utcoffset() != session.start.utcoffset():
        yield "clock put " + (
            "forward" if after.utcoffset() > session.start.utcoffset() else "back"
        )
    if after.date() != session.start.date():
        yield "midnight passed"
    if not minutes:
        yield "no duration"


def told_by(bill):
    """Name what comes up in a bill."""
    yield from bill.warnings
    yield f"tax {bill.tax_basis}"
    yield from (f"applied {one.kind} {one.incl_vat}" for one in bill.limits_applied)
    digits = -bill.total_as_stated.as_tuple().exponent
    exact = sum((line.as_stated for line in bill.lines), Decimal(0)).scaleb(digits)
    if exact % 1 == Decimal("0.5") and not bill.limits_applied:
        yield "tie"


EXPECTED = {
    *(f"basis {basis}" for basis in PriceBasis),
    *(f"digits {digits}" for digits in (0, 2, 3)),
    *(f"priced {dimension}" for dimension in Dimension),
    *(one.name for one in fields(Restrictions)),
    *(
        f"{name} {part}{rest}"
        for name in ("min_price", "max_price")
        for part in ("excl_vat", "incl_vat")
        for rest in ("", " 0", " > 0")
    ),
    *(f"applied {kind} {tax}" for kind in ("min_price", "max_price") for tax in (False, True)),
    *(f"tax {basis}" for basis in ("gross", "derived", "net", "unknown")),
    *("current_unknown", "power_unknown", "flat_fee_left_out", "limit_unchecked"),
    *("max_price_zero", "unpriced_last_minute"),
    *("step", "window past midnight", "clock put forward", "clock put back", "midnight passed"),
    *("no duration", "tie", "clock threshold hit exactly", "power threshold hit exactly"),
    *("energy threshold hit exactly", "duration threshold hit exactly"),
}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_hundred_thousand_pairs_cost_the_same_in_both_engines(chance):
    price_lists, sessions, pairs = made_up(chance, PAIRS)
    totals, bills = assert_equal(price_lists, sessions, pairs)
    seen = Counter()
    for (tariff, session), bill in zip(pairs, bills, strict=True):
        seen.update(
            {
                *seen_in(price_lists[tariff]),
                *said_in(sessions[session]),
                *met_by(price_lists[tariff], sessions[session]),
                *(told_by(bill) if bill else ()),
            }
        )
    rare = {name: seen[name] for name in EXPECTED if seen[name] < PAIRS * LEAST_SHARE}
    assert not rare
    assert totals.exact_share < MOST_EXACT_SHARE


@pytest.mark.slow
def test_the_functions_say_the_same_without_being_compiled():
    with interpreted():
        assert_equal(*made_up(Chance(Random(4)), 10_000))


def test_every_weekday_has_its_bit():
    assert len(Weekday) == layout.EVERY_DAY.bit_length()


def test_rows_are_loaded_whole():
    with interpreted() as modules:
        for name, columns in (
            ("of_session", layout.SESSION_COLUMNS),
            ("of_tariff", layout.TARIFF_COLUMNS),
        ):
            row = np.arange(columns)
            assert getattr(modules["loading"], name)(row[None], 0) == tuple(row)


def test_of_price_lists_as_they_are_published_hardly_any_needs_the_exact_engine():
    price_lists = [complex_price_list(), *(varied_price_list(number) for number in range(400))]
    sessions = varied_sessions(400, seed=1)
    pairs = [(number % 401, number % 400) for number in range(2_000)]
    totals, _ = assert_equal(price_lists, sessions, pairs)
    assert totals.exact_share < MOST_EXACT_SHARE
