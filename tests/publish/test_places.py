"""Where chargers are: looked up once, flagged where record and position disagree."""

import pytest

from aggregator.config import Settings
from aggregator.normalise.imported_regions import install
from aggregator.normalise.region_check import check
from aggregator.publish import places
from tests.records import location, tariff

IN_BERLIN = {"latitude": 52.52, "longitude": 13.405}


@pytest.fixture
def asked(published, settings):
    """Return a function that loads locations, publishes and asks the snapshot."""

    def asked(query, *locations, settings=settings):
        return published(query, list(locations), [tariff()], settings)

    return asked


def test_a_position_tells_country_and_region(asked):
    assert asked(
        "select region_1, country_by_position, country_match from mart.location", location()
    ) == [("SE-O", "SWE", "agrees")]
    assert asked("select level, region, country, name from mart.region", location()) == [
        ("region_1", "SE-O", "SWE", "Västra Götaland")
    ]
    assert asked("select distinct region_1 from mart.offer", location()) == [("SE-O",)]


def test_a_stated_country_elsewhere_is_kept_and_flagged(asked):
    found = asked(
        "select country, country_by_position, country_match from mart.location",
        location(**IN_BERLIN),
    )
    assert found == [("SWE", "DEU", "disagrees")]
    assert asked("select flags from mart.offer", location(**IN_BERLIN)) == [("country_disagrees",)]
    counted = "select offers from mart.flag where flag = 'country_disagrees'"
    assert asked(counted, location(**IN_BERLIN)) == [(1,)]
    assert asked(counted, location()) == [(0,)]


def test_a_missing_country_is_told_by_the_position_and_a_missing_position_by_none(asked):
    query = "select country, country_by_position, country_match, region_1 from mart.location"
    assert asked(query, location(country=None)) == [("SWE", "SWE", "unknown", "SE-O")]
    nowhere = location(latitude=None, longitude=None)
    assert asked(query, nowhere) == [("SWE", None, "unknown", None)]


def test_only_new_and_moved_positions_are_looked_up(asked, monkeypatch):
    query = "select location_id, country_by_position from mart.location order by 1"
    asked(query, location("L1"))
    sought = []
    look = places._looked_up
    monkeypatch.setattr(
        places, "_looked_up", lambda found, *rest: sought.append(found) or look(found, *rest)
    )
    assert asked(query, location("L1")) == [("L1", "SWE")]
    assert sought == []
    moved = location("L1", latitude=59.33, longitude=18.06)
    assert asked(query, moved, location("L2")) == [("L1", "SWE"), ("L2", "SWE")]
    assert sought == [[(59.33, 18.06)]]


def test_an_imported_layer_is_the_second_level(asked, tmp_path):
    settings = Settings(home=tmp_path)
    query = (
        "select region_2, (select name from mart.region where level = 'region_2') from mart.offer"
    )
    assert asked(query, location(), settings=settings) == [(None, None)]
    file = tmp_path / "towns.geojson"
    file.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
        '{"code": "G1", "label": "Inner town"}, "geometry": {"type": "Polygon", "coordinates": '
        "[[[11, 57], [13, 57], [13, 58], [11, 58], [11, 57]]]}}]}"
    )

    def in_sweden(latitudes, _):
        return ["SWE" for _ in latitudes]

    install(
        settings.imported_regions_folder, "towns", file, check(file, in_sweden, "code", "label")
    )
    assert asked(query, location(), settings=settings) == [("G1", "Inner town")]


def test_without_borders_prices_are_published_all_the_same(asked, tmp_path):
    settings = Settings(home=tmp_path, data=tmp_path / "data")
    reference = tmp_path / "data" / "reference"
    reference.mkdir(parents=True)
    for file in Settings().reference_folder.glob("*.csv"):
        (reference / file.name).write_bytes(file.read_bytes())
    query = "select state, region_1 from mart.offer"
    assert asked(query, location(), settings=settings) == [("priced", None)]
