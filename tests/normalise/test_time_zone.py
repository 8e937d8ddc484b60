"""The clock of a charger: as stated, else as its position tells."""

import pytest

from aggregator.normalise.time_zone import FROM_POSITION, STATED, exists, local_zone

STOCKHOLM = (59.33, 18.07)
NONSENSE = [
    "Asia/Kuala Lumpur",
    "Europe/Atlantis",
    "CET+1",
    "Europe",
    "../../etc/passwd",
    "/etc/localtime",
    "a\0b",
    "x" * 5_000,
    "Ångström",
]


def test_stated_zone_is_taken():
    assert local_zone("Asia/Baghdad", *STOCKHOLM) == ("Asia/Baghdad", STATED)


def test_stated_zone_needs_no_position():
    assert local_zone("Europe/London", None, None) == ("Europe/London", STATED)


@pytest.mark.parametrize("stated", [None, "", *NONSENSE])
def test_zone_that_is_not_stated_or_unknown_is_told_by_the_position(stated):
    assert local_zone(stated, *STOCKHOLM) == ("Europe/Stockholm", FROM_POSITION)


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (55.5973, 26.4221, "Europe/Vilnius"),
        (51.5074, -0.1278, "Europe/London"),
        (13.9094, -60.9789, "America/St_Lucia"),
    ],
)
def test_position_tells_the_zone(latitude, longitude, zone):
    assert local_zone(None, latitude, longitude) == (zone, FROM_POSITION)


@pytest.mark.parametrize(("latitude", "longitude"), [(None, None), (59.3, None), (None, 18.0)])
@pytest.mark.parametrize("stated", [None, "Europe/Atlantis"])
def test_zone_is_unknown_when_nothing_tells(stated, latitude, longitude):
    assert local_zone(stated, latitude, longitude) == (None, None)


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 0), (-90, 180), (0, -180), (0, 0)])
def test_edge_of_the_map_does_not_crash(latitude, longitude):
    zone, _ = local_zone(None, latitude, longitude)
    assert zone is None or exists(zone)


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_no_zone(name):
    assert not exists(name)
