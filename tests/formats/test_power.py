"""Maximum power from what feeds put into three fields."""

from decimal import Decimal

import pytest

from aggregator.domain.location import PowerSource
from aggregator.formats.power import max_power
from tests.formats.raw_records import ABSENT, notes_of, raw_connector, read_as_connector


def test_watts_are_read_as_stated():
    assert max_power(Decimal(22_080), None, None, None) == (
        Decimal("22.08"),
        PowerSource.DECLARED,
    )


@pytest.mark.parametrize(("watts", "kilowatts"), [(22, 22), (999, 999), (1_000, 1)])
def test_less_than_a_thousand_watts_are_kilowatts(watts, kilowatts):
    power, source = max_power(Decimal(watts), None, None, None)
    assert power == kilowatts
    assert source is (PowerSource.DECLARED if watts == 1_000 else PowerSource.DECLARED_IN_KW)


@pytest.mark.parametrize(
    ("volts", "amperes", "power_type", "kilowatts"),
    [
        (230, 16, "AC_1_PHASE", "3.68"),
        (230, 16, "AC_2_PHASE", "7.36"),
        (240, 40, "AC_2_PHASE_SPLIT", "19.2"),
        (230, 32, "AC_3_PHASE", "22.08"),  # line to neutral: 3 x 230 x 32
        (300, 10, "AC_3_PHASE", "9"),
        (400, 32, "AC_3_PHASE", "22.17"),  # line to line: 1.7320508 x 400 x 32 = 22170.25
        (500, 125, "DC", "62.5"),
    ],
)
def test_power_is_computed_by_power_type(volts, amperes, power_type, kilowatts):
    power, source = max_power(None, Decimal(volts), Decimal(amperes), power_type)
    assert power == Decimal(kilowatts)
    assert source is PowerSource.COMPUTED


@pytest.mark.parametrize(
    ("watts", "volts", "amperes", "power_type"),
    [
        (None, None, None, None),
        (None, 230, 0, "DC"),
        (None, 0, 32, "DC"),
        (None, 230, -32, "DC"),
        (None, -230, 32, "DC"),
        (None, 230, 32, None),
        (None, 230, 32, "SOLAR"),
        (100_000_000, None, None, None),  # 100 MW for one connector
    ],
)
def test_power_that_nothing_tells_is_unknown(watts, volts, amperes, power_type):
    values = [None if v is None else Decimal(v) for v in (watts, volts, amperes)]
    assert max_power(*values, power_type) == (None, None)


@pytest.mark.parametrize("watts", [0, -50_000])
def test_no_declared_power_leaves_it_to_voltage_and_current(watts):
    power, source = max_power(Decimal(watts), Decimal(400), Decimal(100), "DC")
    assert (power, source) == (Decimal(40), PowerSource.COMPUTED)


def test_kilowatts_in_the_watt_field_are_noted():
    connector, account = read_as_connector(raw_connector(max_electric_power=150))
    assert connector.max_power_kw == 150
    assert notes_of(account) == ["power_in_kw"]


def test_zero_in_the_new_words_falls_back_to_the_old_words():
    connector, _ = read_as_connector(
        raw_connector(
            max_electric_power=None, max_voltage=0, max_amperage=0, voltage="500", amperage="100"
        )
    )
    assert connector.max_power_kw == 50


def test_unreadable_power_is_noted_and_computed_instead():
    connector, account = read_as_connector(raw_connector(max_electric_power="fast"))
    assert connector.max_power_kw == 460  # 920 V x 500 A
    assert notes_of(account) == ["unreadable_max_electric_power"]


@pytest.mark.parametrize("absurd", [1e30, 10**100, "1e400"])
def test_absurdly_large_number_costs_only_itself(absurd):
    connector, account = read_as_connector(
        raw_connector(max_electric_power=absurd, max_voltage=ABSENT)
    )
    assert connector.max_power_kw is None
    [kind] = account.notes
    assert kind.note == "'max_electric_power' cannot be read: the number is too large; left out"
