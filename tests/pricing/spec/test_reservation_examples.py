"""Totals of the examples with reservations: OCPI 2.2.1 and 2.3.0, mod_tariffs, "Examples".

Each test names the title of its example.
"""

import pytest

from aggregator.pricing.bill import bill
from tests.pricing.price_lists import assert_totals
from tests.pricing.spec.reading import VERSIONS, component, element, read, row, rows, session

SESSION = element(component("FLAT", 0.50, 20.0), component("ENERGY", 0.25, 10.0))
SESSION_ROWS = [row("FLAT", "1", "0.50", "0.60"), row("ENERGY", "20", "5.00", "5.50")]

each_version = pytest.mark.parametrize("version", VERSIONS)


def hourly(price, step_size):
    return component("TIME", price, 20.0, step_size)


def nobody_came(minutes):
    return session("0", "0", reserved=minutes, expired=True)


@each_version
def test_tariff_example_with_reservation_price(version):
    """In "Tariff example with reservation price": 15 minutes before the session."""
    listed = read(version, element(hourly(5.00, 60), reservation="RESERVATION"), SESSION)
    found = bill(listed, session("20", reserved="15"))
    assert rows(found) == [row("TIME", "15", "1.25", "1.50"), *SESSION_ROWS]
    assert_totals(found, "6.75", "7.60")


@each_version
def test_ruling_6_tariff_example_with_reservation_price_and_fee(version):
    """In "Tariff example with reservation price and fee": 13 minutes are billed as 15.

    The text's table calls the reservation's time "Parking time"; its tariff has TIME.
    """
    fee = component("FLAT", 2.00, 20.0)
    reserving = element(fee, hourly(5.00, 300), reservation="RESERVATION")
    found = bill(read(version, reserving, SESSION), session("20", reserved="13"))
    assert rows(found) == [
        row("FLAT", "1", "2.00", "2.40"),
        row("TIME", "15", "1.25", "1.50"),
        *SESSION_ROWS,
    ]
    assert_totals(found, "8.75", "10.00")


def with_expire_fee(version):
    return read(
        version,
        element(component("FLAT", 4.00, 20.0), reservation="RESERVATION_EXPIRES"),
        element(hourly(2.00, 600), reservation="RESERVATION"),
        SESSION,
    )


@each_version
def test_tariff_example_with_reservation_price_and_expire_fee(version):
    """In "Tariff example with reservation price and expire fee": 22 minutes are billed as 30."""
    found = bill(with_expire_fee(version), session("20", reserved="22"))
    assert rows(found) == [row("TIME", "30", "1.00", "1.20"), *SESSION_ROWS]
    assert_totals(found, "6.50", "7.30")


@each_version
def test_ruling_7_an_expired_reservation_with_expire_fee(version):
    """In "Tariff example with reservation price and expire fee": nobody came for an hour."""
    found = bill(with_expire_fee(version), nobody_came("60"))
    assert rows(found) == [row("FLAT", "1", "4.00", "4.80"), row("TIME", "60", "2.00", "2.40")]
    assert_totals(found, "6.00", "7.20")


def with_expire_time(version):
    return read(
        version,
        element(hourly(6.00, 600), reservation="RESERVATION_EXPIRES"),
        element(hourly(3.00, 600), reservation="RESERVATION"),
        SESSION,
    )


@each_version
def test_tariff_example_with_reservation_time_and_expire_time(version):
    """In "Tariff example with reservation time and expire time": 22 minutes are billed as 30."""
    found = bill(with_expire_time(version), session("20", reserved="22"))
    assert rows(found) == [row("TIME", "30", "1.50", "1.80"), *SESSION_ROWS]
    assert_totals(found, "7.00", "7.90")


@each_version
def test_ruling_7_an_expired_reservation_with_expire_time(version):
    """In "Tariff example with reservation time and expire time": nobody came for 1.5 hours."""
    found = bill(with_expire_time(version), nobody_came("90"))
    assert rows(found) == [row("TIME", "90", "9.00", "10.80")]
    assert_totals(found, "9.00", "10.80")
