"""The rate that is law: only where prices are proven to be net, and the place is certain."""

from dataclasses import replace
from decimal import Decimal

import pytest

from aggregator.domain.tariff import Dimension, PriceBasis, PriceComponent, TariffElement
from tests.records import location, price_list, tariff

QUERY = (
    "select offer.price_per_kwh, offer.tax_basis, quote.vat_rate, quote.vat_source is not null "
    "from mart.offer as offer join mart.quote as quote using (quote_no)"
)
DERIVED = (Decimal("5.000000"), "derived", Decimal("0.25"), True)
NET = (Decimal("4.000000"), "net", None, False)
BARE = PriceComponent(Dimension.ENERGY, Decimal("4.00"))
FEED = """
name = "F"
source = "ocpi_pull"
ocpi_version = "2.2.1"
locations_url = "https://f.example/locations"
tariffs_url = "https://f.example/tariffs"
every = "12h"
licence = "CC0-1.0"
licence_url = "https://f.example/licence"
documentation_url = "https://f.example/docs"
verified = false
"""


@pytest.fixture
def settings(settings, tmp_path):
    """Return settings under which the feed's prices are proven to be net."""
    return with_feed(settings, tmp_path, 'prices = "net"\nprices_evidence = "seen"\n')


def with_feed(settings, tmp_path, prices):
    folder = tmp_path / "feeds"
    folder.mkdir(exist_ok=True)
    (folder / "feed_f.toml").write_text(prices + FEED)
    return settings.model_copy(update={"feeds": folder})


def without_rate(**values):
    return tariff(price_list=price_list(elements=(TariffElement((BARE,)),), **values))


def test_proven_net_prices_without_a_rate_get_the_one_that_is_law(published):
    assert published(QUERY, [location()], [without_rate()]) == [DERIVED]


def test_without_that_proof_they_stay_net(published, settings, tmp_path):
    plain = with_feed(settings, tmp_path, "")
    assert published(QUERY, [location()], [without_rate()], plain) == [NET]


def test_a_stated_rate_goes_before_the_law(published):
    stated = tariff(
        price_list=price_list(elements=(TariffElement((replace(BARE, vat_rate=Decimal("0.06")),)),))
    )
    rows = published(QUERY, [location()], [stated])
    assert rows == [(Decimal("4.240000"), "gross", None, False)]


def test_prices_that_are_not_net_are_left_alone(published):
    included = without_rate(price_basis=PriceBasis.GROSS)
    assert published(QUERY, [location()], [included]) == [
        (Decimal("4.000000"), "gross", None, False)
    ]


@pytest.mark.parametrize(
    "where",
    [
        {"latitude": None, "longitude": None},
        {"country": None},
        {"latitude": 11.97, "longitude": 57.7},  # swapped
        {"country": "XYZ"},
    ],
    ids=["no position", "no country", "position elsewhere", "no such country"],
)
def test_where_the_place_is_not_certain_nothing_is_derived(published, where):
    assert published(QUERY, [location(**where)], [without_rate()]) == [NET]


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [(28.1, -15.43, "ESP"), (32.65, -16.91, "PRT"), (60.1, 19.94, "FIN"), (42.0, 9.0, "FRA")],
    ids=["Gran Canaria", "Madeira", "Åland", "Corsica"],
)
def test_places_with_rates_of_their_own_do_not_get_their_countrys(
    published, latitude, longitude, country
):
    there = location(latitude=latitude, longitude=longitude, country=country, time_zone="UTC")
    assert published(QUERY, [there], [without_rate()]) == [NET]


def test_equal_lists_in_two_countries_are_priced_by_two_laws(published):
    here = location("L1")
    there = location("L2", latitude=60.17, longitude=24.94, country="FIN")  # 25.5 %
    query = (
        "select location_id, price_per_kwh, session_hpc_total, total_excl_vat from mart.offer "
        "join mart.session_total as total using (quote_no) where session_code = 'hpc' order by 1"
    )
    assert published(query, [here, there], [without_rate()]) == [
        ("L1", Decimal("5.000000"), Decimal("200.0000"), Decimal("160.0000")),
        ("L2", Decimal("5.020000"), Decimal("200.8000"), Decimal("160.0000")),
    ]


@pytest.mark.parametrize("price", ["0", "4.00"], ids=["free", "priced with its own rate"])
def test_nothing_is_derived_where_no_charge_lacks_a_rate(published, price):
    stated = replace(BARE, price=Decimal(price), vat_rate=Decimal("0.06"))
    nothing = PriceComponent(Dimension.FLAT, Decimal(0))
    listed = tariff(price_list=price_list(elements=(TariffElement((stated, nothing)),)))
    ((_, basis, rate, has_source),) = published(QUERY, [location()], [listed])
    assert (basis, rate, has_source) == ("gross", None, False)
