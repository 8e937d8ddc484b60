"""Prices and restrictions as operators really publish them: one oddity each."""

from datetime import time
from decimal import Decimal

import pytest

from aggregator.domain.tariff import Dimension, PriceBasis, Restrictions
from aggregator.formats.defaults import Defaults
from tests.formats.raw_records import (
    ABSENT,
    notes_of,
    raw_component,
    raw_element,
    raw_tariff,
    read_as_tariff,
)


def read(*elements, **changes):
    tariff, account = read_as_tariff(raw_tariff(elements=list(elements), **changes))
    return tariff.price_list, account


def test_fuuse_writes_every_number_as_text():
    component = raw_component(price="0.4583", vat="20.0000", step_size="1")
    price_list, account = read(raw_element(component, restrictions={"min_kwh": "0.1000"}))
    [element] = price_list.elements
    assert element.price_components[0].price == Decimal("0.4583")
    assert element.price_components[0].vat_rate == Decimal("0.2")
    assert element.restrictions.min_kwh == Decimal("0.1")
    assert not account.notes


def test_greece_states_two_rates_of_tax_in_one_tariff():
    price_list, _ = read(
        raw_element(raw_component(price="0.5400", vat="6")),
        raw_element(raw_component(type="FLAT", price="6", vat="24")),
    )
    rates = [element.price_components[0].vat_rate for element in price_list.elements]
    assert rates == [Decimal("0.06"), Decimal("0.24")]


def test_fintraffic_says_in_camel_case_that_tax_comes_on_top():
    component = raw_component(vat=25.5)
    price_list, _ = read(raw_element(component), taxIncluded="NO")
    assert price_list.price_basis is PriceBasis.NET
    assert price_list.elements[0].price_components[0].vat_rate == Decimal("0.255")


def test_price_that_is_null_is_never_priced_without():
    # Jolt
    price_list, account = read(raw_element(raw_component(price=None)))
    assert price_list.unreadable_parts == ("elements[0].price_components[0]",)
    assert notes_of(account) == ["missing_price"]


def test_prices_of_zero_that_pad_a_tariff_are_kept():
    # GeniePoint
    components = [raw_component(price=0.79), raw_component(type="TIME", price=0)]
    price_list, account = read(raw_element(*components, raw_component(type="FLAT", price=0.0)))
    prices = [(c.dimension, c.price) for c in price_list.elements[0].price_components]
    assert prices == [(Dimension.ENERGY, Decimal("0.79")), (Dimension.TIME, 0), (Dimension.FLAT, 0)]
    assert not account.notes


def test_flat_zero_as_the_only_charge_is_kept_as_published():
    # Evolt, ChargePlace Scotland: free or unknown, which is not for the reader to decide
    price_list, account = read(raw_element(raw_component(type="FLAT", price=0)))
    assert [c.price for c in price_list.elements[0].price_components] == [0]
    assert price_list.unreadable_parts == ()
    assert not account.notes


@pytest.mark.parametrize("nothing", [None, ABSENT])
def test_tariff_without_a_party_belongs_to_the_feeds(nothing):
    # MFG, Clenergy, Fuuse
    tariff, account = read_as_tariff(
        raw_tariff(country_code=nothing, party_id=nothing),
        Defaults(country_code="GB", party_id="FUU"),
    )
    assert (tariff.country_code, tariff.party_id) == ("GB", "FUU")
    assert not account.notes


@pytest.mark.parametrize("currency", ["EUR", "USD", "CAD"])
def test_foreign_currency_is_kept_as_published(currency):
    # char.gy, Clenergy
    price_list, account = read(raw_element(), currency=currency)
    assert price_list.currency == currency
    assert not account.notes


@pytest.mark.parametrize(
    ("start", "end"), [("00:00", "00:00"), ("07:00", "00:00"), ("00:00", "23:59")]
)
def test_windows_are_kept_as_published(start, end):
    # char.gy, Mer; ruling 3 says what they mean
    window = {"start_time": start, "end_time": end}
    price_list, account = read(raw_element(restrictions=window))
    [element] = price_list.elements
    assert element.restrictions.start_time == time.fromisoformat(start)
    assert element.restrictions.end_time == time.fromisoformat(end)
    assert not account.notes


def test_restricted_element_may_come_first():
    # Evolt: TIME 50/h after 30 minutes
    idle = raw_element(
        raw_component(type="TIME", price=50, step_size=15_000), restrictions={"min_duration": 1800}
    )
    price_list, _ = read(idle, raw_element())
    assert [e.restrictions.min_duration_seconds for e in price_list.elements] == [1800, None]


def test_idle_fee_may_be_flat():
    idle = raw_element(
        raw_component(type="FLAT", price=16.667), restrictions={"min_duration": 8100}
    )
    price_list, account = read(raw_element(), idle)
    assert price_list.elements[1].price_components[0].price == Decimal("16.667")
    assert not account.notes


def test_list_of_restrictions_as_in_ludwigsburg_is_read():
    price_list, account = read(raw_element(restrictions=[{"min_duration": 14_400}]))
    assert price_list.elements[0].restrictions == Restrictions(min_duration_seconds=14_400)
    assert not account.notes


def test_restrictions_in_camel_case_are_read():
    price_list, account = read(raw_element(restrictions={"dayOfWeek": ["MONDAY"], "minKwh": 5}))
    assert price_list.elements[0].restrictions.min_kwh == 5
    assert price_list.unreadable_parts == ()
    assert notes_of(account) == ["key_spelling"]


@pytest.mark.parametrize("components", [ABSENT, None, []])
def test_element_without_components_prices_nothing_and_is_noted(components):
    empty = {"restrictions": {"start_time": "20:00"}} | (
        {} if components is ABSENT else {"price_components": components}
    )
    price_list, account = read(empty, raw_element())
    assert [len(element.price_components) for element in price_list.elements] == [0, 1]
    assert price_list.elements[0].restrictions.start_time == time(20)
    assert price_list.unreadable_parts == ()
    assert notes_of(account) == ["no_price_components"]


def test_bad_component_costs_only_itself_and_the_pricing_of_its_tariff():
    components = [raw_component(price="free"), raw_component(type="TIME", price=1)]
    price_list, _ = read(raw_element(*components))
    assert [c.dimension for c in price_list.elements[0].price_components] == [Dimension.TIME]
    assert price_list.unreadable_parts == ("elements[0].price_components[0]",)


@pytest.mark.parametrize("written", ["NaN", "Infinity", "-inf", float("nan"), float("-inf")])
def test_price_that_is_not_finite_is_never_priced(written):
    price_list, _ = read(raw_element(raw_component(price=written)))
    assert price_list.unreadable_parts == ("elements[0].price_components[0]",)


def test_endless_key_of_an_unknown_restriction_is_cut():
    price_list, _ = read(raw_element(restrictions={"x" * 500: 1}))
    [lost] = price_list.unreadable_parts
    assert len(lost) < 100


def test_ids_of_tariffs_keep_their_letters_as_published():
    tariff, _ = read_as_tariff(raw_tariff(id="aB-Cd"))
    assert tariff.tariff_id == "aB-Cd"
