"""EVSE ids as feeds write them, and the one way in which they can be compared."""

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.domain.country_code import is_country_code
from aggregator.domain.evse_id import WORDS, normalised_evse_id

CAPITALS_AND_DIGITS = string.ascii_uppercase + string.digits
SEPARATORS = st.sampled_from(["", "*", "-", " ", "**", " - ", "\u2013", "\u00a0"])


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("GB*CGY*E*00022", "GBCGYE00022"),
        ("NLFASE3100201", "NLFASE3100201"),
        ("BE-BEC-E041503001", "BEBECE041503001"),
        ("FRNIS*EFR13100*22RGAL1CE*0", "FRNISEFR1310022RGAL1CE0"),
        ("GB*CEV*E68de801b4ef67a75761487e8", "GBCEVE68DE801B4EF67A75761487E8"),
        ("gb*mer*e004465*01  ", "GBMERE00446501"),
        ("\tDE*ABC*E1\n", "DEABCE1"),
        ("XK*ABC*E1", "XKABCE1"),
        ("DE*8AA*E" + "1" * 31, "DE8AAE" + "1" * 31),
    ],
)
def test_id_is_written_in_capitals_and_without_separators(written, compared):
    assert normalised_evse_id(written) == compared


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("+49*810*000*438", "+49*810*000438"),
        ("+49-810-000438", "+49*810*000438"),
        (" +49 810 000 438 ", "+49*810*000438"),
        ("+46*123456*7", "+46*123456*7"),
    ],
)
def test_older_id_keeps_the_separators_that_tell_its_numbers_apart(written, compared):
    assert normalised_evse_id(written) == compared


def test_older_ids_whose_digits_alone_are_alike_stay_two():
    assert normalised_evse_id("+49*810*0438") != normalised_evse_id("+49*8100*438")


@pytest.mark.parametrize("text", ["", " ", "***", "N/A", "unknown", "none", "0", "143", "1210"])
def test_what_says_nothing_is_no_id(text):
    assert normalised_evse_id(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "DE*XXX*E0",
        "DE*XXX*E123",
        "DE*000*E123",
        "DE*ABC*E0",
        "DE*ABC*E000*0",
        "DE*ABC*EXX",
        "XX*ABC*E1",
        "+49*810*000",
        "+49*000*438",
    ],
)
def test_placeholder_is_no_id(text):
    assert normalised_evse_id(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "DE*ABC*E",  # six characters: nothing tells which outlet
        "DE*AB*E1",
        "DE*ABC*123",  # the E is missing, as on some German lists
        "TR*OTO*1034009702",
        "NL.SPI.ECO00304*1",  # a dot is no separator, and ECO a kind of device
        "VSA-E-9TOX-A",  # VS is no country
        "VSA-E-9E0X-A",
        "ZH-50500",
        "PL-97453",
        "K0025957A*4",
        "11730981*1",
        "AE5044L1GP4C000250*1",
        "DE*ABC*E" + "1" * 32,
        "DE*ABC*Eß1",
        "DE*ABC*E١",
        "+49810000438",  # which digits are the operator's, nobody can tell
        "+49*81*438",
        "+0*810*438",
        "+49*810*A1",
    ],
)
def test_what_may_stand_on_two_chargers_of_the_world_is_no_id(text):
    assert normalised_evse_id(text) is None


@pytest.mark.parametrize("text", ["Charger 1", "CHARGE-2", "Garage 12", "Device3", "Stelle 1"])
def test_word_that_begins_like_an_id_is_none(text):
    assert normalised_evse_id(text) is None


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_word_that_is_refused_would_be_taken_for_an_id(word):
    assert len(word) == 6
    assert is_country_code(word[:2])
    assert word.endswith("E")


def test_uuid_that_begins_like_an_id_is_none():
    assert normalised_evse_id("be3a1e54-75b4-431b-adb2-eb6b9e546013") is None


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(CAPITALS_AND_DIGITS + "*+- "))))
def test_normalising_twice_changes_nothing(text):
    once = normalised_evse_id(text)
    assert once is None or normalised_evse_id(once) == once


@st.composite
def characters_of_an_id(draw):
    country = draw(st.sampled_from(["SE", "DE", "GB", "NL"]))
    rest = draw(st.text(alphabet=CAPITALS_AND_DIGITS, min_size=4, max_size=34))
    return [*country, *rest[:3], "E", *rest[3:]]


@given(characters_of_an_id(), st.data())
def test_neither_separators_nor_the_case_of_letters_matter(characters, data):
    plain = "".join(characters)
    separators = data.draw(st.lists(SEPARATORS, min_size=len(plain), max_size=len(plain)))
    written = "".join(a + b for a, b in zip(plain, separators, strict=True))
    assert normalised_evse_id(written.swapcase()) == normalised_evse_id(plain)


@given(characters_of_an_id())
def test_normalised_id_is_the_id_without_separators_or_none(characters):
    plain = "".join(characters)
    assert normalised_evse_id(plain) in {plain, None}


@given(
    st.integers(1, 999), st.integers(100, 999_999), st.integers(1, 10**9), st.sampled_from("*- ")
)
def test_older_id_is_idempotent_whatever_its_separator(country, operator, outlet, separator):
    parts = (f"+{country}", str(operator), str(outlet))
    compared = normalised_evse_id(separator.join(parts))
    assert compared == "*".join(parts)
    assert normalised_evse_id(compared) == compared


def evse_ids(value):
    if isinstance(value, dict):
        if value.get("evse_id"):
            yield value["evse_id"]
        for inner in value.values():
            yield from evse_ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from evse_ids(inner)


@pytest.mark.parametrize(
    ("recording", "all_are_unique"),
    [
        ("captures/ocpi_2_1_1_locations-fastned.json", True),
        ("uk_2026_10/mfg_ev_power/locations_page1.SUBSET.json", True),
        ("uk_2026_10/chargy/locations_page1.json", True),
        ("uk_2026_10/clenergy_ev/locations_page1.json", True),
        ("captures/ocpi_2_2_1_locations-ev24.json", False),
        ("captures/ocpi_2_2_locations_powergo.json", False),
        ("lt_2025_03/ocpi_2_2_locations-lakd.lt.SUBSET.json", False),
    ],
)
def test_ids_of_real_feeds(shared_data, recording, all_are_unique):
    document = json.loads((shared_data / recording).read_text(encoding="utf-8-sig"))
    written = set(evse_ids(document))
    assert written
    found = {normalised_evse_id(one) for one in written}
    assert (None not in found and len(found) == len(written)) if all_are_unique else found == {None}
