"""The lint as a whole: its codes are documented, sure or not, and ordinary tariffs are clean."""

import ast
import inspect
from decimal import Decimal

import pytest

from aggregator.domain.tariff import PriceBasis, PriceLimit
from aggregator.pricing.lint import LintCode, Severity, finding, lint
from tests.pricing.lint_cases import (
    FEE,
    PARKING,
    PER_HOUR,
    PER_KWH,
    codes,
    element,
    found,
    price_list,
    priced,
)


def test_every_code_says_why_it_matters_and_gives_an_example():
    tree = ast.parse(inspect.getsource(finding))
    (listed,) = [node for node in tree.body if getattr(node, "name", "") == "LintCode"]
    documented = {
        before.targets[0].id
        for before, after in zip(listed.body, listed.body[1:], strict=False)
        if isinstance(before, ast.Assign)
        and isinstance(after, ast.Expr)
        and ": " in after.value.value
    }
    assert documented == set(LintCode.__members__)


def test_a_guess_by_size_is_a_surprise_and_what_can_be_proven_is_not():
    assert LintCode.TIME_PRICE_UNIT.severity is Severity.SURPRISE
    assert LintCode.SHADOWED_ELEMENT.severity is Severity.ERROR
    assert LintCode.SPARE_ELEMENT.severity is Severity.NOTE
    assert not finding.SURPRISES & finding.NOTES
    (only,) = lint(price_list(element(PER_KWH), element()))
    assert only.severity is Severity.NOTE


@pytest.mark.parametrize(
    "listed",
    [
        price_list(element(PER_KWH)),
        price_list(element(FEE, PER_KWH, PARKING)),
        price_list(element(PER_HOUR, PARKING)),
        price_list(element(PER_KWH, max_kwh=Decimal(10)), element(priced("ENERGY", "0.5"))),
        price_list(element(priced("FLAT", "0"))),
        price_list(element(PER_KWH, priced("TIME", "3", step_size_seconds=60))),
        price_list(
            element(PER_KWH),
            min_price=PriceLimit(Decimal(1), Decimal("1.2")),
            max_price=PriceLimit(Decimal(50), Decimal(60)),
        ),
    ],
)
def test_nothing_is_found_in_an_ordinary_price_list(listed):
    assert lint(listed) == ()


def test_findings_about_the_whole_come_first_and_then_those_of_each_element():
    listed = price_list(element(), element(priced("ENERGY", "-1")), basis=PriceBasis.UNKNOWN)
    assert [one.element_number for one in lint(listed)] == [None, 1, 2]


def test_an_unreadable_part_is_told_with_its_place():
    listed = price_list(element(PER_KWH), unreadable_parts=("elements[0].restrictions.color", ""))
    assert found(listed, LintCode.UNREADABLE_PART) == [
        (
            "elements[0].restrictions.color",
            None,
            "elements[0].restrictions.color could not be read, so the tariff has no price.",
        ),
        ("", None, "This could not be read, so the tariff has no price."),
    ]


@pytest.mark.parametrize(
    ("listed", "path", "number"),
    [
        (price_list(element(priced("ENERGY", "NaN"))), "elements[0].price_components[0].price", 1),
        (
            price_list(element(priced("ENERGY", "1", "Infinity"))),
            "elements[0].price_components[0].vat",
            1,
        ),
        (
            price_list(element(PER_KWH, min_power_kw=Decimal("NaN"))),
            "elements[0].restrictions.min_power",
            1,
        ),
        (
            price_list(element(PER_KWH), max_price=PriceLimit(None, Decimal("NaN"))),
            "max_price",
            None,
        ),
    ],
)
def test_a_figure_that_is_no_number_is_told_alone(listed, path, number):
    (only,) = lint(listed)
    assert (only.code, only.path, only.element_number) == (LintCode.NOT_A_NUMBER, path, number)
    assert "is no number" in only.message


def test_a_price_list_without_prices():
    assert found(price_list(), LintCode.NO_PRICES) == [
        ("elements", None, "There is no price in 0 elements.")
    ]
    assert codes(price_list(element())) == [LintCode.NO_PRICES, LintCode.EMPTY_ELEMENT]
