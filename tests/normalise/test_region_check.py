"""Regions to import: what is refused, and that the line says which feature and why."""

import json

import pytest

from aggregator.errors import RegionFileError
from aggregator.normalise import region_file
from aggregator.normalise.region_check import check

SQUARE = [[12, 57], [13, 57], [13, 58], [12, 58], [12, 57]]
NEXT = [[13, 57], [14, 57], [14, 58], [13, 58], [13, 57]]


def feature(ring, **properties):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


A = feature(SQUARE, NUTS_ID="SE232", NAME_LATN="Väst")
B = feature(NEXT, NUTS_ID="SE231", NAME_LATN="Öst")


def sweden(latitudes, longitudes):
    """Return the countries of points in a world where only Sweden is: 55-70 N, 10-25 E."""
    return [
        "SWE" if 55 < latitude < 70 and 10 < longitude < 25 else None
        for latitude, longitude in zip(latitudes, longitudes, strict=True)
    ]


def everywhere(latitudes, longitudes):
    """Return Sweden where it is, and Somalia all around."""
    return [found or "SOM" for found in sweden(latitudes, longitudes)]


@pytest.fixture
def write(tmp_path):
    """Return a function that writes features, one a line, and returns the file."""

    def written(*features, **members):
        lines = ",\n".join(json.dumps(one) for one in features)
        head = "".join(f'"{key}": {json.dumps(value)}, ' for key, value in members.items())
        path = tmp_path / "areas.geojson"
        path.write_text(
            f'{{"type": "FeatureCollection", {head}"features": [\n{lines}\n]}}', encoding="utf-8"
        )
        return path

    return written


def checked(path, id_property=None, name_property=None, countries=sweden):
    return check(path, countries, id_property, name_property)


def refused(path, **options):
    with pytest.raises(RegionFileError) as caught:
        checked(path, **options)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message.removeprefix(f"{path}: ")


def with_change(original, **changes):
    return {**original, **changes}


def test_neighbours_are_fit(write):
    found = checked(write(A, B))
    assert (found.ids, found.names) == (["SE232", "SE231"], ["Väst", "Öst"])
    assert (found.id_property, found.name_property) == ("NUTS_ID", "NAME_LATN")
    assert [shape.area for shape in found.shapes] == [1.0, 1.0]


@pytest.mark.parametrize(
    ("id_key", "name_key"), [("NUTS_ID", "NAME_LATN"), ("LAU_ID", "LAU_NAME"), ("AGS", "GEN")]
)
def test_usual_properties_are_guessed(write, id_key, name_key):
    found = checked(write(feature(SQUARE, **{id_key: "1", name_key: "Väst", "other": 3})))
    assert (found.id_property, found.name_property) == (id_key, name_key)


def test_properties_can_be_named(write):
    found = checked(write(feature(SQUARE, a=7, b="Väst")), id_property="a", name_property="b")
    assert (found.ids, found.names) == (["7"], ["Väst"])


def test_unknown_properties_are_listed(write):
    said = refused(write(feature(SQUARE, a="1", name="Väst")))
    assert said == "say which property it is: --id-property; there are: a, name"


def test_file_that_is_not_there(tmp_path):
    assert "cannot be read" in refused(tmp_path / "none.geojson")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no GeoJSON: line 1"),
        (b'{"type":\n"FeatureCollection",\n"features": [}', "no GeoJSON: line 3"),
        (b"\xff\xfe{}", "not written in UTF-8"),
        (b"[]", "a FeatureCollection with features is needed"),
        (b"3", "a FeatureCollection with features is needed"),
        (b'{"type": "Topology", "objects": {}}', "a FeatureCollection with features is needed"),
        (b'{"type": "FeatureCollection", "features": []}', "0 features"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "NaN is no number"),
        (b"[" * 100_000, "no GeoJSON"),
    ],
)
def test_what_is_no_geojson_is_refused(tmp_path, content, reason):
    path = tmp_path / "file.geojson"
    path.write_bytes(content)
    assert reason in refused(path)


def test_byte_order_mark_is_no_fault(write):
    path = write(A)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert checked(path).ids == ["SE232"]


def test_too_large_a_file_is_refused(write, monkeypatch):
    monkeypatch.setattr(region_file, "LARGEST_BYTES", 100)
    assert "larger than" in refused(write(A))


def test_too_many_features_are_refused(write, monkeypatch):
    monkeypatch.setattr(region_file, "MOST_FEATURES", 1)
    assert "2 features; 1 to 1 can be imported" in refused(write(A, B))


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (3, "is no Feature"),
        (with_change(B, properties=None), "has no properties"),
        (with_change(B, geometry=None), "a polygon is needed, not nothing"),
        (
            with_change(B, geometry={"type": "Point", "coordinates": [13, 57]}),
            "a polygon is needed, not Point",
        ),
        (with_change(B, properties={"NAME_LATN": "Öst"}), "has no 'NUTS_ID'"),
        (with_change(B, properties={"NUTS_ID": "SE231"}), "has no 'NAME_LATN'"),
        (feature(NEXT, NUTS_ID="SE231", NAME_LATN="  "), "has no 'NAME_LATN'"),
        (feature(NEXT, NUTS_ID=True, NAME_LATN="Öst"), "has no 'NUTS_ID'"),
        (feature(NEXT, NUTS_ID="SE231", NAME_LATN="a\nb"), "is no text of one line"),
        (feature(NEXT, NUTS_ID="x" * 201, NAME_LATN="Öst"), "is no text of one line"),
        (feature(NEXT, NUTS_ID="SE232", NAME_LATN="Öst"), "has the id 'SE232' of feature 1"),
        (feature(NEXT[:2], NUTS_ID="SE231", NAME_LATN="Öst"), "its polygon cannot be read"),
        (feature([], NUTS_ID="SE231", NAME_LATN="Öst"), "its polygon is empty"),
        (feature("abc", NUTS_ID="SE231", NAME_LATN="Öst"), "its polygon cannot be read"),
        (
            feature([[13, 57], [14, 58], [14, 57], [13, 58], [13, 57]], NUTS_ID="1", NAME_LATN="x"),
            "its polygon is not valid: Self-intersection",
        ),
        (
            feature([[x * 3e4, y * 1e5] for x, y in NEXT], NUTS_ID="1", NAME_LATN="x"),
            "projected",
        ),
        (feature([[x + 175, y] for x, y in NEXT], NUTS_ID="1", NAME_LATN="x"), "beyond 180"),
        (feature([[y, x + 80] for x, y in NEXT], NUTS_ID="1", NAME_LATN="x"), "swapped"),
        (
            feature([[x - 0.1, y] for x, y in NEXT], NUTS_ID="1", NAME_LATN="x"),
            "overlaps feature 1 (Väst)",
        ),
        (feature(SQUARE, NUTS_ID="1", NAME_LATN="x"), "overlaps feature 1 (Väst)"),
    ],
)
def test_bad_feature_is_named_with_its_line(write, bad, reason):
    said = refused(write(A, bad))
    assert said.startswith("feature 2 (line 3): ")
    assert reason in said


def test_sliver_between_neighbours_is_no_fault(write):
    closer = feature([[x - 0.0005, y] for x, y in NEXT], NUTS_ID="SE231", NAME_LATN="Öst")
    assert len(checked(write(A, closer)).ids) == 2


def test_spike_of_no_area_is_mended(write):
    """The ring runs out to 12.5, 59 and back: not valid, but of the same area without it."""
    ring = [[12, 57], [13, 57], [13, 58], [12.5, 58], [12.5, 59], [12.5, 58], [12, 58], [12, 57]]
    (shape,) = checked(write(feature(ring, NUTS_ID="SE232", NAME_LATN="Väst"))).shapes
    assert shape.is_valid
    assert shape.area == pytest.approx(1.0)


@pytest.mark.parametrize("code", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "EPSG:4258"])
def test_degrees_are_taken(write, code):
    crs = {"type": "name", "properties": {"name": code}}
    assert checked(write(A, crs=crs)).ids == ["SE232"]


@pytest.mark.parametrize("code", ["urn:ogc:def:crs:EPSG::3035", "EPSG:3006", "EPSG:25832"])
def test_other_units_are_refused_with_what_to_do(write, code):
    said = refused(write(A, crs={"type": "name", "properties": {"name": code}}))
    assert code in said
    assert "ogr2ogr -t_srs EPSG:4326" in said


@pytest.mark.parametrize("crs", [3, {"type": "name"}, {"properties": []}, "x"])
def test_units_that_cannot_be_read_are_refused(write, crs):
    assert "not degrees of WGS 84" in refused(write(A, crs=crs))


def test_units_of_degrees_as_a_url_are_taken(write):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}}
    assert checked(write(A, crs=crs)).ids == ["SE232"]


def swapped(ring):
    return [[y, x] for x, y in ring]


def test_swapped_axes_are_noticed_where_nothing_is(write):
    said = refused(write(feature(swapped(SQUARE), NUTS_ID="1", NAME_LATN="Väst")))
    assert "latitude and longitude seem to be swapped" in said


def test_swapped_axes_are_noticed_by_the_country_that_ids_begin_with(write):
    path = write(feature(swapped(SQUARE), NUTS_ID="SE232", NAME_LATN="Väst"))
    assert "swapped" in refused(path, countries=everywhere)


def test_regions_in_no_known_country_are_taken_as_they_are(write):
    assert checked(write(feature([[0, 0], [1, 0], [1, 1], [0, 0]], id="1", name="Sea"))).ids
