"""No point lies in two regions of a level; points on borders go to the lower id, always."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.normalise.boundaries import BROKEN, NOWHERE, Layer, read_layer

FOLDER = Path(__file__).resolve().parents[2] / "data" / "regions"
SQUARES = {  # a | b, and c below both
    "b": shapely.box(1, 0, 2, 1),
    "a": shapely.box(0, 0, 1, 1),
    "c": shapely.box(0, -1, 2, 0),
}
LAYER = Layer.of(list(SQUARES), [{} for _ in SQUARES], list(SQUARES.values()))
coordinates = st.integers(-12, 22).map(lambda tenths: tenths / 10)


def one(longitude, latitude):
    at = LAYER.find(np.array([longitude]), np.array([latitude]))[0]
    return None if at == NOWHERE else LAYER.ids[at]


def test_layer_is_sorted_by_id():
    assert LAYER.ids == ("a", "b", "c")


@pytest.mark.parametrize(
    ("longitude", "latitude", "expected"),
    [
        (0.5, 0.5, "a"),
        (1.5, 0.5, "b"),
        (1.0, 0.5, "a"),  # between a and b
        (1.5, 0.0, "b"),  # between b and c
        (1.0, 0.0, "a"),  # the corner of all three
        (2.0, 0.5, "b"),  # the outer edge belongs to the region
        (2.1, 0.5, None),
    ],
)
def test_point_on_a_border_belongs_to_the_lower_id(longitude, latitude, expected):
    assert one(longitude, latitude) == expected


@given(coordinates, coordinates)
def test_point_belongs_to_the_first_of_the_regions_that_touch_it(longitude, latitude):
    point = shapely.Point(longitude, latitude)
    touching = sorted(name for name, box in SQUARES.items() if box.intersects(point))
    assert one(longitude, latitude) == (touching[0] if touching else None)


@given(st.permutations(sorted(SQUARES)), coordinates, coordinates)
def test_order_in_the_file_changes_nothing(order, longitude, latitude):
    other = Layer.of(order, [{} for _ in order], [SQUARES[name] for name in order])
    here = np.array([longitude]), np.array([latitude])
    assert other.find(*here).tolist() == LAYER.find(*here).tolist()


@pytest.fixture(scope="module")
def areas():
    return read_layer(FOLDER / "areas.geojson", "code")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_shipped_regions_share_no_ground(areas, seed):
    """Of random points of Europe and random points on borders, none lies inside two regions."""
    chance = np.random.default_rng(seed)
    shape = areas._shapes[chance.integers(len(areas.ids))]
    on_border = chance.choice(shapely.get_coordinates(shape), 50)
    anywhere = np.column_stack([chance.uniform(-11, 32, 200), chance.uniform(35, 71, 200)])
    x, y = np.vstack([on_border, anywhere]).T
    tree = shapely.STRtree(shapely.points(x, y))
    # Deeper inside than the grid on which the borders are written: 0.0001 degrees.
    inside = tree.query(areas._shapes, predicate="contains_properly")[1]
    twice = np.flatnonzero(np.bincount(inside, minlength=len(x)) > 1)
    for point in twice:
        touching = tree.geometries[point].buffer(2e-4)
        held_by = areas._shapes[shapely.STRtree(areas._shapes).query(touching, "intersects")]
        assert not any(shape.contains(touching) for shape in held_by), (x[point], y[point])
    found = areas.find(x, y)
    assert found.tolist() == areas.find(x, y).tolist()


def test_shipped_shapes_are_valid(areas):
    assert len(areas.ids) > 1000
    assert shapely.is_valid(areas._shapes).all()


@pytest.mark.parametrize("geometry", [None, {"type": "Point", "coordinates": [1, 2]}])
def test_feature_without_a_polygon_is_refused(tmp_path, geometry):
    feature = {"type": "Feature", "properties": {"id": "1"}, "geometry": geometry}
    path = tmp_path / "one.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(BROKEN, match=r"no polygon|null"):
        read_layer(path, "id")


def test_regions_without_an_id_are_numbered_in_file_order():
    land = read_layer(FOLDER / "land.geojson", None)
    assert land.ids[0] == "000000"
    assert land.ids == tuple(sorted(land.ids))
