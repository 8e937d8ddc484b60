"""A home with a small warehouse, and another process that holds it."""

import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.config import Settings
from aggregator.sources.memory import FeedMemory
from aggregator.store.at_rest import log_of
from aggregator.store.status import FeedStatus, HarvestStatus
from aggregator.store.warehouse import open_warehouse
from tests.receiving import Receiver
from tests.records import location, tariff

HOLD = """
import sys
from pathlib import Path
from aggregator.store.warehouse import open_warehouse
with open_warehouse(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""

CRASH = """
import os, sys
from pathlib import Path
from aggregator.store.warehouse import open_warehouse
with open_warehouse(Path(sys.argv[1])) as connection:
    connection.execute("insert into core.module values ('f', 'late', now()::timestamp)")
    os._exit(9)
"""


@pytest.fixture
def crash():
    """Return a function that adds a row to a warehouse in a process that ends without closing."""

    def ended(path):
        subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False)
        assert log_of(path).exists()

    return ended


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home", feeds=tmp_path / "feeds")


@pytest.fixture
def filled(settings):
    """Return the settings of a home that holds two locations and a tariff of the feed `f`."""
    receive(settings, ["L1", "L2"])
    now = datetime.now(UTC)
    state = FeedStatus(name="F", last_run_at=now, last_success_at=now, outcome="ok")
    HarvestStatus(updated_at=now, feeds={"one": state}).write(settings.home)
    return settings


def receive(settings, names):
    """Load locations of these ids as one whole run."""
    with open_warehouse(settings.warehouse_path) as connection:
        Receiver(connection)([location(name) for name in names], [tariff()])


def locations(settings):
    """Return the ids of the current locations."""
    with open_warehouse(settings.warehouse_path) as connection:
        query = "select location_id from core.location where valid_to is null order by 1"
        return [name for (name,) in connection.execute(query).fetchall()]


def remember(settings):
    """Let the feed `f` remember which documents were loaded, and a wish of its server."""
    memory = FeedMemory(settings.memory_folder / "f.json")
    now = datetime.now(UTC)
    memory.last_full_at = memory.last_pull_at = now
    memory.not_before = now + timedelta(hours=1)
    memory.remember_validators("https://f.example/all", {"etag": '"7"'})
    memory.asked(10)
    memory.save()


@contextmanager
def held_by_another(settings):
    """Let another process have the warehouse open meanwhile."""
    command = [sys.executable, "-c", HOLD, str(settings.warehouse_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True) as holder:
        assert holder.stdout.readline() == "open\n"
        yield
        holder.stdin.close()


def everything_in(folder):
    """Return every file with its content, to see that nothing was changed."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
