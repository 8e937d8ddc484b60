"""`klarpris up`: one command, one address, everything stops together."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def up(tmp_path, port):
    """Return a function that starts `klarpris up`; what it printed is in `up.log`."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KLARPRIS_")}
    environment["KLARPRIS_HOME"] = str(tmp_path / "home")
    started = []

    def start(*options, **variables):
        with (tmp_path / "up.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "aggregator.cli", "up", "--port", str(port), *options],
                env=environment | variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def health(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return json.load(answer)
    except (URLError, OSError):
        return None


def wait_for(condition, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.2)
    pytest.fail("it did not happen in time")


def prices(port):
    answer = health(port)
    return answer and answer["snapshot_id"]


def offline_feeds(tmp_path):
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "gone.toml").write_text(
        'name = "Gone"\nsource = "ocpi_file"\nurl = "http://127.0.0.1:9/x"\nlicence = "CC0-1.0"\n'
    )
    return str(folder)


def test_demo_shows_prices_within_a_minute_and_ctrl_c_stops_everything(up, port, tmp_path):
    process = up("--demo", "--evses", "300")
    wait_for(lambda: prices(port))
    log = (tmp_path / "up.log").read_text()
    assert log.count("http://127.0.0.1:") == 1
    assert f"Klarpris is at http://127.0.0.1:{port}" in log

    process.send_signal(signal.SIGINT)

    assert process.wait(30) == 130
    assert health(port) is None
    assert "leaked" not in (tmp_path / "up.log").read_text()
    assert not (tmp_path / "home" / "warehouse.duckdb").exists()
    assert (tmp_path / "home" / "demo" / "warehouse.duckdb").exists()


def test_children_end_when_their_parent_is_killed(up, port):
    process = up("--demo", "--evses", "300")
    wait_for(lambda: prices(port))
    process.kill()
    wait_for(lambda: health(port) is None, 20)


def test_a_killed_harvester_is_started_again_while_the_dashboard_goes_on(up, port, tmp_path):
    up("--demo", "--evses", "300")
    first = wait_for(lambda: prices(port))
    pid = int((tmp_path / "up.log").read_text().partition("pid=")[2].split()[0])
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: "starting it again" in (tmp_path / "up.log").read_text(), 20)
    assert prices(port) >= first
    wait_for(lambda: (tmp_path / "up.log").read_text().count("schedule started") == 2, 20)


def test_offline_says_so_and_offers_the_demonstration(up, tmp_path):
    process = up(KLARPRIS_FEEDS=offline_feeds(tmp_path))
    assert process.wait(30) == 1
    log = (tmp_path / "up.log").read_text()
    assert "None of the feeds can be reached from this machine." in log
    assert "klarpris up --demo" in log


def test_offline_with_a_fallback_ends_with_something_to_look_at(up, port, tmp_path):
    up("--demo-if-offline", "--evses", "300", KLARPRIS_FEEDS=offline_feeds(tmp_path))
    wait_for(lambda: prices(port))
    assert "Showing simulated operators instead" in (tmp_path / "up.log").read_text()


def test_a_taken_port_is_said(up, port, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert up("--demo").wait(30) == 2
    assert f"port {port} is taken" in (tmp_path / "up.log").read_text()
