"""What is found by what people type: accents, beginnings, postcodes, typing errors, and attacks."""

import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.queries import Reader
from aggregator.store.warehouse import open_warehouse
from tests.receiving import Receiver
from tests.records import location, tariff

TOWNS = [
    # name, country, latitude, longitude, postcode, locations
    ("Göteborg", "SWE", 57.70, 11.97, "411 38", 4),
    ("Stockholm", "SWE", 59.33, 18.07, "114 55", 3),
    ("Halle (Saale)", "DEU", 51.48, 11.97, "06108", 2),
    ("Halle", "BEL", 50.73, 4.24, "1500", 3),
    ("Köln", "DEU", 50.94, 6.96, "50667", 3),
    ("Großenhain", "DEU", 51.29, 13.53, "01558", 1),
    ("Bad Homburg", "DEU", 50.23, 8.62, "61348", 1),
    ("Homburg", "DEU", 49.32, 7.34, "66424", 1),
    ("Aarhus", "DNK", 56.16, 10.20, "8000", 2),
    ("Rīga", "LVA", 56.95, 24.11, "LV-1010", 1),
    ("London", "GBR", 51.50, -0.14, "SW1A 1AA", 1),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    with open_warehouse(None) as warehouse:
        Receiver(warehouse)([one for town in TOWNS for one in chargers(*town)], [tariff()])
        yield Reader(publish(warehouse, Settings(home=tmp_path_factory.mktemp("home"))))


def chargers(city, country, latitude, longitude, postal_code, number):
    told = {"city": city, "country": country, "postal_code": postal_code, "longitude": longitude}
    return [location(f"{city}{n}", latitude=latitude + n / 1000, **told) for n in range(number)]


@pytest.fixture
def found(reader):
    """Return a function that returns the codes of what a text finds."""

    def found(text, *asked):
        return [row["place"] for row in reader.places_named(text, *asked)]

    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(
            (text, "se-goteborg")
            for text in ("Göteborg", "goteborg", "GÖTEBORG", "  göte ", "Goete")
        ),
        *((text, "de-koln") for text in ("Köln", "koln", "Koeln", "KÖ")),
        *((text, "de-grossenhain") for text in ("Großen", "grossenhain", "GROSSENHAIN")),
        *((text, "dk-aarhus") for text in ("Århus", "aarhus", "arhu")),
        *((text, "lv-riga") for text in ("Riga", "rīga")),
    ],
)
def test_a_town_is_found_however_it_is_typed(found, text, expected):
    assert found(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, "se-11455") for text in ("114 55", "11455", "SE-114 55", "114 5")),
        *((text, "lv-1010") for text in ("LV-1010", "1010", "lv 1010")),
        *((text, "gb-sw1a1aa") for text in ("SW1A 1AA", "sw1a1a", "SW1")),
    ],
)
def test_a_postcode_is_found_with_and_without_blanks_and_country(found, text, expected):
    assert found(text) == [expected]


def test_names_that_begin_so_stand_before_those_with_a_later_word(reader):
    rows = reader.places_named("homburg")
    assert [(row["place"], row["found_by"]) for row in rows] == [
        ("de-homburg", "beginning"),
        ("de-bad-homburg", "word"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gotebrog", "se-goteborg"),  # swapped
        ("Götborg", "se-goteborg"),  # missing
        ("Xöteborg", "se-goteborg"),  # wrong, at the beginning
        ("Stockholmn", "se-stockholm"),  # too many
        ("Stokhlom", "se-stockholm"),  # two errors
        ("Kolm", "de-koln"),
    ],
)
def test_a_town_is_found_with_a_small_typing_error(reader, text, expected):
    (row,) = reader.places_named(text)
    assert (row["place"], row["found_by"]) == (expected, "spelling")


@pytest.mark.parametrize("text", ["Kox", "Goxxxorg", "11456", "Paris"])
def test_what_is_another_word_or_number_finds_nothing(found, text):
    assert found(text) == []


def test_of_one_name_in_two_countries_the_larger_stands_first(found):
    assert found("halle") == ["be-halle", "de-halle-saale"]


def test_of_one_name_in_two_countries_that_of_the_country_stands_first(found):
    assert found("halle", "DEU") == ["de-halle-saale", "be-halle"]


def test_no_more_are_found_than_asked_for(found):
    assert found("halle", None, 1) == ["be-halle"]
    assert found("halle", None, 0) == found("halle", None, -5) == []
    assert len(found("halle", None, 10**30)) == 2


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "%", "_", "%_%", "'", "' or 1=1 --", "$key", "\\", "*", "\x00", "\ud800"),
        *("a" * 10_000, "ä" * 10_000, "ﷺ" * 10_000, "\u202e\u200f", "1" * 10_000, "🔌"),
        *("x'); drop table mart.place; --", "(" * 10_000, "\n" * 10_000),
    ],
)
def test_hostile_input_finds_nothing_and_harms_nothing(found, text):
    assert found(text) == []
    assert found("Göteborg") == ["se-goteborg"]


def test_signs_that_nobody_sees_hide_nothing(reader):
    (row,) = reader.places_named("\u202eGöte\u200fborg\u2069")
    assert (row["place"], row["found_by"]) == ("se-goteborg", "beginning")


def test_a_place_is_told_by_its_code(reader):
    row = reader.place("se-stockholm")
    assert row == {
        "place": "se-stockholm",
        "kind": "city",
        "name": "Stockholm",
        "country": "SWE",
        "region_1": "SE-AB",
        "region_1_name": "Stockholm",
        "latitude": pytest.approx(59.331),
        "longitude": 18.07,
        "radius_km": 1.0,
        "locations": 3,
        "priced_locations": 3,
    }


@pytest.mark.parametrize(
    "code", ["", "se", "se-nowhere", "SE-STOCKHOLM'--", "%", "\ud800", "\x00", "x" * 10_000]
)
def test_a_code_that_is_none_finds_nothing(reader, code):
    assert reader.place(code) is None


def test_the_largest_towns_are_those_with_most_locations(reader):
    rows = reader.largest_places(limit=4)
    assert [row["name"] for row in rows] == ["Göteborg", "Halle", "Köln", "Stockholm"]
    assert [row["place"] for row in reader.largest_places("DEU", 2)] == [
        "de-koln",
        "de-halle-saale",
    ]
    assert reader.largest_places("XXX", 2) == []


def test_where_there_are_no_places_nothing_is_found(warehouse, receive, tmp_path):
    receive([], [tariff()])
    reader = Reader(publish(warehouse, Settings(home=tmp_path)))
    assert reader.places_named("Göteborg") == []
    assert reader.place("se-goteborg") is None
    assert reader.largest_places("SWE", 5) == []
