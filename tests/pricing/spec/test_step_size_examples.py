"""What OCPI 2.2.1 and 2.3.0 state about step sizes (ruling 5).

In mod_tariffs the notes of "PriceComponent class" and "Example Tariff" below it; in mod_cdrs the
paragraphs "step_size" of the "CDR Object".
"""

from decimal import Decimal

import pytest

from aggregator.pricing.bill import bill
from tests.pricing.price_lists import assert_totals
from tests.pricing.spec.reading import (
    VERSIONS,
    component,
    element,
    profile,
    read,
    read_excluding_tax,
    row,
    rows,
    session,
)

each_version = pytest.mark.parametrize("version", VERSIONS)


@each_version
@pytest.mark.parametrize(
    ("step_size", "wh", "billed_wh", "cost"),
    [
        (1, "115.2", "116", "0.029"),
        (25, "115.2", "125", "0.031"),
        (25, "101", "125", "0.031"),
        (25, "125", "125", "0.031"),
        (500, "115.2", "500", "0.125"),
        (500, "1", "500", "0.125"),
        (500, "500", "500", "0.125"),
    ],
)
def test_price_component_note_on_steps_of_energy(version, step_size, wh, billed_wh, cost):
    """In the notes of "PriceComponent class": 0.03125 is printed as 0.031."""
    per_kwh = component("ENERGY", 0.25, step_size=step_size)
    found = bill(read_excluding_tax(version, element(per_kwh)), session(Decimal(wh) / 1000))
    (line,) = found.lines
    assert line.billed_quantity * 1000 == Decimal(billed_wh)
    assert line.net.quantize(Decimal("0.001"), "ROUND_HALF_EVEN") == Decimal(cost)


@each_version
@pytest.mark.parametrize(
    ("dimension", "minutes", "parked"), [("TIME", "6", "0"), ("PARKING_TIME", "0", "8")]
)
def test_price_component_note_on_steps_of_time(version, dimension, minutes, parked):
    """In "PriceComponent class": with a step of 300, 6 and 8 minutes are billed as 10."""
    listed = read_excluding_tax(version, element(component(dimension, 6.0, step_size=300)))
    found = bill(listed, session("0", minutes, parked))
    assert rows(found) == [row(dimension, "10", "1.00", None)]


STEP_SIZES = (
    element(
        component("TIME", 1.20, step_size=1800),
        component("PARKING_TIME", 1.00, step_size=900),
        start_time="00:00",
        end_time="17:00",
    ),
    element(
        component("TIME", 2.40, step_size=900),
        component("PARKING_TIME", 1.00, step_size=900),
        start_time="17:00",
        end_time="20:00",
    ),
    element(component("TIME", 2.40, step_size=900), start_time="20:00", end_time="00:00"),
)
SWITCHING = pytest.mark.parametrize(
    ("start", "minutes", "parked", "net", "table"),
    [
        pytest.param(
            "16:55",
            "10",
            "2",
            "0.55",
            [("TIME", "5", "0.10"), ("TIME", "5", "0.20"), ("PARKING_TIME", "15", "0.25")],
            id="switching to different Tariff Element #1",
        ),
        pytest.param(
            "16:35",
            "35",
            "0",
            "1.30",
            [("TIME", "25", "0.50"), ("TIME", "20", "0.80")],
            id="switching to different Tariff Element #2",
        ),
        pytest.param(
            "19:40",
            "12",
            "20",
            "0.73",
            [("TIME", "12", "0.48"), ("PARKING_TIME", "15", "0.25")],
            id="switching to Free-of-Charge Tariff Element",
        ),
    ],
)


@each_version
@SWITCHING
def test_switching_to_another_tariff_element(version, start, minutes, parked, net, table):
    """In "Example Tariff" below "PriceComponent class"; the ids are the titles."""
    begun = session("0", minutes, parked, f"2026-11-23T{start}")
    found = bill(read_excluding_tax(version, *STEP_SIZES), begun)
    assert rows(found) == [row(*line, None) for line in table]
    assert_totals(found, net, None)


@each_version
@SWITCHING
def test_switching_costs_the_same_where_tax_is_not_told(
    version, start, minutes, parked, net, table
):
    """The same figures as stated, where no setting of the feed says what prices include."""
    begun = session("0", minutes, parked, f"2026-11-23T{start}")
    assert bill(read(version, *STEP_SIZES), begun).total_as_stated == Decimal(net)


def timed(charging, parking, step_size):
    return element(
        component("TIME", charging, step_size=step_size),
        component("PARKING_TIME", parking, step_size=step_size),
    )


@each_version
def test_cdr_step_size_is_not_used_when_charging_turns_into_parking(version):
    """In mod_cdrs: steps of 5 minutes, 21 of charging, 7 of parking are billed as 21 and 10."""
    listed = read_excluding_tax(version, timed(6.0, 6.0, 300))
    found = bill(listed, session("0", "21", "7"))
    assert rows(found) == [row("TIME", "21", "2.10", None), row("PARKING_TIME", "10", "1", None)]


def before_and_after_17(dimension, before, after, step_size):
    return (
        element(component(dimension, before, step_size=step_size), end_time="17:00"),
        element(component(dimension, after, step_size=step_size), start_time="17:00"),
    )


@each_version
def test_cdr_step_size_uses_the_total_energy(version):
    """In mod_cdrs: 4.3 kWh at 0.20 and 1.1 at 0.27 in steps of 500 Wh are 5.5 kWh in all."""
    listed = read_excluding_tax(version, *before_and_after_17("ENERGY", 0.20, 0.27, 500))
    found = bill(listed, profile(("60", "4.3"), ("20", "1.1"), start="2026-11-23T16:00"))
    assert rows(found) == [
        row("ENERGY", "4.3", "0.86", None),
        row("ENERGY", "1.2", "0.324", None),
    ]


@each_version
def test_cdr_step_size_uses_the_total_time(version):
    """In mod_cdrs: 6 minutes at 5 and 22 at 7 per hour in steps of 10 are 30, 24 of them at 7."""
    listed = read_excluding_tax(version, *before_and_after_17("TIME", 5.0, 7.0, 600))
    found = bill(listed, session("0", "28", start="2026-11-23T16:54"))
    assert rows(found) == [row("TIME", "6", "0.50", None), row("TIME", "24", "2.80", None)]


@each_version
def test_cdr_step_size_is_for_parking_where_both_have_a_price(version):
    """In mod_cdrs: 21 minutes at 1.00 and 16 of parking at 2.00 in steps of 10 are 41 in all."""
    listed = read_excluding_tax(version, timed(1.0, 2.0, 600))
    found = bill(listed, session("0", "21", "16"))
    assert [(dimension, minutes) for dimension, minutes, *_ in rows(found)] == [
        ("TIME", Decimal(21)),
        ("PARKING_TIME", Decimal(20)),
    ]
