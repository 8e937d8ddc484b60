"""Readers follow the pointer, outlive their file and reach nothing else."""

from datetime import UTC, datetime

import duckdb
import pytest

from aggregator.comparing.comparison import Sizes, compare
from aggregator.comparing.downloading import download
from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.queries import current_reader
from aggregator.store.snapshot import KEPT_SNAPSHOTS
from dashboard.choosing.charge_filters import Plan
from dashboard.choosing.filters import Choice
from tests.dashboard.market import NORTH, SWEDISH_TARIFFS, station

NOW = datetime.now(UTC)
SWEDEN = Choice("SWE").asked(NOW)


def ranked(reader):
    charge = Plan().charge(datetime.now(UTC))
    return [
        row["location_name"]
        for row in compare(reader, SWEDEN, charge, "SEK", Sizes(9, 9, 9)).stations
    ]


def test_before_the_first_snapshot_there_is_no_reader(tmp_path):
    assert current_reader(tmp_path) is None


def test_a_new_snapshot_is_picked_up_without_a_restart(receive, publish_now):
    receive([station("Old", "gross6")], SWEDISH_TARIFFS, feed=NORTH)
    old = publish_now()
    receive([station("New", "gross3")], SWEDISH_TARIFFS, feed=NORTH)
    new = publish_now()
    assert new.snapshot.snapshot_id > old.snapshot.snapshot_id
    assert ranked(new) == ["New"]


def test_one_reader_serves_until_the_next_snapshot(receive, publish_now, tmp_path):
    receive([station("Old", "gross6")], SWEDISH_TARIFFS, feed=NORTH)
    reader = publish_now()
    assert current_reader(tmp_path / "snapshots") is reader


def test_a_reader_of_a_removed_snapshot_goes_on(receive, warehouse, publish_now, tmp_path):
    receive([station("Old", "gross6")], SWEDISH_TARIFFS, feed=NORTH)
    old = publish_now()
    receive([station("New", "gross3")], SWEDISH_TARIFFS, feed=NORTH)
    for _ in range(KEPT_SNAPSHOTS):
        publish(warehouse, Settings(home=tmp_path))
    assert not old.snapshot.path.exists()
    assert ranked(old) == ["Old"]
    with download(old, SWEDEN, Plan().charge(datetime.now(UTC))) as rows:
        assert rows.read_all().num_rows == 1


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('{file}')",
        "select * from '{file}'",
        "copy (select 1) to '{file}.out'",
        "attach '{file}.duckdb' as other",
        "install spatial",
        "set enable_external_access = true",
    ],
)
def test_nothing_outside_the_snapshot_can_be_reached(market, tmp_path, query):
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with market._cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(query.format(file=tmp_path / "secret.csv"))


@pytest.mark.parametrize("statement", ["delete from mart.offer", "drop table mart.offer"])
def test_the_snapshot_cannot_be_changed(market, statement):
    with market._cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement)


def test_a_choice_is_bound_and_never_pasted_into_sql(market):
    evil = "SWE' or 1=1 --"
    asked = Choice(evil, standard=evil).asked(NOW)
    charge = Plan().charge(datetime.now(UTC))
    assert compare(market, asked, charge, evil, Sizes(9, 9, 9)).summary["places"] == 0
