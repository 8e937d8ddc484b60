"""Prices as a table: how spreadsheets write it, and what a table at fault is told."""

from datetime import time
from decimal import Decimal

import pytest

from aggregator.plans.rows import COLUMNS, price_rows


def test_row_is_a_price_entry(plan):
    table = (
        "operators,power_class,start_time,end_time,per_kwh,parking_per_minute,parking_free_minutes\n"
        "mer fastned,ac mid,22:00,06:00,0.35,0.1,240\n"
        ",,,,0.49,,\n"
    )
    night, rest = plan("", table=table).price_entries
    assert (night.operators, night.start_time) == (("mer", "fastned"), time(22))
    assert (night.per_kwh, night.parking_free_minutes) == (Decimal("0.35"), 240)
    assert (rest.operators, rest.per_kwh, rest.parking_per_minute) == (None, Decimal("0.49"), None)


def test_table_and_file_say_the_same_in_their_ways(plan):
    in_file = plan('[[price]]\noperators = ["mer"]\nper_kwh = 0.5\n[[price]]\nper_kwh = 0.6\n')
    assert plan("", table="operators,per_kwh\nmer,0.5\n,0.6\n") == in_file


def test_semicolons_with_commas_in_numbers_and_the_mark_of_a_spreadsheet_are_read(plan):
    found = plan("", table="\ufeffoperators;per_kwh\r\nmer;0,49\r\n;0,59\r\n").price_entries
    assert [entry.per_kwh for entry in found] == [Decimal("0.49"), Decimal("0.59")]


def test_comments_and_blank_lines_are_skipped_and_lines_still_counted():
    found = price_rows("# ; what this is\nper_kwh\n\n# more\n1\n,\n2\n")
    assert [row["per_kwh"] for row in found.rows] == [1, 2]
    assert found.lines == (5, 7)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("per_kwh\n0.5\nx\n", "someone_plus.csv line 3: price 2, 'per_kwh': write a number"),
        ("per_kwh\n0,5\n", "a table of prices: line 2: 1 cells at most, not 2"),
        ("per_kwh\n-1\n", "someone_plus.csv line 2: price 1, 'per_kwh': cannot be below 0"),
        ("per_kwh\nsNaN\n", "someone_plus.csv line 2: price 1, 'per_kwh': is no number"),
        ("per_kwh\n1e999999\n", "someone_plus.csv line 2: price 1, 'per_kwh': "),
        ("per_kwh,operators\n1,nobody\n", "someone_plus.csv line 2: price 1, 'operators', no. 1"),
        ("per_minute,free_minutes\n1,1.5\n", "price 1, 'free_minutes': write a whole number"),
        ("per_kwh\n", "someone_plus.csv line 1: 'price': one at least is needed"),
    ],
)
def test_fault_in_a_table_is_told_with_its_line(message, table, said):
    assert said in message("", table=table)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("per_kwh,colour\n1,2\n", "line 1: unknown column 'colour'"),
        ("per_kwh,per_kwh\n1,2\n", "line 1: name each column once"),
        ("", "line 1: name each column once"),
        ('per_kwh\n"1\n', "unexpected end of data"),
        ("per_kwh\n" + "#" * 1_000_000, "larger than 1000 kB"),
    ],
)
def test_table_that_cannot_be_read_names_its_file(message, write, table, said):
    told = message("", table=table)
    assert "someone_plus.csv: cannot be read as a table of prices: " in told
    assert said in told


def test_prices_in_both_places_are_refused(message):
    assert "stands here and in someone_plus.csv" in message(table="per_kwh\n1\n")


def test_every_key_of_a_price_is_a_column():
    assert {"operators", "per_kwh", "start_fee", "end_time"} <= set(COLUMNS)
