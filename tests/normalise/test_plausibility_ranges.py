"""The table of plausible prices: what stands in it, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from aggregator.errors import ReferenceFileError
from aggregator.normalise.currency import Missing, Rates
from aggregator.normalise.plausibility import load_ranges
from aggregator.normalise.plausibility.ranges import FILE_NAME
from tests.normalise.plausible_lists import RANGES

HEADER = "currency,least_plausible_per_kwh,most_plausible_per_kwh,source"
BY_WORD = {"AED", "BAM", "BGN", "GIP", "HRK", "MKD", "RSD", "UAH"}
"""Currencies without a present rate of the European Central Bank."""


def test_the_euro_has_the_range_that_the_others_come_from():
    euro = RANGES["EUR"]
    assert (euro.least_plausible_per_kwh, euro.most_plausible_per_kwh) == (
        Decimal("0.02"),
        Decimal(3),
    )


@pytest.mark.parametrize("currency", sorted(RANGES.keys() - BY_WORD))
def test_a_range_is_that_of_the_euro_to_half_as_much_again(currency):
    rate = Rates.shipped().rate("EUR", currency, date(2026, 10, 30))
    assert not isinstance(rate, Missing)
    least, most = rate.converted(Decimal("0.02")), rate.converted(Decimal(3))
    found = RANGES[currency]
    assert least * 2 / 3 <= found.least_plausible_per_kwh <= least * 3 / 2
    assert most * 2 / 3 <= found.most_plausible_per_kwh <= most * 3 / 2


def test_every_range_is_about_as_wide_as_that_of_the_euro():
    widths = [one.most_plausible_per_kwh / one.least_plausible_per_kwh for one in RANGES.values()]
    assert len(widths) > 30
    assert all(100 <= width <= 225 for width in widths)


def test_ends_of_a_range_belong_to_it():
    found = RANGES["EUR"]
    assert found.holds(Decimal("0.02"))
    assert found.holds(Decimal(3))
    assert not found.holds(Decimal("0.019"))
    assert not found.holds(Decimal("3.01"))


def test_comments_and_blank_lines_are_left_out(tmp_path):
    (tmp_path / FILE_NAME).write_text(f"# a remark\n\n{HEADER}\nEUR, 0.02, 3, seen\n")
    assert load_ranges(tmp_path)["EUR"].source == "seen"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("", r"cannot be read as CSV: line 1: the columns must be currency,"),
        (f"{HEADER}\nEUR,0.02,3", r"line 2: 4 values are needed, not 3"),
        (f"{HEADER}\neur,0.02,3,x", r"line 2: 'currency' 'eur' is no currency"),
        (f"{HEADER}\nEUR,0.02,3,x\nEUR,0.02,3,x", r"line 3: 'currency' 'EUR' stands there twice"),
        (f"{HEADER}\nEUR,-1,3,x", r"line 2: '-1' and '3' must be amounts"),
        (f"{HEADER}\nEUR,0.02,1e3,x", r"line 2: '0.02' and '1e3' must be amounts"),
        (f"{HEADER}\nEUR,3,3,x", r"line 2: 3 must be above 0 and below 3"),
        (f"{HEADER}\nEUR,0,3,x", r"line 2: 0 must be above 0 and below 3"),
        (f"{HEADER}\nEUR,0.02,3,\nSEK,a,b,x", r"line 2: say in 'source' .*; line 3: 'a' and 'b'"),
    ],
)
def test_a_table_with_a_fault_is_refused_with_its_line(tmp_path, rows, message):
    (tmp_path / FILE_NAME).write_text(rows)
    with pytest.raises(ReferenceFileError, match=message):
        load_ranges(tmp_path)


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(ReferenceFileError, match=FILE_NAME):
        load_ranges(tmp_path)
