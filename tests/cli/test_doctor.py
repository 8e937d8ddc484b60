"""`klarpris doctor`: lines for people, JSON and exit codes for monitoring."""

import pytest

from aggregator.config import settings
from aggregator.publish import publish
from aggregator.store.warehouse import open_warehouse
from tests.care.conftest import everything_in, receive
from tests.cli.running import ran

FEED = 'name = "One"\nsource = "ocpi_file"\nurl = "http://127.0.0.1:9/all"\nlicence = "CC0-1.0"\n'


@pytest.fixture
def healthy(home, tmp_path, monkeypatch):
    """Return the settings of a home in which all is well; its one feed is switched off."""
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "one.toml").write_text(FEED + "enabled = false\n")
    monkeypatch.setenv("KLARPRIS_FEEDS", str(folder))
    settings.cache_clear()
    receive(settings(), ["L1"])
    with open_warehouse(settings().warehouse_path) as connection:
        publish(connection, settings())
    return settings()


def test_where_all_is_well_the_exit_code_is_nought(healthy):
    before = everything_in(healthy.home)
    result = ran("doctor")
    assert result.code == 0
    assert {line.split()[0] for line in result.text.splitlines()} == {"OK"}
    assert everything_in(healthy.home) == before


def test_monitoring_reads_one_word(healthy):
    assert ran("doctor", "--json").data["status"] == "ok"
    (healthy.feeds_folder / "one.toml").write_text(FEED)
    warned = ran("doctor", "--json")
    assert (warned.code, warned.data["status"]) == (1, "warning")
    healthy.warehouse_path.write_bytes(b"not a database" * 1_000)
    failed = ran("doctor", "--json")
    assert (failed.code, failed.data["status"]) == (1, "failed")
    (bad,) = [one for one in failed.data["checks"] if one["state"] == "failed"]
    assert bad["check"] == "warehouse"
    assert "klarpris restore" in bad["todo"]


def test_a_line_says_what_is_wrong_and_what_to_do(healthy):
    (healthy.feeds_folder / "one.toml").write_text(FEED + 'colour = "blue"\n')
    (line,) = [one for one in ran("doctor").text.splitlines() if not one.startswith("OK")]
    assert line.startswith("FAILED feeds: ")
    assert "unknown key 'colour'" in line
    assert line.endswith("mend the file")


def test_an_empty_home_is_not_made(home):
    assert ran("doctor").code == 1
    assert not home.exists()


def test_without_feed_files_the_rest_is_checked_all_the_same(healthy, monkeypatch, tmp_path):
    monkeypatch.setenv("KLARPRIS_FEEDS", str(tmp_path / "nowhere"))
    settings.cache_clear()
    checks = ran("doctor", "--json").data["checks"]
    assert [one["state"] for one in checks if one["check"] == "warehouse"] == ["ok"]
    assert [one["state"] for one in checks if one["check"] == "feeds"] == ["failed"]
