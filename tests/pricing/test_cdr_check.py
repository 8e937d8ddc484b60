"""An operator's own bill beside what its periods and tariffs give; amounts worked out by hand."""

from datetime import UTC
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from aggregator.formats.cdrs import read_cdrs
from aggregator.pricing.bill import BillWarning
from aggregator.pricing.cdr_check import Side, check, needs_zone
from aggregator.pricing.lines import Context
from aggregator.pricing.refusal import NotComputable
from tests.invoices.raw_cdrs import (
    ABSENT,
    raw_cdr,
    raw_component,
    raw_period,
    raw_tariff,
    restricted,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FIXED, ENERGY, HOURS = raw_component("FLAT", 1), raw_component(), raw_component("TIME", 6)
PARKING = raw_component("PARKING_TIME", 3)


def checked(*periods, zone=UTC, **changes):
    (cdr,) = read_cdrs(raw_cdr(*periods, **changes))
    return check(cdr, zone)


def one_bill(*periods, **changes):
    (found,) = checked(*periods, **changes).bills
    return found.bill


def told(found, name, side=Side.NET):
    (one,) = [c for c in found.comparisons if c.name == name and c.side is side]
    return one


def test_a_cdr_that_is_right_agrees_in_every_figure():
    # 10 kWh at 0.50 are 5.00, with 20 % tax 6.00.
    found = checked(
        total_energy_cost={"excl_vat": 5, "incl_vat": 6}, total_time_cost={"excl_vat": 0}
    )
    assert found.agrees
    assert [(c.name, c.side.value, c.agrees) for c in found.comparisons] == [
        ("total_cost", "net", True),
        ("total_cost", "gross", True),
        ("total_energy_cost", "net", True),
        ("total_energy_cost", "gross", True),
        ("total_time_cost", "net", True),
        ("total_energy", "quantity", True),
        ("total_time", "quantity", True),
    ]
    assert (found.changed_inside, found.without_tariff) == ((), ())


def test_a_figure_that_differs_says_by_how_much():
    found = checked(total_cost={"excl_vat": 5.02, "incl_vat": 5.9})
    assert not found.agrees
    assert told(found, "total_cost").difference == Decimal("0.02")
    assert told(found, "total_cost", Side.GROSS).difference == Decimal("-0.1")


def test_every_part_of_the_cost_is_compared_on_its_own():
    # Fee 1; 10 kWh at 0.50; one hour at 6; half an hour parked at 3; half an hour reserved at 4.
    elements = [
        restricted(raw_component("TIME", 4), reservation="RESERVATION"),
        {"price_components": [FIXED, ENERGY, HOURS, PARKING]},
    ]
    found = checked(
        raw_period("09:30", RESERVATION_TIME=0.5),
        raw_period("10:00", ENERGY=10, TIME=1),
        raw_period("11:00", PARKING_TIME=0.5),
        tariffs=[raw_tariff(elements=elements)],
        total_cost={"excl_vat": "15.50", "incl_vat": "18.60"},
        total_fixed_cost={"excl_vat": 1, "incl_vat": "1.2"},
        total_energy_cost={"excl_vat": 5, "incl_vat": 6},
        total_time_cost={"excl_vat": 6, "incl_vat": "7.2"},
        total_parking_cost={"excl_vat": 1.5, "incl_vat": "1.8"},
        total_reservation_cost={"excl_vat": 2, "incl_vat": "2.4"},
        total_time=1.5,
        total_parking_time=0.5,
    )
    assert found.agrees, found.comparisons
    assert len(found.comparisons) == 6 * 2 + 3
    assert all(one.difference == 0 for one in found.comparisons)


def test_ruling_5_energy_and_time_are_rounded_up_to_their_steps():
    # 10.1 kWh in steps of 500 Wh are 10.5 at 0.50: 5.25. 61 minutes in steps of 5 are 65, at 6 an
    # hour 6.50. Together 11.75, with 20 % tax 14.10.
    tariff = raw_tariff(raw_component(step_size=500), raw_component("TIME", 6, step_size=300))
    bill = one_bill(raw_period(ENERGY=10.1, TIME="1.016666666666666667"), tariffs=[tariff])
    assert [line.billed_quantity for line in bill.lines] == [
        Decimal("10.5"),
        pytest.approx(Decimal(65) / 60),
    ]
    assert (bill.total_net, bill.total_gross) == (Decimal("11.75"), Decimal("14.10"))


def test_ruling_5_only_the_parking_is_rounded_where_any_is_priced():
    # OCPI's own example: 21 minutes at 1 an hour, 16 parked at 2 an hour in steps of 10 minutes:
    # 0.35 + 20/60 x 2 = 1.0166..
    tariff = raw_tariff(
        raw_component("TIME", 1, step_size=600), raw_component("PARKING_TIME", 2, step_size=600)
    )
    bill = one_bill(raw_period(TIME=0.35, PARKING_TIME="0.266666667"), tariffs=[tariff])
    assert bill.total_net == Decimal("1.02")


def test_each_of_several_tariffs_is_billed_by_itself_steps_included():
    # 1.1 kWh in steps of 1 kWh are 2, at 0.50: 1.00. 2.2 are 3, at 1.00 in steps of 1 kWh: 3.00.
    # The fee of 1 stands in the second only. Billed as one, 3.3 kWh would be 4.
    day = raw_tariff(raw_component(step_size=1000))
    night = raw_tariff(raw_component(price=1, step_size=1000), FIXED, id="T2")
    found = checked(
        raw_period("10:00", "t1", ENERGY=0.6),
        raw_period("10:20", "T2", ENERGY=2.2),
        raw_period("10:40", "T1", ENERGY=0.5),
        tariffs=[night, day],
        total_cost={"excl_vat": 5, "incl_vat": 6},
        total_energy=3.3,
        total_time=ABSENT,
    )
    assert [one.tariff_id for one in found.bills] == ["T1", "T2"]
    assert [one.bill.total_net for one in found.bills] == [1, 4]
    assert found.agrees


@pytest.mark.parametrize(
    ("period", "code", "said"),
    [
        (raw_period(tariff_id="T9", ENERGY=1), "tariff_unknown", "period 1 names tariff 'T9'"),
        (raw_period(ENERGY=1), "tariff_unknown", "no charging period names one of its tariffs"),
    ],
)
def test_a_cdr_that_does_not_say_which_tariff_applies_is_not_priced(period, code, said):
    with pytest.raises(NotComputable, match=said) as refusal:
        checked(period, tariffs=[raw_tariff(), raw_tariff(id="T2")])
    assert refusal.value.reason_code == code


def test_an_unknown_tariff_is_not_replaced_by_the_only_one():
    with pytest.raises(NotComputable, match="names tariff 'T9', which is not there"):
        checked(raw_period(tariff_id="T9", ENERGY=10))


def test_the_only_tariff_applies_where_no_period_names_one():
    assert checked(raw_period(ENERGY=5), raw_period("11:00", ENERGY=5)).bills[0].bill.total_net == 5


def test_a_period_without_a_tariff_costs_nothing_where_others_name_theirs():
    # OCPI, ChargingPeriod: "If not provided, no Tariff is relevant during this period."
    found = checked(raw_period(tariff_id="T1", ENERGY=4), raw_period("11:00", ENERGY=6))
    assert found.bills[0].bill.total_net == Decimal(2)
    assert found.without_tariff == (2,)


def test_a_cdr_without_a_tariff_is_not_priced():
    with pytest.raises(NotComputable, match="holds no tariff"):
        checked(tariffs=[])


def test_two_tariffs_of_one_id_are_one_when_they_are_alike():
    assert checked(tariffs=[raw_tariff(), raw_tariff(id="t1")]).agrees
    with pytest.raises(NotComputable, match="two tariffs that differ have the id 'T1'"):
        checked(tariffs=[raw_tariff(), raw_tariff(FIXED)])


def test_a_tariff_in_another_currency_is_not_compared():
    with pytest.raises(NotComputable, match="tariff 'T1' is in SEK, the CDR in EUR"):
        checked(tariffs=[raw_tariff(currency="SEK")])


def test_a_tariff_that_cannot_be_priced_is_refused():
    with pytest.raises(NotComputable, match="below zero"):
        checked(tariffs=[raw_tariff(raw_component(price=-1))])


RESERVED = [
    restricted(raw_component("TIME", 4), reservation="RESERVATION"),
    restricted(raw_component("FLAT", 9), reservation="RESERVATION_EXPIRES"),
    {"price_components": [ENERGY, FIXED]},
]


def test_ruling_7_a_reservation_that_was_used_owes_its_time():
    # 0.5 h at 4 = 2, 10 kWh at 0.50 = 5, the session's fee 1.
    bill = one_bill(
        raw_period("09:30", RESERVATION_TIME=0.5),
        raw_period(ENERGY=10, TIME=1),
        tariffs=[raw_tariff(elements=RESERVED)],
    )
    assert bill.total_net == 8
    assert [line.context for line in bill.lines].count(Context.RESERVATION) == 1


def test_ruling_7_a_reservation_that_expired_owes_its_fee_and_no_session():
    # 9 for having expired, its time by the fallback at 4 an hour: 2. No fee of a session.
    bill = one_bill(
        raw_period("09:30", RESERVATION_TIME=0.5), tariffs=[raw_tariff(elements=RESERVED)]
    )
    assert bill.total_net == 11
    assert {line.context for line in bill.lines} == {Context.RESERVATION}


def test_a_reservation_of_nothing_in_each_period_owes_no_fee():
    fee = restricted(raw_component("FLAT", 9), reservation="RESERVATION")
    listed = [raw_tariff(elements=[fee, {"price_components": [ENERGY]}])]
    assert one_bill(raw_period(ENERGY=10, RESERVATION_TIME=0), tariffs=listed).total_net == 5


@pytest.mark.parametrize(
    ("volumes", "net", "warned"),
    [
        ({"MAX_CURRENT": 32}, "10.00", False),  # 32 is not below 32: the faster price, 1.00
        ({"MAX_CURRENT": 31}, "5.00", False),
        ({"MIN_CURRENT": 16}, "5.00", False),
        ({}, "10.00", True),  # unknown is not below 32
    ],
)
def test_ruling_11_a_price_by_current(volumes, net, warned):
    elements = [restricted(ENERGY, max_current=32), {"price_components": [raw_component(price=1)]}]
    listed = [raw_tariff(elements=elements)]
    bill = one_bill(raw_period(ENERGY=10, TIME=1, **volumes), tariffs=listed)
    assert bill.total_net == Decimal(net)
    assert (BillWarning.CURRENT_UNKNOWN in bill.warnings) is warned


@pytest.mark.parametrize(
    ("volumes", "net", "warned"),
    [
        ({"TIME": 1}, "5.00", False),  # 10 kW on average: below 11
        ({"TIME": 1, "MAX_POWER": 11}, "10.00", False),
        ({}, "10.00", True),
    ],
)
def test_ruling_11_a_price_by_power(volumes, net, warned):
    elements = [restricted(ENERGY, max_power=11), {"price_components": [raw_component(price=1)]}]
    bill = one_bill(raw_period(ENERGY=10, **volumes), tariffs=[raw_tariff(elements=elements)])
    assert bill.total_net == Decimal(net)
    assert (BillWarning.POWER_UNKNOWN in bill.warnings) is warned


EVENING = [
    restricted(raw_component(price=1), start_time="18:00"),
    {"price_components": [ENERGY]},
]


def test_ruling_2_a_period_is_priced_as_it_was_cut_with_a_warning():
    # 15:30 UTC is 17:30 in Stockholm: the price of 17:30 holds for all of it, 18:00 is inside.
    found = checked(
        raw_period("15:30", ENERGY=10, TIME=1),
        zone=STOCKHOLM,
        end_date_time="2026-06-02T16:30:00Z",
        tariffs=[raw_tariff(elements=EVENING)],
    )
    assert found.changed_inside == (1,)
    assert found.bills[0].bill.warnings == (BillWarning.CHANGE_INSIDE_PERIOD,)
    assert found.agrees


def test_ruling_2_a_period_that_is_cut_where_the_price_changes_is_fine():
    # 5 kWh at 0.50 before 18:00 local, 5 at 1.00 after it.
    found = checked(
        raw_period("15:30", ENERGY=5, TIME=0.5),
        raw_period("16:00", ENERGY=5, TIME=0.5),
        zone=STOCKHOLM,
        end_date_time="2026-06-02T16:30:00Z",
        tariffs=[raw_tariff(elements=EVENING)],
        total_cost={"excl_vat": 7.5, "incl_vat": 9},
    )
    assert (found.changed_inside, found.agrees) == ((), True)


@pytest.mark.parametrize(
    ("restrictions", "volumes", "changed"),
    [
        ({"max_kwh": 4}, {"ENERGY": 10, "TIME": 1}, (1,)),
        ({"max_kwh": 10}, {"ENERGY": 10, "TIME": 1}, ()),
        ({"max_duration": 3600}, {"ENERGY": 10, "TIME": 1}, (1,)),  # the period lasts to 12:00
        ({"max_duration": 3600}, {"TIME": 1}, ()),  # no energy, whose price alone changes
        ({"min_duration": 7200}, {"ENERGY": 10, "TIME": 1}, ()),
    ],
)
def test_a_change_counts_where_it_prices_what_was_measured(restrictions, volumes, changed):
    elements = [restricted(raw_component(price=1), **restrictions), {"price_components": [ENERGY]}]
    found = checked(raw_period(**volumes), tariffs=[raw_tariff(elements=elements)])
    assert found.changed_inside == changed


@pytest.mark.parametrize(("window", "changed"), [("11:00", (2,)), ("12:00", ())])
def test_a_change_inside_parking_is_seen(window, changed):
    elements = [restricted(PARKING, start_time="10:30", end_time=window)]
    found = checked(
        raw_period(ENERGY=10, TIME=0.5),
        raw_period("10:30", PARKING_TIME=1.5),
        tariffs=[raw_tariff(elements=[*elements, {"price_components": [ENERGY]}])],
    )
    assert found.changed_inside == changed


def test_a_change_inside_a_reservation_is_seen():
    hour = restricted(raw_component("TIME", 4), reservation="RESERVATION", min_duration=900)
    elements = [hour, {"price_components": [ENERGY]}]
    found = checked(
        raw_period("09:30", RESERVATION_TIME=0.5),
        raw_period(ENERGY=10, TIME=1),
        tariffs=[raw_tariff(elements=elements)],
    )
    assert found.changed_inside == (1,)
    assert found.agrees  # as it was cut: at its start nothing is charged for it


def test_parking_and_charging_in_one_period_are_both_charged():
    # 10 x 0.50 + 1 x 6 + 0.5 x 3 = 12.50
    tariff = raw_tariff(ENERGY, HOURS, PARKING)
    assert one_bill(
        raw_period(ENERGY=10, TIME=1, PARKING_TIME=0.5), tariffs=[tariff]
    ).total_net == Decimal("12.50")


def test_time_that_was_not_measured_is_not_charged():
    assert one_bill(raw_period(ENERGY=10), tariffs=[raw_tariff(ENERGY, HOURS)]).total_net == 5


def test_a_session_of_nothing_owes_its_fee():
    assert one_bill(raw_period(), tariffs=[raw_tariff(FIXED)]).total_net == 1


@pytest.mark.parametrize(
    ("currency", "stated", "computed"),
    # 10 kWh at 0.0505 are 0.505: 1 yen, 0.505 dinars, 0.51 euros.
    [
        ("JPY", "1", "1"),
        ("KWD", "0.505", "0.505"),
        ("EUR", "0.505", "0.51"),
        ("EUR", "0.51", "0.51"),
    ],
)
def test_ruling_10_amounts_have_the_digits_of_their_currency(currency, stated, computed):
    tariff = raw_tariff(raw_component(price="0.0505"), currency=currency)
    found = checked(currency=currency, tariffs=[tariff], total_cost={"excl_vat": stated})
    assert str(told(found, "total_cost").computed) == computed
    assert found.agrees


@pytest.mark.parametrize(
    ("limits", "net", "gross"),
    [
        ({"min_price": {"excl_vat": 8, "incl_vat": 9.6}}, "8", "9.6"),
        ({"max_price": {"excl_vat": 3, "incl_vat": 3.6}}, "3", "3.6"),
    ],
)
def test_ruling_8_limits_hold_for_the_total_not_for_its_parts(limits, net, gross):
    found = checked(
        tariffs=[raw_tariff(**limits)],
        total_cost={"excl_vat": net, "incl_vat": gross},
        total_energy_cost={"excl_vat": 5, "incl_vat": 6},
    )
    assert found.agrees


def test_a_credit_cdr_agrees_when_it_gives_back_what_was_owed():
    amounts = {"excl_vat": -5, "incl_vat": -6}
    assert checked(credit=True, total_cost=amounts, total_energy_cost={"excl_vat": 5}).agrees
    assert not checked(credit=True, total_cost={"excl_vat": 5}).agrees
    assert not checked(total_cost=amounts).agrees


def test_a_total_that_cannot_be_compared_is_no_agreement():
    # Only the amount with tax is stated, and the tariff names no rate: it cannot be told.
    tariff = raw_tariff(raw_component(vat=ABSENT))
    found = checked(tariffs=[tariff], total_cost={"incl_vat": 6})
    assert told(found, "total_cost", Side.GROSS).agrees is None
    assert told(found, "total_cost", Side.GROSS).difference is None
    assert not found.agrees


def test_one_side_of_the_total_is_enough():
    tariff = raw_tariff(raw_component(vat=ABSENT))
    assert checked(tariffs=[tariff], total_cost={"excl_vat": 5, "incl_vat": 6}).agrees
    assert checked(total_cost=5).agrees


def test_a_total_that_states_no_amount_cannot_be_compared():
    found = checked(total_cost={})
    assert told(found, "total_cost").agrees is None
    assert not found.agrees


def test_quantities_that_no_period_measures_cannot_be_compared():
    found = checked(raw_period(), total_parking_time=0.5)
    stated = [told(found, name, Side.QUANTITY) for name in ("total_energy", "total_time")]
    assert [one.agrees for one in stated] == [None, None]


def test_quantities_may_differ_by_their_rounding_only():
    # Three periods of a third of an hour each stand as 0.333; the sum of 1 differs by 0.001.
    thirds = [raw_period(f"10:{minute}", ENERGY="3.333", TIME="0.333") for minute in (10, 30, 50)]
    for hours, agrees in (("1", True), ("1.001", True), ("1.002", False), ("0.996", False)):
        found = checked(*thirds, total_time=hours)
        assert told(found, "total_time", Side.QUANTITY).agrees is agrees


def test_the_clock_is_needed_where_any_tariff_looks_at_it():
    def needed(*tariffs):
        (cdr,) = read_cdrs(raw_cdr(tariffs=list(tariffs)))
        return needs_zone(cdr)

    assert not needed(raw_tariff())
    assert needed(raw_tariff(), raw_tariff(id="T2", elements=EVENING))
    assert not needed()


def test_the_example_of_a_cdr_in_the_specification():
    # OCPI 2.2.1, mod_cdrs: 1.973 hours at 2 an hour in steps of 5 minutes are 2 hours: 4.00, 4.40.
    hour = raw_component("TIME", 2, vat=10, step_size=300)
    found = checked(
        raw_period("10:00", "12", TIME=1.973),
        tariffs=[raw_tariff(hour, id="12")],
        total_cost={"excl_vat": 4, "incl_vat": 4.4},
        total_time_cost={"excl_vat": 4, "incl_vat": 4.4},
        total_energy=15.342,
        total_time=1.973,
    )
    assert found.agrees
    assert told(found, "total_energy", Side.QUANTITY).agrees is None
