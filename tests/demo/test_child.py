"""The simulated operators in a process of their own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from aggregator.demo.child import running
from aggregator.errors import ConfigError
from aggregator.feeds import load_feeds

PARENT = """
import os, sys, time
from pathlib import Path
from aggregator.demo import running
with running(Path(sys.argv[1]), evses=50) as child:
    print(child.process.pid, child.urls["thames"], flush=True)
    time.sleep(60)
"""


def answers(url: str) -> bool:
    """Return whether a server is there."""
    try:
        return httpx.get(f"{url}/ocpi/versions", timeout=2, trust_env=False).is_success
    except httpx.TransportError:
        return False


def test_child_serves_as_long_as_the_block_lasts(tmp_path: Path) -> None:
    """Feed files are there at once, and counts are known without asking."""
    with running(tmp_path, evses=300, slow_seconds=0) as child:
        assert answers(child.urls["thames"])
        feeds, errors = load_feeds(tmp_path)
        assert (len(feeds), errors) == (len(child.urls), [])
        assert 300 <= child.world.evses < 312
    assert child.process.returncode == 0
    assert not answers(child.urls["thames"])


def test_child_moves_on_to_another_day(tmp_path: Path) -> None:
    """Prices change while everything keeps running."""
    with running(tmp_path, evses=300) as child:
        url = f"{child.urls['thames']}/ocpi/2.2.1/tariffs"
        before = httpx.get(url, trust_env=False).json()["data"]
        child.set_revision(30)
        deadline = time.monotonic() + 5
        while httpx.get(url, trust_env=False).json()["data"] == before:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_child_dies_when_its_parent_is_killed(tmp_path: Path) -> None:
    """SIGKILL leaves the parent no chance to clean up."""
    command = [sys.executable, "-c", PARENT, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child_id, url = parent.stdout.readline().split()
        assert answers(url)
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
        deadline = time.monotonic() + 5
        while answers(url):
            assert time.monotonic() < deadline, f"process {child_id} lives on"
            time.sleep(0.05)


def test_child_that_cannot_start_is_reported(tmp_path: Path) -> None:
    """A port that nobody may have."""
    with pytest.raises(ConfigError, match="did not start"), running(tmp_path, base_port=70_000):
        pytest.fail("must not start")
