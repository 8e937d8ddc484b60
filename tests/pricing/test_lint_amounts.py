"""Amounts that contradict each other, and tax."""

from decimal import Decimal

import pytest

from aggregator.domain.tariff import PriceBasis, PriceLimit
from aggregator.pricing.lint import LintCode
from tests.pricing.lint_cases import PER_KWH, codes, element, found, price_list, priced

COMPONENT = "elements[0].price_components[0]"


def test_negative_amounts():
    listed = price_list(
        element(priced("ENERGY", "-0.4", "-0.2")),
        min_price=PriceLimit(Decimal(-1)),
        max_price=PriceLimit(None, Decimal(-2)),
    )
    assert found(listed, LintCode.NEGATIVE_AMOUNT) == [
        ("min_price.excl_vat", None, "The min_price -1 is below zero."),
        ("max_price.incl_vat", None, "The max_price -2 is below zero."),
        (f"{COMPONENT}.price", 1, "The ENERGY price -0.4 is below zero."),
        (f"{COMPONENT}.vat", 1, "The VAT rate -20 % is below zero."),
    ]


@pytest.mark.parametrize(
    ("lowest", "highest", "expected"),
    [
        (
            PriceLimit(Decimal(5), Decimal(6)),
            PriceLimit(Decimal(3), Decimal(8)),
            [("min_price.excl_vat", None, "min_price 5 is more than max_price 3.")],
        ),
        (
            PriceLimit(Decimal(5), Decimal(4)),
            None,
            [("min_price.incl_vat", None, "min_price is 4 with tax, but 5 without.")],
        ),
        (PriceLimit(Decimal(5)), PriceLimit(Decimal(0), Decimal(9)), []),
        (PriceLimit(Decimal(5)), PriceLimit(None, Decimal(3)), []),
        (PriceLimit(Decimal(5)), PriceLimit(Decimal(5)), []),
    ],
)
def test_ruling_8_limits_that_contradict_each_other(lowest, highest, expected):
    listed = price_list(element(PER_KWH), min_price=lowest, max_price=highest)
    assert found(listed, LintCode.CONTRADICTORY_LIMITS) == expected


@pytest.mark.parametrize(
    ("basis", "limit", "is_below"),
    [
        (PriceBasis.NET, PriceLimit(Decimal(3)), True),
        (PriceBasis.NET, PriceLimit(None, Decimal(3)), True),
        (PriceBasis.NET, PriceLimit(Decimal(5), Decimal(3)), False),
        (PriceBasis.GROSS, PriceLimit(Decimal(3)), False),
        (PriceBasis.GROSS, PriceLimit(Decimal(3), Decimal(4)), True),
        (PriceBasis.UNKNOWN, PriceLimit(Decimal(3), Decimal(4)), True),
        (PriceBasis.NET, PriceLimit(Decimal(0)), False),
        (PriceBasis.NET, PriceLimit(Decimal(5)), False),
    ],
)
def test_a_highest_price_below_the_fee(basis, limit, is_below):
    listed = price_list(element(priced("FLAT", "5")), basis=basis, max_price=limit)
    amount = limit.incl_vat if basis is PriceBasis.GROSS or not limit.excl_vat else limit.excl_vat
    message = f"The fee of 5 is more than the max_price of {amount}."
    expected = [(COMPONENT, 1, message)] if is_below else []
    assert found(listed, LintCode.MAX_PRICE_BELOW_START_FEE) == expected


def test_ruling_9_different_rates():
    listed = price_list(element(priced("FLAT", "1", "0.05"), priced("ENERGY", "0.4", "0.2")))
    assert found(listed, LintCode.MIXED_VAT_RATES) == [
        ("elements", None, "Prices are taxed at 5 % and 20 %.")
    ]


def test_ruling_9_a_rate_that_is_missing_for_some():
    listed = price_list(element(priced("FLAT", "1", None), PER_KWH))
    assert found(listed, LintCode.VAT_PARTLY_STATED) == [
        ("elements", None, "1 of 2 prices state no VAT rate, others do.")
    ]


@pytest.mark.parametrize(
    "listed",
    [
        price_list(element(priced("FLAT", "0", None), PER_KWH)),
        price_list(
            element(priced("FLAT", "1", None), PER_KWH, priced("TIME", "3", "0.1")),
            basis=PriceBasis.NO_TAX,
        ),
    ],
)
def test_ruling_9_a_price_of_0_needs_no_rate_nor_does_any_where_no_tax_applies(listed):
    assert not {LintCode.VAT_PARTLY_STATED, LintCode.MIXED_VAT_RATES} & set(codes(listed))


@pytest.mark.parametrize(
    ("rate", "is_odd"),
    [("0.002", True), ("0.012", True), ("19", True), ("0", False), ("0.021", False)],
)
def test_a_rate_like_no_countrys(rate, is_odd):
    listed = price_list(element(priced("ENERGY", "0.4", rate)))
    assert bool(found(listed, LintCode.UNUSUAL_VAT_RATE)) is is_odd


def test_ruling_9_nobody_knows_whether_tax_is_included():
    listed = price_list(element(PER_KWH), basis=PriceBasis.UNKNOWN)
    assert found(listed, LintCode.TAX_BASIS_UNKNOWN) == [
        ("elements", None, "It is not stated whether prices include tax.")
    ]
