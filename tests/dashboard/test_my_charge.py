"""The place and the planned charge as people set them on the page."""

from tests.dashboard.test_states import html_of, names, open_page, texts


def test_presets_set_every_value(market_at_home):
    page = open_page(country="SWE")
    page.button(key="preset_night").click().run()
    assert dict(page.query_params) == {"country": "SWE", "kwh": "50", "park": "240"}
    assert "50 kWh" in texts(page)
    assert "then 240 min parked" in texts(page)
    page.button(key="preset_trip").click().run()
    assert dict(page.query_params) == {"country": "SWE"}


def test_more_energy_costs_more(market_at_home):
    page = open_page(country="SWE")
    assert "SEK\u00a0120.00" in html_of(page)  # 40 kWh at 3.00
    page.number_input(key="charge_kwh").set_value(60.0).run()
    assert page.query_params["kwh"] == "60"
    assert "SEK\u00a0180.00" in html_of(page)


def test_a_battery_is_charged_between_two_states(market_at_home):
    page = open_page(country="SWE")
    page.segmented_control(key="charge_by").set_value("soc").run()
    page.number_input(key="charge_battery").set_value(50.0).run()
    page.number_input(key="charge_to").set_value(60.0).run()
    wanted = {"country": "SWE", "battery": "50", "from": "20", "to": "60"}
    assert dict(page.query_params) == wanted
    assert "20 kWh" in texts(page)
    again = open_page(**wanted)
    assert again.number_input(key="charge_battery").value == 50


def test_a_time_is_chosen_and_kept_in_the_link(market_at_home):
    page = open_page(country="SWE", at="2026-11-24T18:00")
    assert "starting 24 Nov 2026, 18:00 local time" in texts(page)
    assert page.date_input(key="charge_day").value.isoformat() == "2026-11-24"
    page.segmented_control(key="charge_when").set_value("now").run()
    assert "at" not in page.query_params


def test_a_car_without_dc_sees_no_dc_chargers(market_at_home):
    page = open_page(country="SWE")
    page.number_input(key="charge_dc").set_value(0.0).run()
    assert names(page) == ["Weak but cheap, Göteborg"]


def test_the_only_known_prices_hide_the_others_but_count_them(market_at_home):
    page = open_page(country="SWE")
    assert "names no tariff" in texts(page)
    page.checkbox(key="known").check().run()
    assert page.query_params["known"] == "1"
    assert "names no tariff" not in texts(page)
    assert "of 16 locations" in texts(page)


def test_nothing_near_offers_a_wider_circle(market_at_home):
    page = open_page(place="se-goteborg", km="2", power="ac", kw="300")
    assert page.info[0].value.startswith("No AC in Göteborg and 2 km around.")
    page.button[-1].click().run()
    assert page.query_params["km"] == "5"


def test_another_way_to_pay_is_offered_where_it_has_prices(market_at_home):
    page = open_page(country="DEU", pay="contract")
    page.button(key="show_card").click().run()
    assert page.query_params["pay"] == "card"
    assert len(names(page)) == 5
