"""A harvester whose disk was full, or that was stopped between loading and publishing."""

import asyncio
import resource
from datetime import UTC, datetime

import duckdb
import pytest

from aggregator.config import Settings
from aggregator.errors import StoreError
from aggregator.feeds import Feed
from aggregator.schedule import Harvester
from aggregator.store.pointer import current_snapshot
from aggregator.store.warehouse import open_warehouse, transaction
from tests.receiving import Receiver
from tests.records import location, tariff


@pytest.fixture
def chosen(tmp_path):
    return Settings(home=tmp_path, publish_interval_seconds=0)


@pytest.fixture
def feed(tmp_path):
    """Return a feed that fails at once: nobody listens there."""
    return Feed(
        feed_id="one",
        name="One",
        source="ocpi_file",
        url="http://127.0.0.1:9/all.json",
        licence="CC0-1.0",
        allow_private=True,
        every="6h",
    )


def give_up(connection, path):
    """Let DuckDB find no room just when it puts the log into its place."""
    connection.execute("set checkpoint_threshold = '1KB'")
    connection.execute("create table core.much (words varchar)")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, before[1]))
    try:
        for _ in range(50):
            with transaction(connection):
                connection.execute(
                    "insert into core.much select sha256(n::varchar) from range(2000) t(n)"
                )
    except duckdb.Error:
        pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_harvester_ends_when_its_warehouse_can_only_be_opened_anew(chosen, feed):
    with open_warehouse(chosen.warehouse_path) as connection:
        harvester = Harvester(connection, [feed], chosen)
        harvester._attendance._removed_at = datetime.now(UTC)  # it has nothing to do of its own
        give_up(connection, chosen.warehouse_path)
        with pytest.raises(StoreError, match=f"{chosen.warehouse_path} cannot be written: "):
            asyncio.run(asyncio.wait_for(harvester.run(), 60))
    with open_warehouse(chosen.warehouse_path) as connection:
        assert connection.execute("select count(*) from core.location").fetchone() == (0,)


def test_what_was_loaded_before_a_crash_is_published_with_the_first_harvest(chosen, feed):
    with open_warehouse(chosen.warehouse_path) as connection:
        Receiver(connection)([location()], [tariff()])
    with open_warehouse(chosen.warehouse_path) as connection:
        harvester = Harvester(connection, [feed], chosen)
        asyncio.run(harvester._harvest_and_publish(feed))
    assert current_snapshot(chosen.snapshots_folder).rows["offer"] == 1
