"""Charges of a tariff: exact where they can be read, unpriceable where they cannot."""

from decimal import Decimal

import pytest

from aggregator.domain.tariff import Dimension, PriceComponent, TariffElement
from tests.formats.raw_records import (
    ABSENT,
    notes_of,
    raw_component,
    raw_element,
    raw_tariff,
    read_as_tariff,
)


def read_component(**changes):
    tariff, account = read_as_tariff(
        raw_tariff(elements=[raw_element(raw_component(**changes), restrictions=None)])
    )
    return tariff.price_list, account


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("0.4583", "0.4583"),
        ("0,59", "0.59"),
        (" 6 ", "6"),
        (0.59, "0.59"),
        (0, "0"),
        ("6.0000", "6"),
        (-1, "-1"),
    ],
)
def test_price_is_exact_whether_text_or_number(written, price):
    price_list, account = read_component(price=written)
    read = price_list.elements[0].price_components[0].price
    assert read == Decimal(price)
    assert str(read) == price
    assert price_list.unreadable_parts == ()
    assert not account.notes


@pytest.mark.parametrize(
    ("written", "code", "reason"),
    [
        (None, "missing_price", "'price' is null"),
        ("", "missing_price", "'price' is null"),
        (ABSENT, "missing_price", "'price' is missing"),
        ("NaN", "unreadable_price", "'price' cannot be read: a finite number is needed"),
        (float("inf"), "unreadable_price", "'price' cannot be read: a finite number is needed"),
        ("free", "unreadable_price", "'price' cannot be read: this is not a number"),
        ({}, "unreadable_price", "'price' cannot be read: this is not a number"),
        (
            True,
            "unreadable_price",
            "'price' cannot be read: a number is needed, not true or false",
        ),
        (1e30, "unreadable_price", "'price' cannot be read: the number is too large"),
    ],
)
def test_price_that_cannot_be_read_is_noted_and_never_priced_without(written, code, reason):
    price_list, account = read_component(price=written)
    assert price_list.elements == (TariffElement(()),)
    assert price_list.unreadable_parts == ("elements[0].price_components[0]",)
    [kind] = account.notes
    assert (kind.note_code, kind.note) == (code, f"price component: {reason}")
    assert kind.json_path == "$.data[*].elements[*].price_components[*]"


@pytest.mark.parametrize("dimension", ["PARKING", "ENERGY_KWH", "", None])
def test_charge_of_an_unknown_dimension_is_never_left_out(dimension):
    price_list, account = read_component(type=dimension)
    assert price_list.unreadable_parts == ("elements[0].price_components[0]",)
    assert notes_of(account) == ["unknown_dimension"]


def test_charge_without_a_dimension_is_never_left_out():
    price_list, account = read_component(type=ABSENT)
    assert price_list.unreadable_parts == ("elements[0].price_components[0]",)
    assert notes_of(account) == ["missing_type"]


def test_lower_case_dimension_is_understood():
    price_list, _ = read_component(type="energy ")
    assert price_list.elements[0].price_components[0].dimension is Dimension.ENERGY


@pytest.mark.parametrize(
    ("dimension", "step_wh", "step_seconds"),
    [("ENERGY", 300, 0), ("TIME", 0, 300), ("PARKING_TIME", 0, 300), ("FLAT", 0, 0)],
)
def test_step_size_carries_the_unit_of_its_dimension(dimension, step_wh, step_seconds):
    price_list, _ = read_component(type=dimension, step_size=300, vat=ABSENT)
    assert price_list.elements[0].price_components[0] == PriceComponent(
        Dimension(dimension), Decimal(5), None, step_wh, step_seconds
    )


@pytest.mark.parametrize("step_size", [ABSENT, None, 0, -1])
def test_step_size_that_is_absent_or_not_positive_means_no_rounding(step_size):
    price_list, _ = read_component(step_size=step_size)
    assert price_list.elements[0].price_components[0].step_size_wh == 0


@pytest.mark.parametrize("step_size", ["one", 1.5])
def test_unreadable_step_size_is_never_priced(step_size):
    price_list, account = read_component(step_size=step_size)
    assert price_list.unreadable_parts == ("elements[0].price_components[0].step_size",)
    assert notes_of(account) == ["unreadable_step_size"]


def test_order_of_elements_and_components_is_kept():
    elements = [
        raw_element(raw_component(price=1), raw_component(type="TIME", price=2)),
        raw_element(raw_component(price=3)),
    ]
    tariff, _ = read_as_tariff(raw_tariff(elements=elements))
    prices = [[c.price for c in e.price_components] for e in tariff.price_list.elements]
    assert prices == [[1, 2], [3]]


def test_readable_charges_stay_beside_an_unreadable_one():
    elements = [raw_element(raw_component(), raw_component(type="TIME", price=None)), "free"]
    tariff, account = read_as_tariff(raw_tariff(elements=elements))
    assert len(tariff.price_list.elements[0].price_components) == 1
    assert tariff.price_list.unreadable_parts == (
        "elements[0].price_components[1]",
        "elements[1]",
    )
    assert notes_of(account) == ["missing_price", "unreadable_element"]


def test_one_charge_where_a_list_is_needed_is_read_and_noted():
    element = {"price_components": raw_component(price=7)}
    tariff, account = read_as_tariff(raw_tariff(elements=[element]))
    assert [c.price for c in tariff.price_list.elements[0].price_components] == [7]
    assert tariff.price_list.unreadable_parts == ()
    assert notes_of(account) == ["single_price_components"]


def test_one_element_where_a_list_is_needed_is_read_and_noted():
    element = raw_element(restrictions={"min_kwh": 5})
    tariff, account = read_as_tariff(raw_tariff(elements=element))
    assert [e.restrictions.min_kwh for e in tariff.price_list.elements] == [5]
    assert tariff.price_list.unreadable_parts == ()
    assert notes_of(account) == ["single_elements"]


def test_charges_that_are_no_list_are_never_left_out():
    element = {"price_components": {"charge": 0.5}}
    tariff, account = read_as_tariff(raw_tariff(elements=[raw_element(), element]))
    assert tariff.price_list.unreadable_parts == ("elements[1].price_components",)
    assert notes_of(account) == ["unreadable_price_components"]


def test_elements_that_are_no_list_are_never_left_out():
    tariff, account = read_as_tariff(raw_tariff(elements={"charge": 0.5}))
    assert tariff.price_list.elements == ()
    assert tariff.price_list.unreadable_parts == ("elements",)
    assert notes_of(account) == ["unreadable_elements"]


@pytest.mark.parametrize("elements", [ABSENT, None, []])
def test_tariff_without_elements_is_kept_without_charges(elements):
    tariff, account = read_as_tariff(raw_tariff(elements=elements))
    assert tariff.price_list.elements == ()
    assert account.rejections == []


def test_parts_lost_in_one_tariff_do_not_weigh_on_the_next():
    price_list, _ = read_component(price=None)
    assert price_list.unreadable_parts
    price_list, _ = read_component()
    assert price_list.unreadable_parts == ()
