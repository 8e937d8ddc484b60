"""What makes the current snapshot out of date, whether or not a harvest changed anything."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.news import has_news, readable_snapshot
from aggregator.store.pointer import POINTER, current_snapshot, point_to
from aggregator.store.snapshot import SCHEMA_VERSION
from tests.records import location, tariff


@pytest.fixture
def chosen(tmp_path):
    """Return settings whose operators and reference tables may be changed."""
    shipped = Settings()
    data = tmp_path / "data"
    shutil.copytree(shipped.operators_folder, data / "operators")
    shutil.copytree(shipped.reference_folder, data / "reference")
    return Settings(home=tmp_path / "home", data=data)


@pytest.fixture
def published(receive, warehouse, chosen):
    """Return a function that receives a tariff, publishes, and returns the snapshot."""

    def received_and_published(**values):
        receive([location()], [tariff(**values)])
        return publish(warehouse, chosen)

    return received_and_published


def on_the_same_day(snapshot, duration):
    """Return a moment so much later, and say that the snapshot was published that day."""
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    point_to(replace(snapshot, published_at=noon))
    return noon + duration


def test_what_was_loaded_but_not_published_is_news(receive, warehouse, chosen, published):
    published()
    assert not has_news(warehouse, chosen, datetime.now(UTC))
    receive([location("later")], [tariff()], complete=())
    assert has_news(warehouse, chosen, datetime.now(UTC))
    publish(warehouse, chosen)
    assert not has_news(warehouse, chosen, datetime.now(UTC))


def test_nothing_is_news_in_an_empty_warehouse(warehouse, chosen):
    assert not has_news(warehouse, chosen, datetime.now(UTC))


@pytest.mark.parametrize("end", ["start_date_time", "end_date_time"])
@pytest.mark.parametrize(("minutes", "is_news"), [(59, False), (60, True), (90, True)])
def test_a_price_that_begins_or_expires_is_news_from_that_moment_on(
    warehouse, chosen, published, end, minutes, is_news
):
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    snapshot = published(**{end: noon + timedelta(hours=1)})
    now = on_the_same_day(snapshot, timedelta(minutes=minutes))
    assert has_news(warehouse, chosen, now) is is_news


def test_a_validity_that_ended_before_publishing_is_no_news(warehouse, chosen, published):
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    snapshot = published(end_date_time=noon)
    assert not has_news(warehouse, chosen, on_the_same_day(snapshot, timedelta(hours=2)))


def test_the_validity_of_a_tariff_that_is_no_longer_published_is_no_news(
    receive, warehouse, chosen, published
):
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    published(end_date_time=noon + timedelta(hours=1))
    receive([location()], [tariff()])
    now = on_the_same_day(publish(warehouse, chosen), timedelta(hours=2))
    assert not has_news(warehouse, chosen, now)


def test_another_day_is_news_because_sessions_are_priced_on_the_day(warehouse, chosen, published):
    snapshot = published()
    midnight = on_the_same_day(snapshot, timedelta(hours=12))
    assert not has_news(warehouse, chosen, midnight - timedelta(seconds=1))
    assert has_news(warehouse, chosen, midnight)


def test_a_snapshot_of_the_future_is_news_because_the_clock_was_set_back(
    warehouse, chosen, published
):
    snapshot = published()
    assert has_news(warehouse, chosen, on_the_same_day(snapshot, -timedelta(minutes=1)))


def test_what_a_clock_that_was_ahead_dated_is_news_only_until_it_is_published(
    warehouse, chosen, published
):
    published()
    warehouse.execute("update core.tariff set valid_from = valid_from + interval 27000 day")
    assert has_news(warehouse, chosen, datetime.now(UTC))
    publish(warehouse, chosen)
    assert not has_news(warehouse, chosen, datetime.now(UTC))


def change_an_operator(chosen):
    path = next(chosen.operators_folder.glob("*.toml"))
    path.write_text(path.read_text(encoding="utf-8") + "\n# looked at again\n", encoding="utf-8")


def add_an_alias(chosen):
    with (chosen.reference_folder / "evse_aliases.csv").open("a", encoding="utf-8") as file:
        file.write("\n")


def remove_a_table(chosen):
    (chosen.reference_folder / "vat_overrides.csv").unlink()


def forget_the_origin(chosen):
    path = chosen.snapshots_folder / POINTER
    pointer = json.loads(path.read_text(encoding="utf-8"))
    del pointer["origin"]
    path.write_text(json.dumps(pointer), encoding="utf-8")


@pytest.mark.parametrize(
    "change", [change_an_operator, add_an_alias, remove_a_table, forget_the_origin]
)
def test_a_change_of_what_a_snapshot_is_made_from_is_news(warehouse, chosen, published, change):
    published()
    change(chosen)
    assert has_news(warehouse, chosen, datetime.now(UTC))
    publish(warehouse, chosen)
    assert not has_news(warehouse, chosen, datetime.now(UTC))


def lose_the_file(snapshot):
    snapshot.path.unlink()


def scribble(snapshot):
    snapshot.path.write_bytes(b"garbage")


def make_older(snapshot):
    point_to(replace(snapshot, schema_version=SCHEMA_VERSION - 1))


def damage_the_pointer(snapshot):
    (snapshot.path.parent / POINTER).write_text("{", encoding="utf-8")


@pytest.mark.parametrize("harm", [lose_the_file, scribble, make_older, damage_the_pointer])
def test_a_snapshot_that_readers_refuse_is_none(warehouse, chosen, published, harm):
    snapshot = published()
    assert readable_snapshot(chosen.snapshots_folder) == snapshot
    harm(snapshot)
    assert readable_snapshot(chosen.snapshots_folder) is None
    assert has_news(warehouse, chosen, datetime.now(UTC))
    publish(warehouse, chosen)
    assert readable_snapshot(chosen.snapshots_folder) == current_snapshot(chosen.snapshots_folder)


@pytest.mark.parametrize(
    "file",
    [
        lambda settings: settings.feeds_folder / "proven_net.toml",
        lambda settings: settings.own_sessions_path,
        lambda settings: settings.rates_folder / "eurofxref-hist.csv",
        lambda settings: settings.imported_regions_folder / "towns.geojson",
    ],
    ids=["feed file", "own sessions", "exchange rates", "imported regions"],
)
def test_whatever_else_prices_and_places_are_told_by_is_news(warehouse, chosen, published, file):
    published()
    path = file(chosen)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("changed")
    assert has_news(warehouse, chosen, datetime.now(UTC))
