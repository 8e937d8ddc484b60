"""Totals of one charge at many chargers are those of the exact engine, one by one."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import product
from random import Random

import numpy as np
import pytest

from aggregator.domain.charge import Charge
from aggregator.domain.session import ReferenceSession
from aggregator.domain.tariff import PriceBasis, PriceList, Weekday
from aggregator.pricing.bill import bill
from aggregator.pricing.charge_totals import Wanted, charge_totals
from aggregator.pricing.components import price_table
from aggregator.pricing.kernel.layout import UNKNOWN_TOTAL
from aggregator.pricing.kernel.prices import TAX_BASES, prepare
from aggregator.pricing.money import minor_unit_digits
from aggregator.pricing.quote import QuoteState, quote
from aggregator.pricing.reference import zone_named
from aggregator.pricing.refusal import NotComputable
from tests.pricing.kernel.chance import Chance
from tests.pricing.price_lists import element, energy

ZONES = ("Europe/Berlin", "Europe/Lisbon", None)
POWERS_W = (3_700, 11_000, 150_000)
CHARGE = Charge(
    Decimal(30), Decimal(11), Decimal(150), datetime(2026, 11, 24, 17, 40, tzinfo=UTC), Decimal(45)
)
NOT_OF_THE_SESSION = {"current_unknown", "contradictory_limits", "impossible_restriction"}


def priced(lists, zones=ZONES, charge=CHARGE):
    pairs = list(product(range(len(lists)), range(len(zones)), POWERS_W))
    columns = [np.array(one, np.int64) for one in zip(*pairs, strict=True)]
    return pairs, charge_totals(prepare(lists), Wanted(*columns, zones), charge)


def test_each_total_is_that_of_the_exact_bill():
    made = Chance(Random(11))
    lists = [one for one in (made.price_list() for _ in range(150)) if _is_computable(one)]
    pairs, found = priced(lists)
    for row, (number, zone, power_w) in enumerate(pairs):
        session = CHARGE.session(Decimal(power_w) / 1000, zone_named(ZONES[zone]) or UTC)
        there = bill(lists[number], session)
        if found.reason[row] is not None:
            assert found.total[row] == UNKNOWN_TOTAL
            continue
        with_tax = TAX_BASES[found.tax_basis[row]] in {"gross", "derived"}
        wanted = there.total_gross if with_tax else there.total_as_stated
        digits = minor_unit_digits(lists[number].currency)
        assert Decimal(int(found.total[row])).scaleb(-digits) == wanted
        assert TAX_BASES[found.tax_basis[row]] == there.tax_basis
    assert sum(one is None for one in found.reason) > 50


def test_what_cannot_be_told_is_told_as_quotes_do():
    made = Chance(Random(12))
    lists = [one for one in (made.price_list() for _ in range(150)) if _is_computable(one)]
    pairs, found = priced(lists)
    seen = set()
    for row, (number, zone, power_w) in enumerate(pairs):
        there = _quote(lists[number], ZONES[zone], power_w)
        if there.state_reason in NOT_OF_THE_SESSION:
            continue
        is_priced = there.state is not QuoteState.NOT_COMPUTABLE
        assert (found.reason[row] is None) == is_priced, (lists[number], there)
        if not is_priced:
            assert found.reason[row] == there.state_reason
        seen.add(there.state_reason)
    assert seen >= {None, "time_zone_unknown"}


def test_a_list_that_has_no_word_for_the_session_has_no_total():
    weak = element(energy("0.50"), max_power_kw=Decimal(10))
    only_weak = PriceList("EUR", PriceBasis.NET, (weak,))
    pairs, found = priced([only_weak], zones=("Europe/Berlin",))
    told = {
        POWERS_W.index(pair[2]): reason for pair, reason in zip(pairs, found.reason, strict=True)
    }
    assert told == {0: None, 1: "no_price_applies", 2: "no_price_applies"}
    assert found.total.tolist() == [1800, UNKNOWN_TOTAL, UNKNOWN_TOTAL]


def test_minutes_follow_the_power():
    free = PriceList("EUR", PriceBasis.NET, (element(energy("0")),))
    _, found = priced([free], zones=("Europe/Berlin",))
    assert found.total.tolist() == [0, 0, 0]
    assert found.minutes.tolist() == pytest.approx([486.486, 163.636, 12.0])


def _quote(listed, zone, power_w):
    session = CHARGE.session(Decimal(power_w) / 1000, zone_named(zone) or UTC)
    start = session.start
    own = ReferenceSession(
        "own",
        session.energy_kwh,
        session.charging_minutes,
        session.parking_minutes,
        tuple(Weekday)[start.weekday()],
        start.time(),
    )
    return quote(listed, zone, [own], "own", start.date())


def _is_computable(listed):
    try:
        price_table(listed)
    except NotComputable:
        return False
    return True
