"""Whose contracts an EVSE takes: what is read of the list, and what is left out and noted."""

import json

import pytest

from aggregator.formats.defaults import Defaults
from aggregator.formats.service_providers import LONGEST_PROVIDER, MOST_PROVIDERS
from aggregator.formats.well_formed import read_well_formed
from tests.formats.raw_records import notes_of, raw_evse, raw_location, read_as_location


def read(listed):
    """Return the providers that are read from a list, and the account of the reading."""
    raw = raw_location(evses=[raw_evse(accepted_service_providers=listed)])
    location, account = read_as_location(raw)
    return location.evses[0].accepted_service_providers, account


def read_fast(listed):
    """Return what the fast lane reads from a list; None where it leaves the record."""
    raw = raw_location(evses=[raw_evse(accepted_service_providers=listed)])
    location = read_well_formed(json.dumps(raw).encode(), Defaults())
    return None if location is None else location.evses[0].accepted_service_providers


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        (None, ()),
        ([], ()),
        (["Plugsurfing", "Chargemap"], ("Chargemap", "Plugsurfing")),
        (["  A  B ", "A B", "", "n/a"], ("A B",)),
        (["b", "B"], ("B", "b")),
    ],
)
def test_providers_are_read_sorted_and_once_each_in_both_lanes(listed, names):
    found, account = read(listed)
    assert found == read_fast(listed) == names
    assert not account.notes


def test_another_spelling_of_the_key_is_understood_and_noted():
    raw = raw_location(evses=[raw_evse(acceptedServiceProviders=["A"])])
    location, account = read_as_location(raw)
    assert location.evses[0].accepted_service_providers == ("A",)
    assert notes_of(account) == ["key_spelling"]
    assert read_well_formed(json.dumps(raw).encode(), Defaults()) is None


def test_providers_that_are_no_list_are_noted():
    found, account = read("Plugsurfing")
    assert found == ()
    assert notes_of(account) == ["unreadable_accepted_service_providers"]


def test_an_entry_that_is_no_text_is_left_out_and_noted():
    found, account = read(["A", 5, None, {"name": "B"}])
    assert found == ("A",)
    [(kind, occurrences)] = account.notes.items()
    assert (kind.note_code, occurrences) == ("unreadable_service_provider", 2)
    assert kind.json_path == "$.data[*].evses[*].accepted_service_providers"


def test_a_name_of_200_characters_is_kept_and_a_longer_one_is_noted():
    kept, long = "x" * 200, "y" * 201
    found, account = read([kept, long])
    assert found == (kept,)
    [kind] = account.notes
    assert kind.note_code == "long_service_provider"
    assert account.examples[kind].startswith("yyy")
    assert read_fast([kept]) == (kept,)
    assert read_fast([kept, long]) is None


def test_a_thousand_providers_are_kept_and_each_further_one_is_noted():
    names = [f"{number:04}" for number in range(1_003)]
    found, account = read(names[::-1])
    assert found == tuple(names[:1_000])
    [(kind, occurrences)] = account.notes.items()
    assert (kind.note_code, occurrences) == ("many_service_providers", 3)
    assert account.examples[kind] == "1000"
    assert read_fast(names[:1_000]) == tuple(names[:1_000])
    assert read_fast(names) is None


def test_the_bounds_are_those_that_are_promised():
    assert (MOST_PROVIDERS, LONGEST_PROVIDER) == (1_000, 200)
