"""`klarpris places`: what a text finds, for people and for scripts."""

import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.warehouse import open_warehouse
from tests.cli.running import ran
from tests.receiving import Receiver
from tests.records import location, tariff

HALLE = {"city": "Halle", "postal_code": "06108", "latitude": 51.48, "country": "DEU"}
IN_BELGIUM = {"postal_code": "1500", "latitude": 50.73, "longitude": 4.24, "country": "BEL"}
WITH_MARKUP = {"city": "[red]Halle[/red] \x1b[31m", "postal_code": None}


@pytest.fixture(scope="module")
def full_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    belgium = [location(f"B{n}", **HALLE | IN_BELGIUM) for n in range(2)]
    with open_warehouse(None) as warehouse:
        given = [location("L1", **HALLE), *belgium, location("L2", **WITH_MARKUP)]
        Receiver(warehouse)(given, [tariff()])
        publish(warehouse, Settings(home=home))
    return home


@pytest.fixture
def home(monkeypatch):
    """Return a function that sets the home of the commands."""
    from aggregator.config import settings  # noqa: PLC0415 - emptied before and after

    def home(folder):
        monkeypatch.setenv("KLARPRIS_HOME", str(folder))
        settings.cache_clear()

    yield home
    settings.cache_clear()


def test_the_command_has_help():
    result = ran("places", "--help")
    assert result.code == 0
    assert "Usage" in result.text


def test_a_text_finds_places_the_largest_first(home, full_home):
    home(full_home)
    result = ran("places", "hálle", "--json")
    assert result.code == 0
    found = [(row["place"], row["locations"], row["found_by"]) for row in result.data]
    assert found == [
        ("be-halle", 2, "beginning"),
        ("de-halle", 1, "beginning"),
        ("se-red-halle-red-31m", 1, "word"),
    ]


@pytest.mark.parametrize("country", ["DE", "deu"])
def test_places_of_the_country_go_first(home, full_home, country):
    home(full_home)
    rows = ran("places", "halle", "--country", country, "--limit", "1", "--json").data
    assert [row["place"] for row in rows] == ["de-halle"]


def test_people_get_a_table_without_markup_or_control_characters(home, full_home):
    home(full_home)
    text = ran("places", "halle").text
    assert "be-halle" in text
    assert "[red]Halle[/red]" in text
    assert "\x1b[31m" not in text


def test_nothing_found_is_said(home, full_home):
    home(full_home)
    result = ran("places", "Atlantis")
    assert result.code == 1
    assert "no town or postcode" in result.said
    assert ran("places", "%", "--json").data == []


@pytest.mark.parametrize("arguments", [[], ["x", "--country", "Sweden"], ["x", "--limit", "0"]])
def test_wrong_use(home, full_home, arguments):
    home(full_home)
    assert ran("places", *arguments).code == 2


def test_before_anything_is_published_a_line_says_what_to_do(home, tmp_path):
    home(tmp_path)
    result = ran("places", "halle")
    assert result.code == 1
    assert "nothing has been published yet" in result.said
