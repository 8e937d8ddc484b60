"""What the lint says of any price list is true of every bill under it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceList,
    Restrictions,
    TariffElement,
)
from aggregator.pricing.bill import NotComputable, bill
from aggregator.pricing.lint import LintCode, lint
from aggregator.pricing.lint.space import outside, shared, space_of
from aggregator.pricing.restrictions import Moment, restrictions_hold
from tests.pricing.lint_strategies import (
    alike,
    any_price_lists,
    moments,
    restrictions,
    sessions,
)
from tests.pricing.test_properties import price_lists

WHOLE_ELEMENT = {
    LintCode.EMPTY_ELEMENT,
    LintCode.DUPLICATE_ELEMENT,
    LintCode.SHADOWED_ELEMENT,
    LintCode.SPARE_ELEMENT,
    LintCode.IMPOSSIBLE_RESTRICTION,
}
ONE_COMPONENT = {
    LintCode.SHADOWED_COMPONENT,
    LintCode.NOT_FOR_RESERVATION,
    LintCode.NO_POWER_WHILE_PARKED,
    LintCode.FLAT_LEFT_OUT,
}
REMOVABLE_COMPONENT = {
    LintCode.SECOND_OF_TYPE,
    LintCode.SHADOWED_COMPONENT,
    LintCode.ZERO_PRICE,
    LintCode.FLAT_LEFT_OUT,
}
REMOVABLE_ELEMENT = WHOLE_ELEMENT - {LintCode.IMPOSSIBLE_RESTRICTION}
FIELDS = {
    "min_kwh": {"min_kwh": None},
    "min_power": {"min_power_kw": None},
    "min_current": {"min_current_a": None},
    "min_duration": {"min_duration_seconds": None},
    "day_of_week": {"day_of_week": ()},
    "end_time": {"start_time": None, "end_time": None},
}


def computed(price_list, session):
    try:
        return bill(price_list, session)
    except NotComputable:
        assume(False)


def totals(found):
    return found.total_net, found.total_gross, found.total_as_stated, found.limits_applied


def without_element(listed, number):
    kept = tuple(e for n, e in enumerate(listed.elements, start=1) if n != number)
    return replace(listed, elements=kept)


def with_element(listed, number, element):
    changed = tuple(element if n == number else e for n, e in enumerate(listed.elements, start=1))
    return replace(listed, elements=changed)


def without(listed, finding):
    """Return the price list without the part that a finding calls needless; None for others."""
    number = finding.element_number
    if finding.code in REMOVABLE_ELEMENT:
        return without_element(listed, number)
    if finding.code in REMOVABLE_COMPONENT:
        at = int(re.search(r"price_components\[(\d+)\]", finding.path)[1])
        old = listed.elements[number - 1]
        kept = tuple(c for n, c in enumerate(old.price_components) if n != at)
        return with_element(listed, number, replace(old, price_components=kept))
    if finding.code is LintCode.NO_OP_RESTRICTION:
        old = listed.elements[number - 1]
        changes = FIELDS[finding.path.rpartition(".")[2]]
        changed = replace(old, restrictions=replace(old.restrictions, **changes))
        return with_element(listed, number, changed)
    if finding.code is LintCode.NO_OP_LIMIT:
        key, _, amount = finding.path.partition(".")
        limit = replace(getattr(listed, key), **{amount: None}) if amount else None
        return replace(listed, **{key: limit})
    return None


@settings(max_examples=400)
@given(alike, sessions)
def test_what_is_said_never_to_count_is_on_no_bill(listed, session):
    lines = computed(listed, session).lines
    for finding in lint(listed):
        number = finding.element_number
        if finding.code in WHOLE_ELEMENT:
            assert all(line.element_number != number for line in lines)
        if finding.code in ONE_COMPONENT:
            at = int(re.search(r"price_components\[(\d+)\]", finding.path)[1])
            dimension = listed.elements[number - 1].price_components[at].dimension
            assert all(
                (line.element_number, line.dimension) != (number, dimension) for line in lines
            )


@settings(max_examples=400)
@given(alike, sessions)
def test_a_part_without_effect_changes_no_bill_when_it_is_left_out(listed, session):
    before = totals(computed(listed, session))
    for finding in lint(listed):
        rest = without(listed, finding)
        if rest is not None:
            assert totals(bill(rest, session)) == before, finding


@given(price_lists, sessions)
def test_of_plain_price_lists_the_same_is_true(listed, session):
    before = totals(bill(listed, session))
    for finding in lint(listed):
        rest = without(listed, finding)
        if rest is not None:
            assert totals(bill(rest, session)) == before, finding


@settings(max_examples=300)
@given(any_price_lists | alike)
def test_any_price_list_is_linted_and_every_finding_says_where(listed):
    for finding in lint(listed):
        assert finding.message.endswith((".", "?"))
        assert finding.code in LintCode
        number = finding.element_number
        if number is None:
            assert not finding.path.startswith("elements[") or listed.unreadable_parts
        else:
            assert finding.path.startswith(f"elements[{number - 1}]")


def cells_at(space, moment):
    """Return the box of one cell that holds a moment, found by asking each axis."""
    clock = moment.local.time()
    micro = ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 10**6 + clock.microsecond
    values = (
        micro,
        moment.local.weekday(),
        moment.local.date().toordinal(),
        moment.energy_kwh,
        moment.elapsed_seconds,
        moment.power_kw,
        moment.current_a,
    )
    return tuple(
        1 << len(axis.starts)
        if value is None
        else 1 << max(n for n, start in enumerate(axis.starts) if Fraction(start) <= value)
        for axis, value in zip(space.axes, values, strict=True)
    )


@settings(max_examples=300)
@given(st.lists(restrictions, min_size=1, max_size=4), moments)
@example([Restrictions(start_time=time(22), end_time=time(6))], None)
def test_a_box_holds_exactly_the_moments_at_which_its_restrictions_do(many, moment):
    moment = moment or Moment(datetime(2026, 6, 1, 23, tzinfo=UTC), *[Fraction(0)] * 4)
    space = space_of(many)
    here = cells_at(space, moment)
    for one in many:
        plain = replace(one, reservation=None)
        assert bool(all(shared(space.box(one), here))) is restrictions_hold(plain, moment)
    boxes = [space.box(one) for one in many]
    held = any(restrictions_hold(replace(one, reservation=None), moment) for one in many)
    left = any(all(shared(piece, here)) for piece in outside(space.whole, boxes))
    assert left is not held


def test_what_is_too_hard_to_tell_is_not_claimed():
    # Boxes that overlap in four quantities leave more pieces than are looked at.
    many = [
        Restrictions(
            min_kwh=Decimal(n),
            max_kwh=Decimal(n + 5),
            min_power_kw=Decimal(n),
            max_power_kw=Decimal(n + 7),
            min_duration_seconds=n * 60,
            max_duration_seconds=(n + 9) * 60,
            min_current_a=Decimal(n),
            max_current_a=Decimal(n + 3),
        )
        for n in range(1, 40)
    ]
    space = space_of(many)
    assert outside(space.whole, [space.box(one) for one in many]) is None
    priced = (PriceComponent(Dimension.ENERGY, Decimal(1)),)
    listed = PriceList("EUR", PriceBasis.NO_TAX, tuple(TariffElement(priced, one) for one in many))
    assert LintCode.ENERGY_GAP not in {finding.code for finding in lint(listed)}
