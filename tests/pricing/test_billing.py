"""Step sizes and flat fees (rulings 4, 5 and 6), in the words of OCPI 2.2.1's own examples."""

from datetime import UTC, datetime, time
from decimal import Decimal

from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceList,
    Reservation,
    TariffElement,
)
from aggregator.pricing.bill import Bill, BillWarning, bill
from tests.pricing.price_lists import element


def energy(price: str, step_size_wh: int = 1) -> PriceComponent:
    return PriceComponent(Dimension.ENERGY, Decimal(price), step_size_wh=step_size_wh)


def hourly(dimension: Dimension, price: str, step_size_seconds: int = 1) -> PriceComponent:
    return PriceComponent(dimension, Decimal(price), step_size_seconds=step_size_seconds)


def charging(price: str, step_size_seconds: int = 1) -> PriceComponent:
    return hourly(Dimension.TIME, price, step_size_seconds)


def parking(price: str, step_size_seconds: int = 1) -> PriceComponent:
    return hourly(Dimension.PARKING_TIME, price, step_size_seconds)


def flat(price: str) -> PriceComponent:
    return PriceComponent(Dimension.FLAT, Decimal(price))


def billed(
    *elements: TariffElement,
    start: str = "09:00",
    kwh: str = "0",
    charging_minutes: str = "0",
    parking_minutes: str = "0",
) -> Bill:
    session = ChargingSession(
        datetime.combine(datetime(2026, 11, 24, tzinfo=UTC), time.fromisoformat(start), UTC),
        Decimal(kwh),
        Decimal(charging_minutes),
        Decimal(parking_minutes),
    )
    return bill(PriceList("EUR", PriceBasis.NET, elements), session)


def quantities(found: Bill) -> list[tuple[str, int, Decimal, Decimal]]:
    return [
        (line.dimension.value, line.element_number, line.quantity, line.billed_quantity)
        for line in found.lines
    ]


def test_ruling_5_energy_is_billed_in_steps_of_wh():
    # 115.2 Wh in steps of 25 Wh are 125 Wh: 0.125 kWh x 0.25 = 0.03125.
    found = billed(element(energy("0.25", 25)), kwh="0.1152", charging_minutes="6")
    assert quantities(found) == [("ENERGY", 1, Decimal("0.1152"), Decimal("0.125"))]
    assert found.lines[0].net == Decimal("0.03125")


def test_ruling_5_an_exact_multiple_stays_and_no_step_means_no_rounding():
    exact = billed(element(energy("0.25", 500)), kwh="1.5", charging_minutes="6")
    without = billed(element(energy("0.25", 0)), kwh="1.2345678", charging_minutes="6")
    assert exact.lines[0].billed_quantity == Decimal("1.5")
    assert without.lines[0].billed_quantity == Decimal("1.2345678")


def test_ruling_5_energy_is_rounded_once_on_the_total_at_the_last_price():
    # 4.3 kWh in 43 minutes before 17:00, 1.1 kWh in 11 after: 5.4 -> 5.5, the 0.1 kWh at 0.27.
    # 4.3 x 0.20 + 1.2 x 0.27 = 0.86 + 0.324 = 1.184.
    found = billed(
        element(energy("0.20", 500), end_time=time(17)),
        element(energy("0.27", 500)),
        start="16:17",
        kwh="5.4",
        charging_minutes="54",
    )
    assert quantities(found) == [
        ("ENERGY", 1, Decimal("4.3"), Decimal("4.3")),
        ("ENERGY", 2, Decimal("1.1"), Decimal("1.2")),
    ]
    assert found.total_net == Decimal("1.18")


def test_ruling_5_the_step_of_an_earlier_price_is_not_used():
    found = billed(
        element(energy("0.20", 1000), max_kwh=Decimal("0.5")),
        element(energy("0.27", 0)),
        kwh="0.9",
        charging_minutes="9",
    )
    assert [line.billed_quantity for line in found.lines] == [Decimal("0.5"), Decimal("0.4")]


def test_ruling_5_the_surplus_goes_to_the_price_that_is_used_last_not_to_the_last_in_the_list():
    # 23:50-00:20 in hours: element 2 before midnight, element 1 after; 30 min -> 60 min.
    found = billed(
        element(charging("1", 3600), end_time=time(7)),
        element(charging("2", 3600)),
        start="23:45",
        charging_minutes="30",
    )
    assert quantities(found) == [
        ("TIME", 2, Decimal("0.25"), Decimal("0.25")),
        ("TIME", 1, Decimal("0.25"), Decimal("0.75")),
    ]
    assert found.total_net == Decimal("1.25")


def test_ruling_5_time_is_rounded_once_on_the_total():
    # 6 minutes at 5/h, 22 at 7/h, steps of 10: 30 in all, so 24 at 7/h: 0.5 + 2.8 = 3.30.
    found = billed(
        element(charging("5", 600), end_time=time(17)),
        element(charging("7", 600)),
        start="16:54",
        charging_minutes="28",
    )
    assert [line.billed_quantity * 60 for line in found.lines] == [6, 24]
    assert found.total_net == Decimal("3.30")


def test_ruling_5_with_priced_parking_only_the_parking_is_rounded():
    # 21 minutes at 1/h stay 21: 0.35; 16 minutes at 2/h become 20: 0.666..; 1.0166.. in all.
    found = billed(
        element(charging("1", 600), parking("2", 600)), charging_minutes="21", parking_minutes="16"
    )
    assert [line.quantity * 60 for line in found.lines] == [21, 16]
    assert found.lines[0].billed_quantity * 60 == 21
    assert found.lines[1].billed_quantity.quantize(Decimal("0.0001")) == Decimal("0.3333")
    assert found.total_net == Decimal("1.02")


def test_ruling_5_parking_without_a_price_leaves_the_charging_rounded():
    found = billed(element(charging("1", 600)), charging_minutes="21", parking_minutes="16")
    assert quantities(found) == [("TIME", 1, Decimal("0.35"), Decimal("0.5"))]


def test_ruling_5_volume_without_a_price_does_not_count_towards_a_step():
    # Only 8 minutes of parking before 20:00 have a price: 15 minutes, not 30.
    found = billed(
        element(parking("1", 900), end_time=time(20)), start="19:52", parking_minutes="20"
    )
    assert [line.billed_quantity for line in found.lines] == [Decimal("0.25")]


def test_ruling_5_a_price_of_0_is_a_price():
    # 5 kWh free of charge and 1.2 at 0.25: 6.2 -> 7 kWh, so 2 kWh at 0.25.
    found = billed(
        element(energy("0", 1000), max_kwh=Decimal(5)),
        element(energy("0.25", 1000)),
        kwh="6.2",
        charging_minutes="62",
    )
    assert found.total_net == Decimal("0.50")


def test_ruling_4_durations_count_from_the_start_of_the_session_with_parking():
    # Parking begins after 60 minutes, its price after 90: 30 of 60 minutes at 4/h.
    found = billed(
        element(parking("4"), min_duration_seconds=5400),
        charging_minutes="60",
        parking_minutes="60",
    )
    assert quantities(found) == [("PARKING_TIME", 1, Decimal("0.5"), Decimal("0.5"))]


def test_ruling_6_a_flat_fee_is_owed_once_though_its_element_matches_again():
    # Monday to Sunday, 22-02: matches from 22:00, not from 02:00, again the next evening.
    found = billed(
        element(flat("3"), start_time=time(22), end_time=time(2)),
        start="23:00",
        parking_minutes="1440",
    )
    assert found.total_net == Decimal("3.00")
    assert found.warnings == ()


def test_ruling_6_a_flat_fee_is_owed_at_the_first_moment_it_matches_even_late():
    late = element(flat("16.667"), min_duration_seconds=8100)
    assert billed(late, charging_minutes="120", parking_minutes="120").total_net == Decimal("16.67")
    assert billed(late, charging_minutes="120", parking_minutes="15").total_net == Decimal("0.00")


def test_ruling_6_a_later_higher_flat_fee_is_left_out_with_a_warning():
    found = billed(
        element(flat("16"), min_duration_seconds=3600),
        element(flat("1")),
        charging_minutes="120",
    )
    assert found.total_net == Decimal("1.00")
    assert found.warnings == (BillWarning.FLAT_FEE_LEFT_OUT,)


def test_ruling_6_a_session_without_any_duration_still_owes_the_flat_fee():
    assert billed(element(flat("0.5"), energy("1"))).total_net == Decimal("0.50")


def test_ruling_7_a_reservation_fee_is_not_part_of_a_session():
    found = billed(
        element(flat("2"), charging("5"), reservation=Reservation.RESERVATION),
        element(flat("0.5")),
        charging_minutes="60",
    )
    assert quantities(found) == [("FLAT", 2, Decimal(1), Decimal(1))]


def test_ruling_2_energy_is_linear_between_the_cuts_and_sums_exactly():
    # 20 kWh in 70 minutes, cut after 10 and 40: thirds of sevenths, yet 20 kWh are 20 kWh.
    found = billed(
        element(energy("0.1", 1000), max_duration_seconds=600),
        element(energy("0.2", 1000), max_duration_seconds=2400),
        element(energy("0.3", 1000)),
        kwh="20",
        charging_minutes="70",
    )
    # 20/7 x 0.1 + 60/7 x 0.2 + 60/7 x 0.3 = 32/7 = 4.571...
    assert found.total_net == Decimal("4.57")
    assert sum(line.billed_quantity for line in found.lines) == Decimal(20)


def test_ruling_2_a_kwh_threshold_cuts_the_time_as_well():
    # 30 kWh in 60 minutes; after 10 kWh, that is 20 minutes, time costs 6/h: 40 minutes, 4.00.
    found = billed(element(charging("6"), min_kwh=Decimal(10)), kwh="30", charging_minutes="60")
    assert found.total_net == Decimal("4.00")


def test_ruling_2_energy_without_charging_time_still_passes_its_thresholds():
    found = billed(element(energy("0"), max_kwh=Decimal(1)), element(energy("0.2")), kwh="20")
    assert found.total_net == Decimal("3.80")
