"""What may be typed after an option, and what is wrong use."""

from datetime import date, time
from decimal import Decimal

import pytest
import typer

from aggregator.cli import values


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("30", "30"),
        ("30.5", "30.5"),
        ("30,5", "30.5"),
        ("1,250", "1.25"),
        (" 0 ", "0"),
        ("1e3", "1000"),
    ],
)
def test_a_number(text, number):
    assert values.number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "-1", "nan", "inf", "1e999999", "1e-999999", "1e10", "3 kWh", "1_000", "\x1b[31m"]
)
def test_what_is_no_number_is_wrong_use(text):
    with pytest.raises(typer.BadParameter, match="is no number from 0 up"):
        values.number(text)


def test_a_time_of_day():
    assert values.clock("22:00") == time(22)
    assert values.clock("00:00:30") == time(0, 0, 30)


@pytest.mark.parametrize("text", ["", "25:00", "10pm", "22:00Z", "22:00+02:00"])
def test_what_is_no_time_of_day_is_wrong_use(text):
    with pytest.raises(typer.BadParameter, match="is no time of day such as 22:00"):
        values.clock(text)


def test_a_date():
    assert values.day("2026-11-24") == date(2026, 11, 24)


@pytest.mark.parametrize("text", ["", "2026-02-30", "24.11.2026", "2026-11-24T10:00"])
def test_what_is_no_date_is_wrong_use(text):
    with pytest.raises(typer.BadParameter, match="is no date such as 2026-11-24"):
        values.day(text)


def test_a_time_zone():
    assert values.zone("Europe/Stockholm").key == "Europe/Stockholm"


@pytest.mark.parametrize("text", ["", "CEST/Mars", "../../etc/passwd", "Europe", "x" * 5000])
def test_what_is_no_time_zone_is_wrong_use(text):
    with pytest.raises(typer.BadParameter, match="is no IANA time zone"):
        values.zone(text)
