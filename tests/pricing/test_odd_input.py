"""Bad input, as published and as asked: refused with a word that names it, or told by the lint."""

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest

from aggregator.domain.session import ChargingSession, ReservedTime
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceList,
    TariffElement,
)
from aggregator.pricing.bill import BillWarning, NotComputable, bill
from aggregator.pricing.lint import LintCode, lint
from aggregator.pricing.quote import QuoteState, quote
from tests.formats.raw_records import raw_component, raw_element, raw_tariff, read_as_tariff
from tests.pricing.price_lists import (
    NOON,
    SESSIONS,
    SUNDAY,
    component,
    element,
    energy,
    quoted,
    session,
)


def read(**changes):
    return read_as_tariff(raw_tariff(**changes))[0].price_list


def read_component(**changes):
    return read(elements=[raw_element(raw_component(**changes))])


def read_restricted(**restrictions):
    return read(elements=[raw_element(restrictions=restrictions)])


@pytest.mark.parametrize(
    ("elements", "named"),
    [
        ([], "no elements"),
        (None, "no elements"),
        ("none", "could not be read: elements"),
        ([{}], "no element prices charging or parking"),
    ],
)
def test_a_tariff_without_elements_is_refused(elements, named):
    with pytest.raises(NotComputable, match=named):
        bill(read(elements=elements), session())


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"type": "CO2"}, r"elements\[0\].price_components\[0\]"),
        ({"type": None}, r"elements\[0\].price_components\[0\]"),
        ({"price": "free"}, r"elements\[0\].price_components\[0\]"),
        ({"price": "NaN"}, r"elements\[0\].price_components\[0\]"),
        ({"price": 1e30}, r"elements\[0\].price_components\[0\]"),
        ({"price": -0.25}, "a price or a price limit is below zero"),
        ({"step_size": 10**10}, r"price_components\[0\].step_size"),
        ({"step_size": "some"}, r"price_components\[0\].step_size"),
        ({"vat": "NaN"}, r"price_components\[0\].vat"),
    ],
)
def test_a_component_that_makes_no_sense_is_refused(changes, named):
    with pytest.raises(NotComputable, match=named):
        bill(read_component(**changes), session())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("start_date", "2026-02-30"),
        ("end_date", "30.06.2026"),
        ("start_time", "25:00"),
        ("end_time", "8 pm"),
        ("day_of_week", ["FUNDAY"]),
        ("min_kwh", "NaN"),
        ("max_duration", -5),
        ("reservation", "MAYBE"),
        ("colour", "red"),
    ],
)
def test_a_restriction_that_makes_no_sense_is_refused(key, value):
    with pytest.raises(NotComputable, match=rf"elements\[0\].restrictions.{key}"):
        bill(read_restricted(**{key: value}), session())


def test_a_negative_limit_is_refused():
    with pytest.raises(NotComputable, match="below zero"):
        bill(read(min_price={"excl_vat": -1}), session())


def test_a_currency_that_is_none_leaves_no_tariff():
    tariff, account = read_as_tariff(raw_tariff(currency="EURO"))
    assert tariff is None
    assert account.rejections[0].reason_code == "unreadable_currency"


@pytest.mark.parametrize(
    ("listed", "code", "warning"),
    [
        (read_component(step_size=10**9), LintCode.LARGE_STEP, BillWarning.ABSURD_STEP_SIZE),
        (
            read_restricted(start_date="2026-06-02", end_date="2026-06-01"),
            LintCode.IMPOSSIBLE_RESTRICTION,
            BillWarning.IMPOSSIBLE_RESTRICTION,
        ),
        (
            read_restricted(min_kwh=20, max_kwh=10),
            LintCode.IMPOSSIBLE_RESTRICTION,
            BillWarning.IMPOSSIBLE_RESTRICTION,
        ),
        (
            read(min_price={"excl_vat": 9}, max_price={"excl_vat": 3}),
            LintCode.CONTRADICTORY_LIMITS,
            BillWarning.CONTRADICTORY_LIMITS,
        ),
    ],
)
def test_what_is_billed_though_it_can_hardly_be_meant_is_flagged(listed, code, warning):
    assert warning in bill(listed, session()).warnings
    assert code in {finding.code for finding in lint(listed)}
    refused = quote(listed, "Europe/London", SESSIONS, "ac", SUNDAY)
    assert (refused.state, refused.state_reason) == ("not_computable", warning)


def test_more_energy_than_any_session_charges_is_refused():
    with pytest.raises(ValueError, match="no session charges more than"):
        bill(read(), session("100001", "60"))


def test_a_price_that_is_no_number_is_refused():
    listed = PriceList(
        "EUR",
        PriceBasis.NET,
        (TariffElement((PriceComponent(Dimension.ENERGY, Decimal("NaN")),)),),
    )
    with pytest.raises(NotComputable, match="no number"):
        bill(listed, session())


@pytest.mark.parametrize("rate", [-5, 500])
def test_a_rate_of_tax_that_makes_no_sense_is_noted_and_leaves_the_total_with_tax_unknown(rate):
    tariff, account = read_as_tariff(raw_tariff(elements=[raw_element(raw_component(vat=rate))]))
    assert [kind.note_code for kind in account.notes] == ["implausible_vat"]
    assert bill(tariff.price_list, session()).total_gross is None


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc", None])
def test_without_a_known_zone_there_is_no_price_by_local_time(zone):
    by_day = element(energy("1"), start_time=time(9), end_time=time(17))
    found = quoted(by_day, zone=zone)
    assert (found.state, found.state_reason) == (QuoteState.NOT_COMPUTABLE, "time_zone_unknown")


PLAIN = PriceList("EUR", PriceBasis.NET, (element(energy("0.4")),))
TEN_YEARS = str(10 * 366 * 24 * 60)


@pytest.mark.parametrize(
    ("absurd", "named"),
    [
        (session(minutes=TEN_YEARS), "no longer than 400 days"),
        (session(parked=TEN_YEARS), "no longer than 400 days"),
        (session(kwh="NaN"), "energy.*NaN"),
        (session(kwh="sNaN"), "energy.*NaN"),
        (session(kwh="Infinity"), "energy.*Infinity"),
        (session(kwh="-1"), "energy.*-1"),
        (session(minutes="NaN"), "minutes.*NaN"),
        (session(start=datetime(2026, 1, 1)), "known time zone: 2026-01-01"),  # noqa: DTZ001
        (session(start=datetime(9999, 12, 31, tzinfo=UTC)), "known time"),
        (ChargingSession(NOON, Decimal(1), Decimal(1), current_a=Decimal("NaN")), "current.*NaN"),
        (
            ChargingSession(NOON, Decimal(1), Decimal(1), reserved=ReservedTime(Decimal(-1))),
            "minutes.*-1",
        ),
        (
            ChargingSession(
                NOON, Decimal(1), Decimal(1), reserved=ReservedTime(Decimal(TEN_YEARS))
            ),
            "no longer than 400 days",
        ),
    ],
)
def test_a_session_that_makes_no_sense_is_refused(absurd, named):
    with pytest.raises(ValueError, match=named):
        bill(PLAIN, absurd)


def test_what_is_refused_for_a_price_is_told_by_the_lint_too():
    refused = (
        read(elements=[]),
        read_component(type="CO2"),
        read_component(price=-1),
        PriceList("EUR", PriceBasis.NET, (element(component(energy("1").dimension, "NaN")),)),
    )
    for listed in refused:
        assert lint(listed)
