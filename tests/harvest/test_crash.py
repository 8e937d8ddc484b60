"""kill -9 in the middle of a harvest: readers keep the last snapshot, the next run succeeds."""

import os
import random
import signal
import subprocess
import sys
import time

import duckdb
import pytest

from aggregator.demo import demo_environment, running, served_by_all
from aggregator.store.pointer import current_snapshot

ROUNDS = 10
FEEDS = ("demo_nordlys", "demo_thames", "demo_polder", "demo_plein_jus")
LIVE = "select count(*) from mart.location", "select count(*) from mart.tariff"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def shown(folder):
    snapshot = current_snapshot(folder)
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        return [connection.execute(query).fetchone()[0] for query in LIVE]


@pytest.fixture
def start(tmp_path):
    """Return a function that starts a harvest of simulated operators in a process of its own."""
    environment = {
        **os.environ,
        **demo_environment(),
        "KLARPRIS_HOME": str(tmp_path / "home"),
        "KLARPRIS_FEEDS": str(tmp_path / "feeds"),
    }
    command = [sys.executable, "-m", "aggregator.cli", "harvest", "--json", *FEEDS]

    def run():
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)

    return run


def test_a_harvester_killed_at_any_moment_loses_nothing(start, tmp_path):
    seed = random.randrange(10**6)
    print("seed", seed)
    chance = random.Random(seed)
    snapshots = tmp_path / "home" / "snapshots"
    with running(tmp_path / "feeds", evses=3000, slow_seconds=0.05) as operators:
        begun = time.monotonic()
        assert start().wait() == 0
        whole_run = time.monotonic() - begun
        before = shown(snapshots)
        for round_number in range(ROUNDS):
            operators.set_revision(round_number + 1)
            harvester = start()
            time.sleep(chance.uniform(0.2, 1.0) * whole_run)
            harvester.send_signal(signal.SIGKILL)
            harvester.wait()
            assert shown(snapshots) == before
        assert start().wait() == 0
        assert shown(snapshots) == before
        served = served_by_all(operators.world)

    tariffs = sum(served[name.removeprefix("demo_")].tariffs for name in FEEDS)
    assert before[1] == tariffs
    with duckdb.connect() as connection:
        connection.execute(f"attach '{tmp_path / 'home' / 'warehouse.duckdb'}' as w (read_only)")
        overlapping = """
            select count(*) from w.core.tariff
            where valid_to is null
            group by feed, country_code, party_id, tariff_id
            having count(*) > 1
        """
        assert connection.execute(overlapping).fetchall() == []
