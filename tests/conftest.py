"""What every test may use: a home of its own, and real feeds where they are at hand.

No test reaches the network beyond loopback: see `--allow-hosts` in pyproject.toml.
"""

import os
from pathlib import Path

import pytest

from aggregator.config import settings

SHARED_DATA = "KLARPRIS_SHARED_DATA"


def pytest_addoption(parser):
    parser.addoption(
        "--no-skips",
        action="store_true",
        help="a skipped test fails, unless it is marked shared",
    )


def pytest_collection_modifyitems(items):
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker("shared")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    strict = item.config.getoption("--no-skips") and not item.get_closest_marker("shared")
    if strict and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but nothing may be: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def shared_data():
    """Return the folder of real feeds; skip where this machine has none."""
    folder = os.environ.get(SHARED_DATA)
    if not folder:
        pytest.skip(f"{SHARED_DATA} is not set: real feeds are not at hand")
    path = Path(folder)
    assert path.is_dir(), f"{SHARED_DATA} names no folder: {folder}"
    return path


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return an empty KLARPRIS_HOME that the settings name; no other setting is taken over."""
    for name in [name for name in os.environ if name.startswith("KLARPRIS_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "home"
    monkeypatch.setenv("KLARPRIS_HOME", str(folder))
    settings.cache_clear()
    yield folder
    settings.cache_clear()
