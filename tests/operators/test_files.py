"""What an operator file may say, and what one that cannot be used is told."""

import pytest

from aggregator.errors import OperatorFileError
from aggregator.operators import load_operator

SOURCE = """
[[sources]]
url = "https://someone.example/ocpi/locations"
read_on = 2026-10-01
says = "Locations are of party SE*ABC."
"""
PARTY = 'parties = [{ country_code = "SE", party_id = "ABC" }]\n'
GOOD = f'name = "Someone"\n{PARTY}{SOURCE}'


@pytest.fixture
def message(folder):
    """Return what a file of this content is told."""

    def told(content, name="someone.toml"):
        path = folder / name
        path.write_text(content, encoding="utf-8")
        with pytest.raises(OperatorFileError) as caught:
            load_operator(path)
        text = str(caught.value)
        assert "\n" not in text
        assert text.startswith(f"{path}: ")
        return text.removeprefix(f"{path}: ")

    return told


def test_slug_is_the_name_of_the_file(folder):
    path = folder / "some_one.toml"
    path.write_text(GOOD, encoding="utf-8")
    operator = load_operator(path)
    assert (operator.slug, operator.name, operator.hub) == ("some_one", "Someone", False)
    assert [str(party) for party in operator.parties] == ["SE*ABC"]


def test_group_needs_a_source_of_its_own(message):
    told = message(f"name = 'Someone'\n[group]\nname = 'Holding'\n{SOURCE}")
    assert "key 'group.source' is missing" in told


def test_unknown_key_is_refused_by_its_name(message):
    assert message(f'colour = "blue"\n{GOOD}').startswith("unknown key 'colour': ")
    assert "unknown key 'parties.0.name'" in message(GOOD.replace('"ABC" }', '"ABC", name = "x" }'))


def test_slug_cannot_be_written_into_the_file(message):
    assert message(f'slug = "other"\n{GOOD}').startswith("unknown key 'slug': ")


def test_missing_name_and_missing_source_are_told_in_one_line(message):
    told = message("website = 'https://someone.example'\n")
    assert "key 'name' is missing" in told
    assert "key 'sources' is missing" in told


def test_at_least_one_source_is_needed(message):
    assert message('name = "Someone"\nsources = []\n').startswith("key 'sources': ")


@pytest.mark.parametrize("says", ["Nothing of a party.", "Party SE*ABCD.", "Party NOSE*ABC."])
def test_party_that_no_source_says_is_refused(message, says):
    told = message(GOOD.replace("Locations are of party SE*ABC.", says))
    assert told.startswith("no source says SE*ABC: ")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"SE"', '"se"', "parties.0.country_code"),
        ('"SE"', '"ZZ"', "parties.0.country_code"),
        ('"SE"', '"SWE"', "parties.0.country_code"),
        ('"ABC"', '"abc"', "parties.0.party_id"),
        ('"ABC"', '"ABCD"', "parties.0.party_id"),
        ('"Someone"', '""', "name"),
        ('"Someone"', '" Someone"', "name"),
        ('"Someone"', '"Some  one"', "name"),
        ('"https://someone', '"ftp://someone', "sources.0.url"),
        ('"https://someone', '"https://me:secret@someone', "sources.0.url"),
        ("2026-10-01", '"2026-10-01"', "sources.0.read_on"),
        ("2026-10-01", "2026-10-01T10:00:00Z", "sources.0.read_on"),
        ("2026-10-01", "20261001", "sources.0.read_on"),
        ('"Locations are of party SE*ABC."', '""', "sources.0.says"),
    ],
)
def test_value_that_cannot_be_is_refused_by_its_key(message, old, new, key):
    assert old in GOOD
    assert f"key '{key}': " in message(GOOD.replace(old, new))


@pytest.mark.parametrize("name", ["SomeOne.toml", "some-one.toml", "x.toml"])
def test_name_of_a_file_that_is_no_slug_is_refused(message, name):
    assert message(GOOD, name).startswith("rename the file: ")


def test_file_that_is_no_toml_is_told_its_line(message):
    told = message('name = "Someone"\nwebsite = \n')
    assert told.startswith("cannot be read as TOML: ")
    assert "line 2" in told


@pytest.mark.parametrize(
    "content",
    ["a = " + "[" * 100_000, "a = " + "9" * 5_000, "#" * 1_000_001],
    ids=["deep", "digits", "large"],
)
def test_file_that_is_too_much_is_refused_in_one_line(message, content):
    assert message(content).startswith("cannot be read as TOML: ")


def test_file_that_is_no_text_is_refused(folder):
    path = folder / "someone.toml"
    path.write_bytes(b"name = \xff")
    with pytest.raises(OperatorFileError, match="cannot be read as TOML"):
        load_operator(path)
