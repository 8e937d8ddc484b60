"""Positions that are swapped, lack their sign or are none, against the country's boxes."""

import pytest

from aggregator.formats.coordinates import placed
from aggregator.formats.countries import alpha_3
from aggregator.formats.country_boxes import boxes_of, is_inside
from tests.formats.raw_records import ABSENT, notes_of, raw_location, read_as_location


def located(latitude, longitude, country, **changes):
    coordinates = {"latitude": latitude, "longitude": longitude}
    return read_as_location(raw_location(coordinates=coordinates, country=country, **changes))


@pytest.mark.parametrize(
    ("name", "latitude", "longitude", "country"),
    [
        ("Lerwick", 60.155, -1.145, "GBR"),
        ("Lowestoft", 52.48, 1.755, "GBR"),
        ("Douglas, written GBR", 54.15, -4.48, "GBR"),
        ("Douglas", 54.15, -4.48, "IMN"),
        ("Saint Helier", 49.18, -2.1, "JEY"),
        ("Saint Peter Port", 49.455, -2.535, "GGY"),
        ("Longyearbyen", 78.22, 15.65, "NOR"),
        ("Saint-Denis, Reunion", -20.88, 55.45, "FRA"),
        ("Cayenne", 4.92, -52.31, "FRA"),
        ("Kralendijk", 12.15, -68.27, "NLD"),
        ("Las Palmas", 28.12, -15.43, "ESP"),
        ("Funchal", 32.65, -16.91, "PRT"),
        ("Nuuk", 64.18, -51.72, "DNK"),
        ("Anchorage", 61.22, -149.9, "USA"),
        ("Vladivostok", 43.12, 131.89, "RUS"),
        ("Anadyr", 64.73, 177.51, "RUS"),
        ("Castries", 14.01, -60.99, "LCA"),
        ("Kuala Lumpur", 3.14, 101.69, "MYS"),
        ("Haifa", 32.8, 34.99, "ISR"),
        ("Simferopol", 44.95, 34.1, "UKR"),
        ("Suva", -18.14, 178.44, "FJI"),
    ],
)
def test_position_in_its_country_is_kept_as_published(name, latitude, longitude, country):
    assert placed(latitude, longitude, country) == (latitude, longitude, None), name


EUROPE = (
    "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT "
    "LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM TR UA VA XK"
)


def test_every_country_of_europe_has_boxes():
    for code in EUROPE.split():
        assert boxes_of(alpha_3(code)), code


def test_swapped_coordinates_are_put_right_where_the_country_proves_it():
    # Clenergy, "UBI 98"
    location, account = located("-1.5491", "53.8008", "GBR")
    assert (location.latitude, location.longitude) == (53.8008, -1.5491)
    [kind] = account.notes
    assert (kind.note_code, kind.json_path) == ("swapped_coordinates", "$.data[*].coordinates")
    assert account.examples[kind] == '{"latitude": "-1.5491", "longitude": "53.8008"}'


def test_swapped_coordinates_beyond_90_degrees_are_put_right_too():
    location, account = located("151.2093", "-33.8688", "AUS")
    assert (location.latitude, location.longitude) == (-33.8688, 151.2093)
    assert notes_of(account) == ["swapped_coordinates"]


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [("Crewe", 53.099, 2.4405), ("Leeds", 53.8008, 1.5491), ("Truro", 50.26, 5.05)],
)
def test_missing_minus_sign_is_put_right_where_the_country_proves_it(name, latitude, longitude):
    location, account = located(latitude, longitude, "GBR")
    assert (location.latitude, location.longitude) == (latitude, -longitude), name
    assert notes_of(account) == ["sign_of_coordinates"]


def test_missing_minus_sign_of_the_latitude_is_put_right():
    location, account = located(33.8688, 151.2093, "AUS")
    assert (location.latitude, location.longitude) == (-33.8688, 151.2093)
    assert notes_of(account) == ["sign_of_coordinates"]


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [("Castries, written GBR", 14.01, -60.99), ("Toronto, written GBR", 43.65, -79.38)],
)
def test_position_outside_its_country_is_kept_and_noted(name, latitude, longitude):
    location, account = located(latitude, longitude, "GBR")
    assert (location.latitude, location.longitude) == (latitude, longitude), name
    assert location.country == "GBR"
    assert notes_of(account) == ["position_outside_country"]


def test_party_in_another_country_does_not_tell_where_a_site_without_country_is():
    # greems: the operator is Israeli, the site is in Montreal
    location, account = located(45.5, -73.57, ABSENT, country_code="IL")
    assert location.country is None
    assert (location.latitude, location.longitude) == (45.5, -73.57)
    assert notes_of(account) == ["unknown_country", "position_outside_country"]


def test_position_of_a_site_in_an_unknown_country_is_kept():
    location, account = located("1.5", "53.8", None, country_code="ZZ")
    assert (location.latitude, location.longitude) == (1.5, 53.8)
    assert not account.notes


def test_country_without_boxes_proves_nothing():
    assert placed(-80.0, 10.0, "ATA") == (-80.0, 10.0, None)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("0", "0"), ("41.01", "41.01"), (41, "41.0"), ("90", "12"), (-90, 0)],
)
def test_coordinates_that_are_no_place_are_left_out_and_noted(latitude, longitude):
    location, account = located(latitude, longitude, "TUR")
    assert (location.latitude, location.longitude) == (None, None)
    assert notes_of(account) == ["implausible_coordinates"]


def test_decimal_comma_of_degrees_is_never_one_of_thousands():
    location, account = located("57,706", "11,967", "SWE")
    assert (location.latitude, location.longitude) == (57.706, 11.967)
    assert not account.notes


def test_table_of_boxes_is_sound():
    for country in ("SWE", "GBR", "FRA", "RUS", "USA"):
        for south, west, north, east in boxes_of(country):
            assert -90 <= south < north <= 90
            assert -180 <= west < east <= 180


def test_border_of_a_box_belongs_to_it():
    assert is_inside(1.0, 2.0, ((1.0, 2.0, 3.0, 4.0),))
    assert not is_inside(0.9, 2.0, ((1.0, 2.0, 3.0, 4.0),))
