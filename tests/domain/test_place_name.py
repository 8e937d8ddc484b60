"""Keys of towns and postcodes: as they are typed, whatever script they are written in."""

import pytest

from aggregator.domain.place_name import (
    ascii_code,
    match_key,
    postal_code,
    postal_key,
    search_key,
    town_name,
    with_country,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łódź", "lodz"),
        ("Tromsø", "tromso"),
        ("Næstved", "naestved"),
        ("Þorlákshöfn", "thorlakshofn"),
        ("Grobbendonk\u00ad", "grobbendonk"),
        ("Ko\u0308ln", "koln"),
        ("İzmir", "izmir"),
        ("ΑΘΉΝΑ", "αθηνα"),
        ("София", "софия".replace("и\u0306", "и")),
        ("_-_", ""),
    ],
)
def test_search_keys_forget_case_accents_and_signs(text, expected):
    assert search_key(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("Göteborg", "Goeteborg"), ("Ærø", "Aeroe"), ("Ålborg", "Aalborg"), ("Müllheim", "Muellheim")],
)
def test_both_ways_to_write_an_umlaut_have_one_key(one, other):
    assert match_key(search_key(one)) == match_key(search_key(other))


@pytest.mark.parametrize("name", ["Koeln", "Aachen", "Bauer", "Quedlinburg", "Soest", "Neuenburg"])
def test_a_beginning_of_a_name_is_a_beginning_of_its_key(name):
    key = search_key(name)
    assert all(match_key(key).startswith(match_key(key[:n])) for n in range(len(key) + 1))


@pytest.mark.parametrize("stated", [None, "", "4711", "N/A", "--", "NULL", "a" * 81, "\x00\u202e"])
def test_what_names_no_town_has_no_name(stated):
    assert town_name(stated) is None


@pytest.mark.parametrize("stated", [None, "", "0000", "7", "London", "1" * 13])
def test_what_is_no_postcode_has_none(stated):
    assert postal_code(stated) is None


def test_a_postcode_keeps_letters_that_are_not_its_country():
    assert postal_key("SE1 7PB", "gb") == "se17pb"
    assert postal_key("1012 AB", "nl") == "1012ab"
    assert postal_key("F-75001", "fr") == "75001"
    assert with_country("se1") == ("", "se1")


def test_codes_are_ascii_and_keys_that_differ_have_different_ones():
    codes = [ascii_code("gr", key) for key in ("αθηνα", "πατρα", "patra", "nea patra")]
    assert codes[2:] == ["gr-patra", "gr-nea-patra"]
    assert len(set(codes)) == 4
    assert all(code.isascii() for code in codes)
