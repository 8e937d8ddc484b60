"""Imported layers: put there whole or not at all; a broken one costs only itself."""

import hashlib
import json
import os
from pathlib import Path

import pytest
import shapely

from aggregator.errors import RegionFileError
from aggregator.normalise.imported_regions import (
    install,
    layer_files,
    layer_name,
    manifest_of,
    remove,
)
from aggregator.normalise.region import Boundaries
from aggregator.normalise.region_check import Checked

FOLDER = Path(__file__).resolve().parents[2] / "data" / "regions"
WEST, EAST = shapely.box(11, 57, 12, 58), shapely.box(12, 57, 13, 58)
LAYER = Checked(["1", "2"], ["Väst", "Öst"], [WEST, EAST], "LAU_ID", "LAU_NAME")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "given.geojson"
    path.write_bytes(b"as given")
    return path


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "regions"


def test_manifest_says_where_a_layer_came_from(folder, source):
    manifest = install(folder, "parts", source, LAYER)
    assert manifest == manifest_of(folder / "parts.geojson")
    assert manifest.source_file == "given.geojson"
    assert manifest.sha256 == hashlib.sha256(b"as given").hexdigest()
    assert manifest.features == 2
    assert manifest.bounding_box == (11.0, 57.0, 13.0, 58.0)
    assert (manifest.id_property, manifest.name_property) == ("LAU_ID", "LAU_NAME")
    assert manifest.imported_at.endswith("+00:00")


def test_imported_layer_is_looked_up_beside_the_shipped_regions(folder, source):
    install(folder, "parts", source, LAYER)
    found = Boundaries.load(FOLDER, folder).lookup([57.7089, 57.5, 52.5], [11.9746, 12.5, 13.4])
    assert found.country.tolist() == ["SWE", "SWE", "DEU"]
    assert found.imported["parts"].codes.tolist() == ["1", "2", None]
    assert found.imported["parts"].names.tolist() == ["Väst", "Öst", None]


def test_layer_of_the_same_name_is_replaced(folder, source):
    install(folder, "parts", source, LAYER)
    install(folder, "parts", source, Checked(["9"], ["Allt"], [WEST], "id", "name"))
    assert [path.name for path in folder.iterdir()] == ["parts.geojson"]
    assert manifest_of(folder / "parts.geojson").features == 1


def test_write_that_fails_leaves_what_was_there(folder, source, monkeypatch):
    install(folder, "parts", source, LAYER)
    before = (folder / "parts.geojson").read_bytes()

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RegionFileError, match="cannot be written: No space left on device"):
        install(folder, "parts", source, Checked(["9"], ["Allt"], [WEST], "id", "name"))
    assert [path.name for path in folder.iterdir()] == ["parts.geojson"]
    assert (folder / "parts.geojson").read_bytes() == before


POINT = {"type": "Point", "coordinates": [1, 2]}


def collection(properties, geometry):
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'{"type": "FeatureCollection", "features": 3}',
        collection({"id": "1", "name": "a"}, POINT),
        collection({"id": "1", "name": "a"}, None),
        collection({"id": "1"}, json.loads(shapely.to_geojson(WEST))),
        collection({"name": "a"}, json.loads(shapely.to_geojson(WEST))),
        collection([], json.loads(shapely.to_geojson(WEST))),
        b"[" * 100_000,
    ],
)
def test_broken_layer_costs_only_itself_and_is_told(folder, source, content):
    install(folder, "parts", source, LAYER)
    (folder / "bad.geojson").write_bytes(content)
    boundaries = Boundaries.load(FOLDER, folder)
    assert set(boundaries.imported) == {"parts"}
    (fault,) = boundaries.faults
    assert "bad.geojson: left out, import it again or remove it" in fault
    assert manifest_of(folder / "bad.geojson") is None
    assert boundaries.lookup([57.7], [11.97]).country.tolist() == ["SWE"]


def test_no_folder_is_no_layer(folder):
    assert layer_files(None) == []
    assert layer_files(folder) == []
    assert Boundaries.load(FOLDER, folder).faults == ()


def test_layer_can_be_removed(folder, source):
    install(folder, "parts", source, LAYER)
    remove(folder, "parts")
    assert layer_files(folder) == []


@pytest.mark.parametrize("name", ["parts", "../parts", ""])
def test_layer_that_is_not_there_cannot_be_removed(folder, name):
    folder.mkdir(parents=True)
    (folder.parent / "parts.geojson").write_text(json.dumps({}), encoding="utf-8")
    with pytest.raises(RegionFileError, match="no imported layer"):
        remove(folder, name)
    assert (folder.parent / "parts.geojson").exists()


@pytest.mark.parametrize(
    ("file", "stated", "expected"),
    [
        ("NUTS_RG_01M_2024.geojson", None, "nuts_rg_01m_2024"),
        ("Kommuner (2026).geojson", None, "kommuner_2026"),
        ("x.geojson", "my-layer", "my-layer"),
    ],
)
def test_layer_is_named_after_its_file_unless_said(file, stated, expected):
    assert layer_name(Path(file), stated) == expected


@pytest.mark.parametrize("stated", ["../up", "a/b", "A", "a b", "-a", "x" * 41])
def test_name_that_could_lead_elsewhere_is_refused(stated):
    with pytest.raises(RegionFileError, match="cannot be the name of a layer"):
        layer_name(Path("x.geojson"), stated)
