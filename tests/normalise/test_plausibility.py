"""What is implausible about price lists: the flags one by one, and ordinary prices without any."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from aggregator.domain.tariff import PriceLimit, Reservation, Restrictions, TariffElement
from aggregator.normalise.plausibility import MEANINGS, Flag
from aggregator.normalise.plausibility.tender import legal_tender
from tests.normalise.plausible_lists import (
    GROSS,
    NET,
    ORDINARY,
    UNKNOWN,
    component,
    flags,
    listed,
)


@pytest.mark.parametrize(("currency", "country", "parts", "basis", "rate", "text"), ORDINARY)
def test_an_ordinary_price_list_has_no_flag(currency, country, parts, basis, rate, text):
    texts = [text] if text else []
    assert flags(listed(currency, parts, basis, rate), *texts, country=country) == []


def test_ordinary_price_lists_are_many_and_of_many_currencies():
    assert len(ORDINARY) >= 40
    assert len({currency for currency, *_ in ORDINARY}) == 11


def test_every_flag_has_one_sentence():
    assert MEANINGS.keys() == set(Flag)
    assert all(text.endswith(".") and text.count(". ") == 0 for text in MEANINGS.values())


@pytest.mark.parametrize(
    ("currency", "price", "expected"),
    [
        ("EUR", "0.00049", ["unit_slip"]),  # per Wh
        ("EUR", "490", ["unit_slip"]),  # per MWh: 4.90 were no price of a kWh
        ("EUR", "250", ["unit_slip"]),  # 0.25 is nearer to a usual price than 2.50
        ("EUR", "49", ["cents_for_euros"]),
        ("EUR", "79", ["cents_for_euros"]),
        ("EUR", "100", ["cents_for_euros"]),
        ("EUR", "3", []),
        ("EUR", "0.02", []),
        ("EUR", "0", []),
        ("EUR", "0.01", []),  # a thousandfold of it, 10, were no better
        ("EUR", "9000", []),  # nor is there a unit for this
        ("SEK", "5.49", []),
        ("SEK", "549", ["cents_for_euros"]),
        ("SEK", "5490", ["unit_slip"]),
        ("SEK", "0.00549", ["unit_slip"]),
        ("HUF", "189", []),
        ("HUF", "18900", ["cents_for_euros"]),
        ("HUF", "0.189", ["unit_slip"]),
        ("ISK", "65", []),
        ("XTS", "49", []),
        ("ALL", "49", []),  # no range is known
    ],
)
def test_a_price_of_energy_in_another_unit(currency, price, expected):
    assert flags(listed(currency, f"kwh {price}")) == expected


@pytest.mark.parametrize(
    ("currency", "part", "expected"),
    [
        ("EUR", "parking 0.10", ["minute_price_in_hour_field"]),
        ("EUR", "hour 0.25", ["minute_price_in_hour_field"]),
        ("EUR", "hour 0.26", []),
        ("EUR", "hour 0.50 60", ["minute_price_in_hour_field"]),
        ("EUR", "hour 0.51 60", []),
        ("EUR", "parking 0.005", []),
        ("EUR", "parking 7.20 60", []),  # 12 cents a minute
        ("SEK", "parking 2", ["minute_price_in_hour_field"]),
        ("SEK", "parking 5", []),  # what a town asks for an hour
        ("EUR", "parking 360", ["hour_price_in_minute_field"]),
        ("EUR", "parking 360 60", ["hour_price_in_minute_field"]),
        ("EUR", "parking 360 3600", []),  # a fee for every hour begun
        ("EUR", "parking 60 60", []),  # 1 a minute
        ("EUR", "parking 150 60", []),
        ("EUR", "hour 9000", []),  # 150 an hour were no better
        ("EUR", "start 0.10", []),
        ("XTS", "hour 0.10", []),
    ],
)
def test_a_price_of_time_in_another_unit(currency, part, expected):
    assert flags(listed(currency, part)) == expected


def test_what_a_reservation_costs_is_not_judged():
    reserved = TariffElement(
        (component("hour 0.10"),), Restrictions(reservation=Reservation.RESERVATION)
    )
    price_list = listed("EUR", "kwh 0.49")
    assert flags(replace(price_list, elements=(*price_list.elements, reserved))) == []


@pytest.mark.parametrize(
    ("currency", "parts", "rate", "is_taken_twice"),
    [
        ("EUR", "kwh 0.49", "0.19", True),  # 0.5831
        ("EUR", "kwh 0.59, start 1", "0.19", True),  # 0.7021; 1.19 is round, as 1 is
        ("GBP", "kwh 0.69", "0.20", True),  # 0.828
        ("SEK", "kwh 5.49", "0.25", True),  # 6.8625
        ("EUR", "kwh 0.79", "0.19", True),  # 0.9401, which four decimals do not explain
        ("EUR", "kwh 0.49, kwh 0.4958", "0.19", False),  # 0.5900: the second is net
        ("EUR", "kwh 0.49, start 0.2941", "0.19", False),  # 0.3500: so is this fee
        ("GBP", "kwh 0.45", "0.20", False),  # 0.54: round on both sides
        ("GBP", "kwh 0.4917", "0.20", False),  # 0.59004
        ("EUR", "kwh 0.48", "0.19", False),  # a digit like any other
        ("EUR", "kwh 0.25", "0.10", False),  # a price that also firms agree on
        ("EUR", "kwh 0.495", "0.19", False),  # half a cent is not round
        ("EUR", "kwh 0.49", "0", False),
        ("EUR", "kwh 0.49", "0.59", False),  # no such rate can be meant
        ("EUR", "kwh 0.49", None, False),
        ("ISK", "kwh 65", "0.24", True),  # 80.6
        ("XXQ", "kwh 0.49", "0.19", False),
    ],
)
def test_a_price_that_is_round_only_before_tax(currency, parts, rate, is_taken_twice):
    found = flags(listed(currency, parts, NET, rate))
    assert found == (["tax_taken_twice"] if is_taken_twice else [])


@pytest.mark.parametrize("basis", [GROSS, UNKNOWN])
def test_tax_is_taken_twice_only_where_prices_are_said_to_be_without(basis):
    assert flags(listed("EUR", "kwh 0.49", basis, "0.19")) == []


def test_one_price_without_a_rate_leaves_the_tax_open():
    price_list = listed("EUR", "kwh 0.49", NET, "0.19")
    more = TariffElement((component("start 0.2941"),))
    assert flags(replace(price_list, elements=(*price_list.elements, more))) == []


@pytest.mark.parametrize(
    ("currency", "country", "on", "is_foreign"),
    [
        ("EUR", "GBR", "2026-11-22", True),
        ("EUR", "GB", "2026-11-22", True),
        ("GBP", "GIB", "2026-11-22", False),
        ("SEK", "FIN", "2026-11-22", True),
        ("EUR", "ALA", "2026-11-22", False),
        ("EUR", "HRV", "2022-12-31", True),
        ("HRK", "HRV", "2022-12-31", False),
        ("EUR", "HRV", "2023-01-15", False),
        ("HRK", "HRV", "2026-01-01", True),
        ("BGN", "BGR", "2025-12-31", False),
        ("EUR", "BGR", "2025-12-31", True),
        ("EUR", "BGR", "2026-01-01", False),
        ("BGN", "BGR", "2026-01-31", False),
        ("BGN", "BGR", "2026-02-01", True),
        ("CHE", "CHE", "2026-11-22", True),  # the WIR franc is no tender
        ("EUR", None, "2026-11-22", False),
        ("EUR", "Germany", "2026-11-22", False),
        ("QQQ", "GBR", "2026-11-22", False),
    ],
)
def test_a_currency_that_is_not_legal_tender_there_on_that_day(currency, country, on, is_foreign):
    found = flags(listed(currency, "kwh 0"), country=country, on=date.fromisoformat(on))
    assert found == (["foreign_currency"] if is_foreign else [])


def test_a_country_without_a_currency_has_no_foreign_one():
    assert legal_tender("AQ", date(2026, 11, 22)) == frozenset()
    assert flags(listed("EUR", "kwh 0.49"), country="ATA") == []


@pytest.mark.parametrize("price", ["NaN", "-1", "1E+400", "1E-400"])
def test_no_price_is_judged_beside_one_that_makes_no_sense(price):
    price_list = listed("EUR", f"kwh 49, kwh {price}")
    assert flags(price_list, "0.10 €/kWh") == []
    assert flags(price_list, country="GBR") == ["foreign_currency"]


def test_several_flags_stand_in_order_and_once():
    price_list = listed("EUR", "kwh 49, kwh 59, hour 0.10", UNKNOWN)
    found = flags(price_list, "0.49 €/kWh", "0,49 €/kWh", country="SWE")
    assert found == [
        "cents_for_euros",
        "foreign_currency",
        "minute_price_in_hour_field",
        "text_contradicts",
    ]


def test_a_minimum_price_is_not_zero():
    free = listed("EUR", "kwh 0")
    assert flags(free, "0.49 €/kWh") == ["zero_with_amount"]
    assert flags(replace(free, min_price=PriceLimit(incl_vat=Decimal(1))), "1 €") == []
