"""When a tariff element applies, in the forms in which feeds write it."""

from datetime import date, time
from decimal import Decimal

import pytest

from aggregator.domain.tariff import Reservation, Restrictions, Weekday
from tests.formats.raw_records import ABSENT, notes_of, raw_element, raw_tariff, read_as_tariff

EVERYTHING = {
    "start_time": "08:00",
    "end_time": "20:00",
    "start_date": "2026-01-01",
    "end_date": "2026-12-31",
    "min_kwh": "0.1000",
    "max_kwh": 50,
    "min_current": 6,
    "max_current": 32.5,
    "min_power": 11,
    "max_power": 22,
    "min_duration": 60,
    "max_duration": "5400",
    "day_of_week": ["MONDAY", "SUNDAY"],
    "reservation": "RESERVATION_EXPIRES",
}
IN_FULL = Restrictions(
    start_time=time(8),
    end_time=time(20),
    start_date=date(2026, 1, 1),
    end_date=date(2026, 12, 31),
    min_kwh=Decimal("0.1"),
    max_kwh=Decimal(50),
    min_current_a=Decimal(6),
    max_current_a=Decimal("32.5"),
    min_power_kw=Decimal(11),
    max_power_kw=Decimal(22),
    min_duration_seconds=60,
    max_duration_seconds=5400,
    day_of_week=(Weekday.MONDAY, Weekday.SUNDAY),
    reservation=Reservation.RESERVATION_EXPIRES,
)
HERE = "elements[0].restrictions"


def read(restrictions):
    raw = raw_tariff(elements=[raw_element(restrictions=restrictions)])
    tariff, account = read_as_tariff(raw)
    price_list = tariff.price_list
    return price_list.elements[0].restrictions, price_list.unreadable_parts, account


def test_every_restriction_is_read():
    restrictions, lost, account = read(EVERYTHING)
    assert restrictions == IN_FULL
    assert lost == ()
    assert not account.notes


@pytest.mark.parametrize("nothing", [ABSENT, None, {}, [], [None], [{}]])
def test_empty_restrictions_restrict_nothing(nothing):
    restrictions, lost, account = read(nothing)
    assert restrictions == Restrictions()
    assert lost == ()
    assert not account.notes


def test_object_full_of_nulls_restricts_nothing():
    restrictions, lost, account = read(dict.fromkeys(EVERYTHING))
    assert restrictions == Restrictions()
    assert lost == ()
    assert not account.notes


def test_list_of_one_object_is_read_as_that_object():
    restrictions, lost, _ = read([EVERYTHING])
    assert restrictions == IN_FULL
    assert lost == ()


@pytest.mark.parametrize(
    "written",
    [
        [None, EVERYTHING, {}],
        [EVERYTHING, EVERYTHING],
        [dict.fromkeys(EVERYTHING), EVERYTHING],
    ],
)
def test_list_in_which_one_object_restricts_anything_is_read_as_that_object(written):
    restrictions, lost, account = read(written)
    assert restrictions == IN_FULL
    assert lost == ()
    assert not account.notes


def test_list_of_objects_full_of_nulls_restricts_nothing():
    restrictions, lost, account = read([dict.fromkeys(EVERYTHING), dict.fromkeys(EVERYTHING)])
    assert restrictions == Restrictions()
    assert lost == ()
    assert not account.notes


def test_list_of_two_objects_is_never_priced():
    restrictions, lost, account = read([EVERYTHING, {"min_kwh": 5}])
    assert restrictions == Restrictions()
    assert lost == (HERE,)
    [kind] = account.notes
    assert kind.note_code == "several_restrictions"
    assert kind.json_path == "$.data[*].elements[*].restrictions"


def test_unknown_restriction_is_never_ignored():
    restrictions, lost, account = read({"min_kwh": 5, "postcode": "SW1"})
    assert restrictions == Restrictions(min_kwh=Decimal(5))
    assert lost == (f"{HERE}.postcode",)
    [kind] = account.notes
    assert kind.note_code == "unknown_restriction"
    assert account.examples[kind] == "SW1"


@pytest.mark.parametrize("empty", [None, "", [], {}])
def test_unknown_restriction_without_a_value_is_ignored(empty):
    _, lost, account = read({"postcode": empty})
    assert lost == ()
    assert not account.notes


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("08:30", time(8, 30)),
        ("19:59:59", time(19, 59, 59)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
        ("24:00", time(0)),
        ("24:00:00", time(0)),
        (" 07:00 ", time(7)),
        ("", None),
        (None, None),
    ],
)
def test_time_of_day_is_read(written, read_as):
    restrictions, lost, _ = read({"end_time": written})
    assert restrictions.end_time == read_as
    assert lost == ()


@pytest.mark.parametrize("written", ["25:00", "noon", "8 pm", [], 28_800, "08:00Z", "08:00+01:00"])
def test_time_of_day_that_cannot_be_read_is_never_priced(written):
    restrictions, lost, account = read({"start_time": written, "end_time": "20:00"})
    assert restrictions == Restrictions(end_time=time(20))
    assert lost == (f"{HERE}.start_time",)
    assert notes_of(account) == ["unreadable_start_time"]


@pytest.mark.parametrize(
    ("written", "read_as"), [("2026-02-28", date(2026, 2, 28)), ("", None), (None, None)]
)
def test_date_is_read(written, read_as):
    restrictions, lost, _ = read({"start_date": written})
    assert restrictions.start_date == read_as
    assert lost == ()


@pytest.mark.parametrize("written", ["2026-02-30", "28/02/2026", 5.5, 86_400])
def test_date_that_cannot_be_read_is_never_priced(written):
    _, lost, _ = read({"start_date": written})
    assert lost == (f"{HERE}.start_date",)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (["MONDAY", "TUESDAY"], (Weekday.MONDAY, Weekday.TUESDAY)),
        (["monday", " Sunday "], (Weekday.MONDAY, Weekday.SUNDAY)),
        (["1", "7"], (Weekday.MONDAY, Weekday.SUNDAY)),
        ([1, 7], (Weekday.MONDAY, Weekday.SUNDAY)),
        (["MONDAY", "MONDAY", "1"], (Weekday.MONDAY,)),
        ("FRIDAY", (Weekday.FRIDAY,)),
        ([], ()),
        (None, ()),
    ],
)
def test_weekdays_are_read(written, read_as):
    restrictions, lost, _ = read({"day_of_week": written})
    assert restrictions.day_of_week == read_as
    assert lost == ()


@pytest.mark.parametrize("written", [["MON"], ["0"], ["8"], ["MON", "TUE"], {"MONDAY": 1}, 5])
def test_weekdays_that_cannot_be_read_are_never_priced(written):
    _, lost, account = read({"day_of_week": written})
    assert lost == (f"{HERE}.day_of_week",)
    assert notes_of(account) == ["unreadable_day_of_week"]


def test_reservation_may_be_written_in_small_letters():
    restrictions, lost, _ = read({"reservation": "reservation"})
    assert restrictions.reservation is Reservation.RESERVATION
    assert lost == ()


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("min_kwh", "much"),
        ("max_duration", -1),
        ("min_duration", 0.5),
        ("reservation", "MAYBE"),
        ("max_power", 1e30),
        ("min_current", True),
    ],
)
def test_limit_that_cannot_be_read_is_never_priced(key, written):
    restrictions, lost, _ = read({key: written})
    assert restrictions == Restrictions()
    assert lost == (f"{HERE}.{key}",)


@pytest.mark.parametrize("raw", ["", "weekends", 0, False])
def test_restrictions_that_are_no_object_are_never_priced(raw):
    _, lost, account = read(raw)
    assert lost == (HERE,)
    assert notes_of(account) == ["not_an_object"]
