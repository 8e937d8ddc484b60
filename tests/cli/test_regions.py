"""`klarpris regions`: import, list, check, remove, as people run it."""

import json

import pytest

from tests.cli.running import ran

GIVEN = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"LAU_ID": "1480", "LAU_NAME": "Göteborg"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[11.8, 57.6], [12.2, 57.6], [12.2, 57.8], [11.8, 57.8], [11.8, 57.6]]
                ],
            },
        }
    ],
}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    from aggregator.config import settings  # noqa: PLC0415 - emptied before and after

    settings.cache_clear()
    monkeypatch.setenv("KLARPRIS_HOME", str(tmp_path / "home"))
    yield tmp_path / "home"
    settings.cache_clear()


@pytest.fixture
def given(tmp_path):
    path = tmp_path / "lau_2024.geojson"
    path.write_text(json.dumps(GIVEN), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", [[], ["list"], ["import"], ["remove"], ["check"]])
def test_every_command_has_help(command):
    result = ran("regions", *command, "--help")
    assert result.code == 0
    assert "Usage" in result.text


def test_import_says_what_was_read(given, home):
    result = ran("regions", "import", given)
    assert result.code == 0, result.said
    assert result.text.strip() == (
        "lau_2024: 1 regions, ids from 'LAU_ID', names from 'LAU_NAME', "
        "latitude 57.600 to 57.800, longitude 11.800 to 12.200"
    )
    assert (home / "regions" / "lau_2024.geojson").is_file()


def test_import_for_scripts(given):
    row = ran("regions", "import", given, "--name", "kommuner", "--json").data
    assert (row["layer"], row["regions"]) == ("kommuner", 1)
    assert row["bounding_box"] == [11.8, 57.6, 12.2, 57.8]
    assert (row["id_property"], row["name_property"]) == ("LAU_ID", "LAU_NAME")


def test_refused_import_changes_nothing(given, home):
    ran("regions", "import", given)
    before = (home / "regions" / "lau_2024.geojson").read_bytes()
    given.write_text(json.dumps(GIVEN)[:-1], encoding="utf-8")
    result = ran("regions", "import", given)
    assert result.code == 1
    assert "no GeoJSON: line 1" in result.said
    assert [path.name for path in (home / "regions").iterdir()] == ["lau_2024.geojson"]
    assert (home / "regions" / "lau_2024.geojson").read_bytes() == before


def test_swapped_axes_are_refused(given):
    swapped = json.loads(json.dumps(GIVEN))
    geometry = swapped["features"][0]["geometry"]
    geometry["coordinates"] = [[[y, x] for x, y in geometry["coordinates"][0]]]
    given.write_text(json.dumps(swapped), encoding="utf-8")
    result = ran("regions", "import", given)
    assert result.code == 1
    assert "latitude and longitude seem to be swapped" in result.said


def test_properties_that_are_named_but_missing_are_said(given):
    result = ran("regions", "import", given, "--id-property", "KOD")
    assert result.code == 1
    assert "feature 1 (line 1): has no 'KOD'" in result.said


def test_position_is_told_with_imported_layers(given):
    ran("regions", "import", given)
    result = ran("regions", "check", "57.7089", "11.9746")
    assert result.code == 0
    assert result.text.strip() == ("SWE, Västra Götaland (SE-O, county); lau_2024: Göteborg (1480)")


def test_position_for_scripts(given):
    ran("regions", "import", given)
    assert ran("regions", "check", "52.52", "13.405", "--json").data == {
        "country": "DEU",
        "region_1": "DE-BE",
        "region_1_name": "Berlin",
        "level": "state",
        "near": False,
        "imported": {"lau_2024": {"id": None, "name": None}},
    }


def test_position_south_and_west_needs_no_special_signs():
    assert ran("regions", "check", "36.1408", "-5.3536").text.strip() == "GIB"
    assert ran("regions", "check", "-20.88", "55.45").text.strip() == "REU"


def test_position_at_sea_is_nowhere():
    result = ran("regions", "check", "0", "-30")
    assert result.code == 1
    assert result.text.strip() == "In no country, and within 5 km of none."


def test_list_has_shipped_and_imported_regions(given):
    ran("regions", "import", given)
    rows = {row["layer"]: row for row in ran("regions", "list", "--json").data}
    assert rows["SWE"]["level"] == "county"
    assert rows["SWE"]["regions"] == 21
    assert rows["DEU"]["regions"] == 16
    assert rows["lau_2024"]["source"] == "lau_2024.geojson"
    assert "lau_2024" in ran("regions", "list").text


def test_broken_layer_is_told_and_the_others_stay(given, home):
    ran("regions", "import", given)
    (home / "regions" / "bad.geojson").write_text("{", encoding="utf-8")
    result = ran("regions", "list", "--json")
    assert result.code == 1
    assert "bad.geojson: left out" in result.said
    assert {"lau_2024", "SWE"} <= {row["layer"] for row in result.data}
    assert ran("regions", "check", "57.7089", "11.9746").code == 0


def test_layer_can_be_removed_once(given):
    ran("regions", "import", given)
    assert ran("regions", "remove", "lau_2024").code == 0
    result = ran("regions", "remove", "lau_2024")
    assert result.code == 1
    assert "no imported layer 'lau_2024'" in result.said


def test_broken_layer_can_be_removed(home):
    (home / "regions").mkdir(parents=True)
    (home / "regions" / "bad.geojson").write_text("{", encoding="utf-8")
    assert ran("regions", "remove", "bad").code == 0
    assert ran("regions", "list").code == 0


@pytest.mark.parametrize("arguments", [["check", "a", "b"], ["check", "1"], ["import"], ["remove"]])
def test_wrong_use(arguments):
    assert ran("regions", *arguments).code == 2
