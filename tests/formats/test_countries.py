"""Countries in any notation."""

import pytest

from aggregator.formats.countries import alpha_3
from tests.formats.raw_records import notes_of, raw_location, read_as_location


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("SWE", "SWE"),
        ("swe", "SWE"),
        ("RU", "RUS"),
        ("se", "SWE"),
        (" pl ", "POL"),
        ("XK", "XKK"),
        ("XKX", "XKK"),
    ],
)
def test_code_of_two_or_three_letters_is_understood_in_any_case(written, code):
    assert alpha_3(written) == code


@pytest.mark.parametrize(("written", "code"), [("UK", "GBR"), ("el", "GRC")])
def test_codes_of_the_european_union_are_understood(written, code):
    assert alpha_3(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Polska", "POL"),
        ("POLSKA", "POL"),
        ("Österreich", "AUT"),
        ("Osterreich", "AUT"),
        ("Türkiye", "TUR"),
        ("TÜRKİYE", "TUR"),
        ("Ελλάδα", "GRC"),
        ("Россия", "RUS"),
        ("Česko", "CZE"),
        ("瑞典", "SWE"),
        ("भारत", "IND"),
        ("Saint Lucia", "LCA"),
        ("united kingdom", "GBR"),
    ],
)
def test_name_is_understood_in_any_language_of_cldr(written, code):
    assert alpha_3(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Czech Republic", "CZE"),
        ("The Netherlands", "NLD"),
        ("Turkey", "TUR"),
        ("Great Britain", "GBR"),
        ("Russian Federation", "RUS"),
    ],
)
def test_usual_name_that_cldr_lacks_is_understood(written, code):
    assert alpha_3(written) == code


@pytest.mark.parametrize(
    "written",
    [
        "TRY",
        "EUR",
        "XX",
        "XXX",
        "EU",
        "ZZ",
        "ZZZ",
        "DDR",
        "S€",
        "Atlantis",
        "",
        "-",
        "x" * 81,
        None,
    ],
)
def test_what_is_no_country_is_none(written):
    assert alpha_3(written) is None


def test_name_of_a_country_is_read_without_a_note():
    location, account = read_as_location(
        raw_location(country="Polska", coordinates={"latitude": "52.23", "longitude": "21.01"})
    )
    assert location.country == "POL"
    assert not account.notes


def test_alpha_2_of_the_party_beside_another_country_does_not_move_the_site():
    # FR operator, site in Spain
    location, account = read_as_location(
        raw_location(
            country_code="FR",
            country="ESP",
            coordinates={"latitude": "40.4", "longitude": "-3.7"},
        )
    )
    assert (location.country_code, location.country) == ("FR", "ESP")
    assert not account.notes


def test_country_that_is_none_is_noted_where_the_party_does_not_tell_either():
    location, account = read_as_location(raw_location(country="TRY", country_code="ZZ"))
    assert location.country is None
    assert notes_of(account) == ["unknown_country"]
