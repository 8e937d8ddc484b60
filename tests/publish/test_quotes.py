"""What a snapshot says about prices, beyond the figure that is shown first."""

from dataclasses import replace
from datetime import time
from decimal import Decimal

from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    Restrictions,
    TariffElement,
)
from tests.records import connector, evse, location, price_list, tariff

VAT = Decimal("0.25")
ENERGY = PriceComponent(Dimension.ENERGY, Decimal("4.00"), VAT)
START = PriceComponent(Dimension.FLAT, Decimal("8.00"), VAT)
PARKED = PriceComponent(Dimension.PARKING_TIME, Decimal("60.00"), VAT)
NET_AND_GROSS = (
    "select price_excl_vat_per_kwh, price_incl_vat_per_kwh, "
    "start_fee_excl_vat, start_fee_incl_vat, "
    "parking_price_excl_vat_per_minute, parking_price_incl_vat_per_minute from mart.quote"
)
TOTALS = (
    "select session_code, total, total_excl_vat, total_incl_vat from mart.session_total order by 1"
)


def of(*elements, basis=PriceBasis.NET):
    return tariff(price_list=price_list(price_basis=basis, elements=elements))


def test_prices_stand_without_and_with_tax(published):
    rows = published(NET_AND_GROSS, [location()], [of(TariffElement((ENERGY, START, PARKED)))])
    assert rows == [tuple(map(Decimal, ("4", "5", "8", "10", "1", "1.25")))]
    gross = of(TariffElement((ENERGY, START, PARKED)), basis=PriceBasis.GROSS)
    rows = published(NET_AND_GROSS, [location()], [gross])
    assert rows == [tuple(map(Decimal, ("3.2", "4", "6.4", "8", "0.8", "1")))]


def test_what_is_not_known_without_tax_is_null_and_not_the_price_with_it(published):
    bare = replace(ENERGY, vat_rate=None)
    unknown = of(TariffElement((bare,)), basis=PriceBasis.UNKNOWN)
    query = (
        "select price_per_kwh, price_excl_vat_per_kwh, price_incl_vat_per_kwh, offer.tax_basis "
        "from mart.offer as offer join mart.quote using (quote_no)"
    )
    assert published(query, [location()], [unknown]) == [(Decimal(4), None, None, "unknown")]
    included = of(TariffElement((bare,)), basis=PriceBasis.GROSS)
    assert published(query, [location()], [included]) == [(Decimal(4), None, Decimal(4), "gross")]
    net = of(TariffElement((bare,)))
    assert published(query, [location()], [net]) == [(Decimal(4), Decimal(4), None, "net")]


def test_every_session_has_its_totals(published):
    # Net: 20, 30, 40 kWh at 4 and 8 to start; parked 120 min at 1 after ac, 30 min after idle.
    expected = {
        "ac": 20 * 4 + 8 + 120,
        "dc": 30 * 4 + 8,
        "hpc": 40 * 4 + 8,
        "idle": 40 * 4 + 8 + 30,
    }
    rows = published(TOTALS, [location()], [of(TariffElement((ENERGY, START, PARKED)))])
    assert rows == [
        (code, Decimal(net) * 5 / 4, Decimal(net), Decimal(net) * 5 / 4)
        for code, net in expected.items()
    ]


def test_effective_prices_are_totals_by_energy_and_by_minutes(published):
    query = (
        "select session_code, effective_price_per_kwh, effective_price_per_minute "
        "from mart.session_total where session_code in ('dc', 'idle') order by 1"
    )
    rows = published(query, [location()], [of(TariffElement((ENERGY, START, PARKED)))])
    assert rows == [
        ("dc", Decimal("5.333333"), Decimal("4.000000")),  # 160 by 30 kWh and by 40 min
        ("idle", Decimal("6.187500"), Decimal("4.500000")),  # 247.50 by 40 kWh and by 55 min
    ]
    offer = "select effective_price_per_kwh, session_idle_total from mart.offer"
    again = published(offer, [location()], [of(TariffElement((ENERGY, START, PARKED)))])
    assert again == [(Decimal("5.250000"), Decimal("247.5000"))]  # the charger has 150 kW: hpc


def test_cheapest_and_dearest_hours_stand_where_time_changes_the_price(published):
    query = (
        "select cheapest_hour, cheapest_hour_total, dearest_hour, dearest_hour_total "
        "from mart.quote"
    )
    night = TariffElement((replace(ENERGY, price=Decimal("2.00")),), Restrictions(end_time=time(6)))
    rows = published(query, [location()], [of(night, TariffElement((ENERGY,)))])
    assert rows == [(0, Decimal(100), 6, Decimal(200))]
    rows = published(query, [location()], [of(TariffElement((ENERGY,)))])
    assert rows == [(None, None, None, None)]


def test_the_users_own_sessions_are_priced_too(published, settings):
    settings.own_sessions_path.write_text(
        "code,energy_kwh,charging_minutes,parking_minutes,start_weekday,start_time\n"
        "night,10,60,0,SUNDAY,02:00\n"
    )
    totals = "select total from mart.session_total where session_code = 'night'"
    assert published(totals, [location()], [of(TariffElement((ENERGY,)))]) == [(Decimal(50),)]
    sessions = "select energy_kwh, start_weekday from mart.session where session_code = 'night'"
    assert published(sessions, [location()], [tariff()]) == [(Decimal(10), "SUNDAY")]


def test_equal_lists_are_priced_once_however_many_tariffs_name_them(published):
    tariffs = [tariff(f"T{number}") for number in range(5)]
    bays = [
        evse(f"E{number}", connectors=(connector(tariff_ids=(f"T{number}",)),))
        for number in range(5)
    ]
    query = "select count(*), count(distinct quote_no) from mart.offer where state = 'priced'"
    ((offers, quotes),) = published(query, [location(evses=tuple(bays))], tariffs)
    assert offers == 5
    assert quotes == 1


def test_an_absurd_price_in_one_hour_costs_only_its_own_tariff(published):
    mad = replace(ENERGY, price=Decimal(9_999_999_999_999))
    night = TariffElement((mad,), Restrictions(start_time=time(3), end_time=time(4)))
    rows = published(
        "select tariff_id, state, state_reason from mart.offer order by 1",
        [location(), location("L2", evses=(evse(connectors=(connector(tariff_ids=("T2",)),)),))],
        [of(night, TariffElement((ENERGY,))), tariff("T2")],
    )
    assert rows == [("T1", "not_computable", "absurd_price"), ("T2", "priced", None)]


def test_a_rate_of_vat_beyond_all_bounds_is_absurd(published):
    mad = replace(ENERGY, vat_rate=Decimal("1E20"))
    rows = published(
        "select state_reason from mart.offer", [location()], [of(TariffElement((mad,)))]
    )
    assert rows == [("absurd_price",)]


def test_hours_stand_in_the_tax_of_the_quote_or_not_at_all(published):
    night = TariffElement(
        (replace(ENERGY, price=Decimal("2.00"), vat_rate=None),), Restrictions(end_time=time(6))
    )
    query = "select tax_basis, dearest_hour_total from mart.quote"
    assert published(query, [location()], [of(night, TariffElement((ENERGY,)))]) == [
        ("gross", None)
    ]
