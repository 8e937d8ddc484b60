"""Towns and postcodes of a snapshot: spellings are one, namesakes are not, garbage is none."""

import duckdb
import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.queries import Reader
from tests.records import location, tariff

DEGREE_KM = 111.195  # of a meridian: 6371.0088 km x pi / 180


@pytest.fixture
def published(receive, warehouse, tmp_path):
    """Return a function that loads locations of a feed, publishes and returns a reader."""

    def published(*locations, feed="f"):
        receive(list(locations), [tariff()], feed=feed)
        return Reader(publish(warehouse, Settings(home=tmp_path)))

    return published


def at(city, latitude=57.7, longitude=11.97, **values):
    """Return a location in a town; its id is made of all that is said about it."""
    told = {"city": city, "latitude": latitude, "longitude": longitude, "postal_code": None}
    told |= values
    return location("-".join(str(value) for value in told.values()), **told)


def codes(rows):
    return {row["place"] for row in rows}


def towns(reader, country=None):
    return reader.largest_places(country, 1000)


def test_a_town_is_one_place_however_it_is_spelled(published):
    reader = published(
        at("Göteborg", 57.70),
        at("Göteborg", 57.71),
        at("GÖTEBORG"),
        at("goteborg"),
        at("Goeteborg"),
    )
    (town,) = towns(reader)
    assert town["place"] == "se-goteborg"
    assert town["name"] == "Göteborg"
    assert (town["locations"], town["country"], town["region_1"]) == (5, "SWE", "SE-O")
    assert town["region_1_name"] == "Västra Götaland"


def test_of_equally_frequent_names_the_one_in_small_letters_is_shown(published):
    (town,) = towns(published(at("BORÅS"), at("Borås")))
    assert town["name"] == "Borås"


def test_the_centre_is_the_median_and_the_circle_holds_nine_of_ten(published):
    latitudes = [57.70 + n / 100 for n in range(9)]
    (town,) = towns(published(*(at("Göteborg", one) for one in latitudes), at("Göteborg", 57.95)))
    assert town["latitude"] == pytest.approx(57.745)
    assert town["longitude"] == 11.97
    # nine lie within 0.045 degrees, the tenth 0.205 degrees away
    assert town["radius_km"] == pytest.approx(5.1)
    assert 0.045 * DEGREE_KM <= town["radius_km"] < 0.045 * DEGREE_KM + 0.1


def test_the_circle_of_a_single_location_has_a_kilometre(published):
    (town,) = towns(published(at("Göteborg")))
    assert town["radius_km"] == 1


def test_locations_without_a_price_are_counted_apart(published):
    reader = published(at("Göteborg"), at("Göteborg", 57.71, evses=()))
    (town,) = towns(reader)
    assert (town["locations"], town["priced_locations"]) == (2, 1)


def test_postcodes_are_one_with_and_without_blanks(published):
    reader = published(
        at(None, postal_code="114 55"),
        at(None, postal_code="11455"),
        at(None, postal_code="SE-11455"),
    )
    place = reader.place("se-11455")
    assert (place["kind"], place["locations"]) == ("postal_code", 3)


def test_garbage_is_no_place(published):
    names = [None, "", " ", "-", "n/a", "N.A.", "12345", "?", "å" * 81, "null"]
    numbers = [None, "", "-", "n/a", "00000", "0", "1" * 13]
    garbage = [at(name, postal_code=code) for name in names for code in numbers]
    reader = published(at("Göteborg"), at(None, postal_code="114 55"), *garbage)
    assert places_of(reader).keys() == {"se-goteborg", "se-11455"}


def test_a_location_without_a_position_is_in_no_place(published):
    reader = published(at("Göteborg", None, None))
    assert reader.snapshot.rows["place"] == 0


def test_one_name_in_two_countries_is_two_places(published):
    reader = published(
        at("Halle", 51.48, 11.97, country="DEU"), at("Halle", 50.73, 4.24, country="BEL")
    )
    assert codes(towns(reader)) == {"de-halle", "be-halle"}
    assert codes(towns(reader, "BEL")) == {"be-halle"}


def test_namesakes_far_apart_are_two_places_and_the_larger_has_the_plain_code(published):
    # Neustadt in Bavaria and in Saxony, some 270 km apart
    bavaria = [at("Neustadt", 49.58 + n / 100, 10.61, country="DEU") for n in range(2)]
    reader = published(*bavaria, at("Neustadt", 51.02, 14.21, country="DEU"))
    assert codes(towns(reader)) == {"de-neustadt", "de-neustadt-sn"}
    assert reader.place("de-neustadt")["latitude"] == pytest.approx(49.585)
    assert reader.place("de-neustadt-sn")["latitude"] == 51.02


@pytest.mark.parametrize(("apart_km", "expected"), [(29.9, 1), (30.1, 2)])
def test_namesakes_are_told_apart_from_thirty_kilometres_on(published, apart_km, expected):
    reader = published(at("Nybro", 57.0, 15.0), at("Nybro", 57.0 + apart_km / DEGREE_KM, 15.0))
    assert len(towns(reader)) == expected


def test_a_town_is_one_place_along_a_row_of_chargers(published):
    row = [at("Nybro", 57.0 + n * 25 / DEGREE_KM, 15.0) for n in range(4)]
    assert codes(towns(published(*row))) == {"se-nybro"}


def test_namesakes_in_one_region_are_told_by_their_cells(published):
    first, second = at("Berg", 63.05, 14.35), at("Berg", 62.40, 13.60)
    reader = published(at("Berg", 58.48, 15.53), at("Berg", 58.49, 15.53), first, second)
    assert codes(towns(reader)) == {"se-berg", "se-berg-n630e0143", "se-berg-n624e0136"}


def test_codes_are_the_same_when_more_is_known(published):
    bavaria = [at("Neustadt", 49.58 + n / 100, 10.61, country="DEU") for n in range(3)]
    saxony = at("Neustadt", 51.02, 14.21, country="DEU", postal_code="01844")
    known = (*bavaria, saxony, at("Göteborg"), at("Αθήνα", 37.98, 23.73, country="GRC"))
    before = places_of(published(*known))
    more = (
        at("Neustadt", 51.03, 14.20, country="DEU"),
        at("GÖTEBORG", 57.72),
        at("Goeteborg", 57.73),
        at("Borås", 57.72, 12.94),
    )
    after = places_of(published(*more, feed="g"))
    assert len(before) == 5
    assert after.keys() - before.keys() == {"se-boras"}
    for code, (kind, latitude) in before.items():
        assert after[code] == (kind, pytest.approx(latitude, abs=0.02))


def places_of(reader):
    """Return kind and latitude of all places by code; what the whole table has, each once."""
    with duckdb.connect(str(reader.snapshot.path), read_only=True) as connection:
        rows = connection.execute("select place, kind, latitude from mart.place").fetchall()
    found = {code: (kind, latitude) for code, kind, latitude in rows}
    assert len(found) == len(rows)
    return found
