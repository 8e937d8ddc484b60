"""No sentence says a number that is not in the tariff, and none leaves a charge out."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from aggregator.domain.tariff import (
    PriceBasis,
    PriceList,
    Reservation,
    Restrictions,
    TariffElement,
)
from aggregator.pricing.components import active_candidate, price_table
from aggregator.pricing.money import decimal_from
from aggregator.pricing.restrictions import Moment
from aggregator.wording import LANGUAGES, Subject, charges, sentence
from aggregator.wording.catalogue import language_named
from tests.pricing.test_properties import components, energies, limits, or_none, restrictions
from tests.wording.told import price_told

CLOCK = re.compile(r"\b\d\d:\d\d(?::\d\d)?\b")
NUMBER = re.compile(r"\d[\d.,\u00a0\u202f]*\d|\d")
currents = st.decimals(0, 64, places=1)
days = st.dates(date(2025, 12, 1), date(2027, 1, 31))

wider = st.builds(
    replace,
    restrictions,
    min_current_a=or_none(currents),
    max_current_a=or_none(currents),
    start_date=or_none(days),
    end_date=or_none(days),
    reservation=st.sampled_from([None, None, None, *Reservation]),
)
short = st.builds(
    lambda restriction, keep: replace(
        restriction,
        **{
            name: None
            for name in (
                "start_time",
                "min_kwh",
                "max_kwh",
                "min_power_kw",
                "max_power_kw",
                "min_current_a",
                "max_current_a",
                "start_date",
                "end_date",
                "min_duration_seconds",
                "max_duration_seconds",
            )
            if name not in keep
        },
    ),
    wider,
    st.sets(st.sampled_from(["start_time", "min_kwh", "max_power_kw", "end_date"]), max_size=2),
)
unpriced = st.builds(lambda c: replace(c, price=Decimal(0)), components)
wild = st.builds(
    TariffElement,
    price_components=st.lists(components | unpriced, min_size=1, max_size=3).map(tuple),
    restrictions=st.just(Restrictions()) | short | wider,
)
elements = st.lists(wild, min_size=1, max_size=5).map(tuple)
price_lists = st.builds(
    PriceList,
    currency=st.sampled_from(["EUR", "SEK", "JPY"]),
    price_basis=st.sampled_from(PriceBasis),
    elements=elements,
    min_price=limits,
    max_price=limits,
)
languages = st.sampled_from(LANGUAGES)
moments = st.builds(
    Moment,
    local=st.datetimes(datetime(2025, 12, 1), datetime(2027, 1, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    elapsed_seconds=st.integers(0, 25_000).map(Fraction),
    energy_kwh=energies.map(Fraction),
    power_kw=energies.map(Fraction),
    current_a=currents.map(Fraction),
)


def numbers_in(tariff):
    """Return every number of the tariff, and those that its times and percentages are told as."""
    found = set()
    for one in (tariff.min_price, tariff.max_price):
        if one is not None:
            found |= {one.excl_vat, one.incl_vat}
    for element in tariff.elements:
        limit = element.restrictions
        found |= {limit.min_kwh, limit.max_kwh, limit.min_power_kw, limit.max_power_kw}
        found |= {limit.min_current_a, limit.max_current_a}
        found |= in_units(limit.min_duration_seconds) | in_units(limit.max_duration_seconds)
        last = limit.end_date - timedelta(days=1) if limit.end_date else None
        for day in (limit.start_date, last):
            found |= {Decimal(day.day), Decimal(day.year)} if day else set()
        for component in element.price_components:
            found |= {component.price, decimal_from(Fraction(component.price) / 60)}
            found |= {Decimal(component.step_size_wh) / 1000}
            found |= in_units(component.step_size_seconds)
            found |= {None if component.vat_rate is None else component.vat_rate * 100}
    return {number for number in found if number is not None}


def in_units(seconds):
    return set() if seconds is None else {Decimal(seconds) / size for size in (1, 60, 3600)}


def clocks_in(tariff):
    found = {"00:00", "24:00"}  # the ends of a day
    for element in tariff.elements:
        for clock in (element.restrictions.start_time, element.restrictions.end_time):
            found |= {f"{clock:%H:%M}"} if clock else set()
    return found


@given(price_lists, languages)
def test_every_number_of_a_sentence_is_in_the_tariff(price_list, language):
    text = sentence(price_list, language)
    locale = language_named(language).locale
    assert set(CLOCK.findall(text)) <= clocks_in(price_list)
    allowed = numbers_in(price_list)
    for number in NUMBER.findall(CLOCK.sub("", text)):
        assert parse_decimal(number, locale=locale) in allowed, number


def shapes_of(candidate, price_list, words, units):
    """Return the ways in which a price may be told."""
    by_minute = Fraction(candidate.component.price) / 60
    money = words.money(candidate.component.price, price_list.currency)
    if candidate.component.dimension == "ENERGY":
        return [f"{money}/kWh"]
    if candidate.component.dimension == "FLAT":
        return [money]
    return [f"{money}/{units}", f"{words.money(decimal_from(by_minute), price_list.currency)}/min"]


@given(price_lists, languages, moments)
def test_whatever_charges_at_some_moment_is_in_the_sentence(price_list, language, moment):
    try:
        table = price_table(price_list)
    except ValueError:
        return
    words, text = language_named(language), sentence(price_list, language)
    hour = "tim" if language == "sv" else "h"
    parked = replace(moment, power_kw=Fraction(0), current_a=Fraction(0))
    reserved = table.for_reservation(expired=False).candidates
    expired = table.for_reservation(expired=True).candidates
    for candidates in (table.candidates, reserved, expired):
        for dimension, found in candidates.items():
            charging = candidates is table.candidates and dimension != "PARKING_TIME"
            active = active_candidate(found, moment if charging else parked)
            if active is not None and active.price:
                shapes = shapes_of(active, price_list, words, hour)
                assert any(shape in text for shape in shapes), shapes


@given(price_lists, moments)
def test_ruling_1_the_first_charge_that_holds_is_what_the_engine_charges(price_list, moment):
    try:
        table = price_table(price_list)
    except ValueError:
        return
    told = charges(price_list)
    tables = {
        Subject.SESSION: table.candidates,
        Subject.RESERVATION: table.for_reservation(expired=False).candidates,
    }
    if any(charge.subject is Subject.EXPIRED for charge in told):
        tables[Subject.EXPIRED] = table.for_reservation(expired=True).candidates
    still = replace(moment, power_kw=Fraction(0), current_a=Fraction(0))
    for subject, candidates in tables.items():
        for dimension, found in candidates.items():
            flows = subject is Subject.SESSION and dimension != "PARKING_TIME"
            at = moment if flows else still
            active = active_candidate(found, at)
            price = active.component.price if active else 0
            assert price_told(told, subject, dimension, at) == price


@given(price_lists, languages)
def test_sentences_are_plain_text(price_list, language):
    text = sentence(price_list, language)
    assert text.endswith(".")
    assert not re.search(r"[{}<>\n]|  |\.\.|None|Decimal", text)
