"""Which price entries are for a charger."""

import pytest

from aggregator.plans import entries_for, entry_for

PRICES = """
[[price]]
operators = ["mer"]
power_class = ["ac"]
per_kwh = 0.1
[[price]]
operators = ["mer"]
countries = ["SE"]
per_kwh = 0.2
[[price]]
power_class = ["ac", "mid"]
start_time = "22:00"
end_time = "06:00"
per_kwh = 0.3
[[price]]
power_class = ["ac", "mid"]
per_kwh = 0.4
[[price]]
countries = ["DE"]
per_kwh = 0.5
"""


def prices(entries):
    return [str(entry.per_kwh) for entry in entries]


@pytest.mark.parametrize(
    ("operator", "power_class", "country", "expected"),
    [
        ("mer", "ac", "SE", ["0.1"]),
        ("mer", "hpc", "SE", ["0.2"]),
        ("mer", "hpc", "DE", ["0.5"]),
        ("mer", "mid", "DE", ["0.3", "0.4"]),
        ("gaia", "ac", "SE", ["0.3", "0.4"]),
        (None, "ac", "DE", ["0.3", "0.4"]),
        ("gaia", "dc", "DE", ["0.5"]),
        ("gaia", "dc", "SE", []),
        ("gaia", "ac", "NO", []),
        ("gaia", "ac", None, []),
        ("mer", None, "SE", []),
        ("gaia", None, "DE", []),
    ],
)
def test_first_entry_that_matches_counts(plan, operator, power_class, country, expected):
    found = plan(PRICES)
    assert prices(entries_for(found, operator, power_class, country)) == expected
    first = entry_for(found, operator, power_class, country)
    assert prices([first] if first else []) == expected[:1]


def test_unknown_power_is_no_hindrance_where_the_price_does_not_depend_on_it(plan):
    found = plan(
        "[[price]]\noperators = ['mer']\nper_kwh = 0.1\n"
        "[[price]]\npower_class = ['ac', 'mid', 'dc', 'hpc']\nper_kwh = 0.2\n"
    )
    assert prices(entries_for(found, "mer", None, "SE")) == ["0.1"]
    assert prices(entries_for(found, None, None, "SE")) == ["0.2"]
