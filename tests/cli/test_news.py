"""When `klarpris harvest` publishes, and when it says that nothing has changed."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.conftest import TARIFF
from tests.cli.running import ran

NOTHING = "Nothing has changed"


def pointer_of(home):
    """Return what the current pointer says."""
    return json.loads((home / "snapshots" / "current.json").read_text(encoding="utf-8"))


def set_pointer(home, **values):
    path = home / "snapshots" / "current.json"
    path.write_text(json.dumps(pointer_of(home) | values), encoding="utf-8")


@pytest.fixture
def harvested(home, recordings):
    """Return a home in which the recordings were harvested."""
    assert ran("harvest", "--from", recordings).code == 0
    return home


def test_a_second_harvest_of_the_same_publishes_nothing(harvested, recordings):
    before = pointer_of(harvested)
    assert NOTHING in ran("harvest", "--from", recordings).text
    assert pointer_of(harvested) == before


@pytest.mark.parametrize("values", [{"schema_version": 1}, {"origin": "0"}])
def test_a_snapshot_of_an_older_klarpris_is_renewed(harvested, recordings, values):
    before = pointer_of(harvested)
    set_pointer(harvested, **values)
    assert NOTHING not in ran("harvest", "--from", recordings).text
    after = pointer_of(harvested)
    assert after["snapshot_id"] != before["snapshot_id"]
    assert after["schema_version"] == before["schema_version"]


def test_a_damaged_snapshot_is_renewed(harvested, recordings):
    (harvested / "snapshots" / pointer_of(harvested)["file"]).write_bytes(b"garbage")
    assert NOTHING not in ran("harvest", "--from", recordings).text
    assert ran("quarantine").code == 0


def test_a_change_is_published_though_the_clock_was_set_back(harvested, recordings):
    before = pointer_of(harvested)
    later = datetime.now(UTC) + timedelta(hours=1)
    set_pointer(harvested, published_at=later.isoformat())
    changed = TARIFF | {"elements": [{"price_components": [{"type": "ENERGY", "price": 9}]}]}
    (recordings / "someone" / "tariffs.json").write_text(json.dumps([changed]), encoding="utf-8")
    assert NOTHING not in ran("harvest", "--from", recordings).text
    after = pointer_of(harvested)
    assert after["snapshot_id"] != before["snapshot_id"]
    assert datetime.fromisoformat(after["published_at"]) < later


def test_another_day_is_published_though_no_feed_brings_anything(harvested, recordings):
    before = pointer_of(harvested)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    set_pointer(harvested, published_at=yesterday.isoformat())
    for path in (recordings / "someone").glob("*.json"):
        path.write_text("{", encoding="utf-8")
    ended = ran("harvest", "--from", recordings)
    assert ended.code == 1
    assert pointer_of(harvested)["snapshot_id"] != before["snapshot_id"]
    assert pointer_of(harvested)["rows"]["offer"] == before["rows"]["offer"]
