"""A link to a station means the same station in every snapshot, whatever its ids hold."""

from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.choosing.station_link import key_of, station_href, station_id


def row_of(*parts):
    return dict(zip(("feed", "country_code", "party_id", "location_id"), parts, strict=True))


@pytest.mark.parametrize(
    "location",
    ["LOC1", "a~b", "100%", "%7E", "ö é", "a/b?c=d&e#f", "<script>", "\u202eevil", "+1 2", '"'],
)
def test_an_id_gives_back_the_four_ids(location):
    assert key_of(station_id(row_of("se_abc", "SE", "ABC", location))) == (
        "se_abc",
        "SE",
        "ABC",
        location,
    )


def test_different_locations_have_different_ids():
    one = station_id(row_of("a", "b~c", "d", "e"))
    other = station_id(row_of("a~b", "c", "d", "e"))
    assert one != other


def test_an_id_needs_nothing_but_what_urls_allow():
    said = station_id(row_of("se_abc", "SE", "ABC", "Å <1>&\"'*"))
    assert said == "se_abc~SE~ABC~%C3%85%20%3C1%3E%26%22%27%2A"


@pytest.mark.parametrize(
    "wrong",
    ["", "~~~", "a~b~c", "a~b~c~d~e", "a~b~c~", "a~b~c~%FF", "a~b~c~%00", "a~b~c~" + "x" * 2000],
)
def test_what_is_no_id_has_no_key(wrong):
    assert key_of(wrong) is None


def test_an_address_holds_the_id_and_the_choice():
    row = row_of("se_abc", "SE", "ABC", "a&b")
    link = urlsplit(station_href(row, {"kwh": "30", "pay": "card"}))
    found = parse_qs(link.query)
    assert link.path == "/station"
    assert key_of(found["id"][0]) == ("se_abc", "SE", "ABC", "a&b")
    assert (found["kwh"], found["pay"]) == (["30"], ["card"])
