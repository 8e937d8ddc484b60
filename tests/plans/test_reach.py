"""Entries that never count, and hours of the day that no entry prices."""

import pytest

from tests.plans.plan_texts import HEAD_LINES, PRICE

NIGHT = 'start_time = "22:00"\nend_time = "06:00"\nper_kwh = 0.3\n'
DAY = 'start_time = "06:00"\nend_time = "22:00"\nper_kwh = 0.4\n'


def entries(*conditions):
    return "".join(f"[[price]]\n{one}\nper_kwh = 1\n" for one in conditions)


AC, NOT_AC = "power_class = ['ac']", "power_class = ['mid', 'dc', 'hpc']"


@pytest.mark.parametrize(
    ("conditions", "number"),
    [
        (("", AC), 2),
        ((AC, "operators = ['mer']", "operators = ['mer']\n" + AC), 3),
        ((AC, NOT_AC, "operators = ['mer']"), 3),
        (("countries = ['SE']", "countries = ['DE']", ""), 3),
        (("operators = ['mer', 'gaia']", "operators = ['gaia']\ncountries = ['SE']"), 2),
        (("operators = ['mer']", "countries = ['SE']", AC, AC), 4),
    ],
)
def test_entry_that_others_leave_nothing_is_warned_of(loaded, conditions, number):
    (warning,) = loaded(entries(*conditions)).warnings
    assert f": price {number}: never used: " in warning


def test_warning_names_the_line(loaded):
    (warning,) = loaded(f"{PRICE}{PRICE}").warnings
    assert f"line {HEAD_LINES + 3}: price 2: " in warning


@pytest.mark.parametrize(
    "conditions",
    [
        (AC, ""),
        (AC, NOT_AC),
        ("operators = ['mer']", "operators = ['mer', 'gaia']", ""),
        ("operators = ['mer', 'gaia', 'fastned']", ""),  # operators that no file knows are left
        ("operators = ['mer']\ncountries = ['SE']", "operators = ['mer']"),
        ("countries = ['SE']", AC, ""),
    ],
)
def test_entry_that_something_is_left_for_is_fine(loaded, conditions):
    assert loaded(entries(*conditions)).warnings == ()


def test_price_of_the_night_leaves_the_day_to_the_next(loaded):
    assert loaded(f"[[price]]\n{NIGHT}{PRICE}").warnings == ()


def test_second_price_of_the_same_night_is_never_used(loaded):
    later = '[[price]]\nstart_time = "23:00"\nend_time = "05:00"\nper_kwh = 0.2\n'
    (warning,) = loaded(f"[[price]]\n{NIGHT}{later}{PRICE}").warnings
    assert "price 2: never used" in warning


def test_day_and_night_together_leave_nothing(loaded):
    (warning,) = loaded(f"[[price]]\n{NIGHT}[[price]]\n{DAY}{PRICE}").warnings
    assert "price 3: never used" in warning


@pytest.mark.parametrize(
    "rest", ["", f"[[price]]\n{AC}\nper_kwh = 1\n", "[[price]]\noperators = ['mer']\nper_kwh = 1\n"]
)
def test_hours_without_a_price_are_refused(message, rest):
    told = message(f"[[price]]\n{NIGHT}{rest}")
    assert told.startswith(f"line {HEAD_LINES + 2}: price 1, 'start_time': no entry says")


def test_one_minute_left_out_is_told(message):
    to_2359 = DAY.replace("22:00", "21:59")
    assert "price 1, 'start_time'" in message(f"[[price]]\n{NIGHT}[[price]]\n{to_2359}")


def test_day_and_night_are_the_whole_day(loaded):
    assert loaded(f"[[price]]\n{NIGHT}[[price]]\n{DAY}").warnings == ()


def test_endless_numbers_of_times_are_refused(message):
    times = [(minute // 60, minute % 60) for minute in range(1, 100)]
    table = "start_time,end_time,per_kwh\n"
    table += "".join(f"00:00,{hour:02}:{minute:02},1\n" for hour, minute in times)
    assert "more than 96 different times" in message("", table=f"{table},,1\n")
