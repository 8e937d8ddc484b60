"""How the borders in data/regions are built: regions fill their country, once; waters end."""

import importlib
import math
from pathlib import Path

import pytest
import shapely

FOLDER = Path(__file__).resolve().parents[2] / "data" / "regions"


@pytest.fixture
def shapes(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("shapes")


@pytest.fixture
def sources(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("sources")


def test_regions_fill_their_country_and_share_nothing(shapes):
    country = shapely.box(10, 50, 14, 52)
    west = shapely.box(9, 50.5, 11.9, 51.5)  # reaches beyond the country
    east = shapely.box(12.1, 50.5, 13.5, 51.5)
    found = shapes.filled([west, east], country)
    assert shapely.union_all(found).symmetric_difference(country).area < 1e-3
    assert found[0].intersection(found[1]).area == 0
    # The middle between 11.9 and 12.1 divides them, also north and south of both.
    for latitude in (50.2, 51.0, 51.8):
        assert found[0].contains(shapely.Point(11.95, latitude))
        assert found[1].contains(shapely.Point(12.05, latitude))


def test_overlap_goes_to_the_first_region(shapes):
    country = shapely.box(0, 0, 3, 1)
    first, second = shapes.filled([shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)], country)
    assert first.equals(shapely.box(0, 0, 2, 1))
    assert second.equals(shapely.box(2, 0, 3, 1))


def test_island_goes_to_the_nearest_region(shapes):
    island = shapely.box(3.5, 0.4, 3.7, 0.6)
    country = shapely.union_all([shapely.box(0, 0, 3, 1), island])
    regions = [shapely.box(0, 0, 1.5, 1), shapely.box(1.5, 0, 3, 1)]
    west, east = shapes.filled(regions, country)
    assert east.contains(island.centroid)
    assert not west.intersects(island)


def test_one_region_gets_everything(shapes):
    country = shapely.box(0, 0, 2, 2)
    (only,) = shapes.filled([shapely.box(0, 0, 1, 1)], country)
    assert only.symmetric_difference(country).area < 1e-6


@pytest.mark.parametrize("latitude", [0.5, 45.0, 69.0])
def test_distance_is_the_same_at_every_latitude(shapes, latitude):
    """A square's edge, 5 km farther out to the east and to the north; 3 % for the band."""
    square = shapely.box(10, latitude - 0.5, 11, latitude + 0.5)
    _, _, east, north = shapes.within_km([square], 5).bounds
    narrow = math.cos(math.radians(latitude))
    assert (east - 11) * 111.195 * narrow == pytest.approx(5, rel=0.05)
    assert (north - latitude - 0.5) * 111.195 == pytest.approx(5, rel=0.01)


def test_enclave_of_one_street_stays_open(shapes):
    around = shapely.box(0, 0, 1, 1).difference(shapely.box(0.5, 0.5, 0.501, 0.501))
    beside = shapely.box(1, 0, 2, 1)
    assert not shapes.edge_matched([around, beside])[0].contains(shapely.Point(0.5005, 0.5005))


def test_names_are_compared_without_case_accents_and_signs(sources):
    assert sources.folded("Västra Götaland") == sources.folded("VASTRA-GOTALAND")


def test_contested_parts_are_counted_to_one_country(sources):
    ukraine = {"wikidata": "Q212", "iso1A2": "UA", "iso1A3": "UKR"}
    russia = {"wikidata": "Q159", "iso1A2": "RU", "iso1A3": "RUS"}
    crimea = {"wikidata": "Q7835", "country": "RU"}
    kosovo = {"wikidata": "Q1246", "iso1A2": "XK", "iso1A3": "XKX", "isoStatus": "usrAssn"}
    canaries = {"wikidata": "Q5813", "iso1A2": "IC", "country": "ES", "isoStatus": "excRes"}
    spain = {"wikidata": "Q29", "iso1A2": "ES", "iso1A3": "ESP"}
    every = [ukraine, russia, crimea, kosovo, canaries, spain]
    codes = sources.codes_of([{"properties": one} for one in every])
    assert codes["Q7835"] == "UKR"
    assert codes["Q1246"] == "XKK"
    assert codes["Q5813"] == "ESP"
