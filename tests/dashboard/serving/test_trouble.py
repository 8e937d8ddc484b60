"""Pages while the snapshot is lost or damaged: a state of their own, and back by themselves."""

import json

import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from tests.dashboard.market import NORTH, SWEDISH_STATIONS, SWEDISH_TARIFFS
from tests.dashboard.test_states import open_page, texts

UNREADABLE = "The prices cannot be read at the moment"


def lose(folder):
    [path] = folder.glob("*.duckdb")
    path.unlink()


def cut(folder):
    [path] = folder.glob("*.duckdb")
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:100])


def garble(folder):
    (folder / "current.json").write_text("{")


def be_of_the_future(folder):
    pointer = folder / "current.json"
    pointer.write_text(json.dumps(json.loads(pointer.read_text()) | {"schema_version": 99}))


@pytest.mark.parametrize("trouble", [lose, cut, garble, be_of_the_future])
def test_a_snapshot_that_cannot_be_read_is_a_state_until_the_next_is_published(
    market_at_home, warehouse, receive, trouble
):
    trouble(market_at_home / "snapshots")
    page = open_page()
    assert page.title[0].value == UNREADABLE
    assert "klarpris publish writes the file anew" in texts(page)
    assert str(market_at_home) not in texts(page)
    receive(SWEDISH_STATIONS, SWEDISH_TARIFFS, feed=NORTH)
    publish(warehouse, Settings(home=market_at_home))
    assert page.run().title[0].value == "Charging prices near Göteborg"


def test_pages_stay_while_the_snapshot_they_show_is_deleted(market_at_home):
    page = open_page(country="SWE")
    lose(market_at_home / "snapshots")
    assert page.run().title[0].value == "Charging prices in Sweden"
    assert not page.exception


def test_damage_that_shows_only_when_asked_is_the_same_state(home, warehouse, receive):
    receive(SWEDISH_STATIONS, SWEDISH_TARIFFS, feed=NORTH)
    path = publish(warehouse, Settings(home=home)).path  # no answer of it is in memory
    content = bytearray(path.read_bytes())
    for start in range(12_288 + 262_144, len(content), 262_144):
        content[start + 1_000 : start + 5_000] = bytes(4_000)
    path.write_bytes(content)
    assert open_page().title[-1].value == UNREADABLE
