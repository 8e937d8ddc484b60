"""`klarpris feeds check` and `klarpris feeds add` as people and scripts use them."""

import json

import pytest

from aggregator.demo import demo_environment, running
from aggregator.feeds import load_feed
from tests.cli.conftest import LOCATION, TARIFF


@pytest.fixture
def feeds(tmp_path):
    folder = tmp_path / "feeds"
    folder.mkdir()
    return folder


@pytest.fixture
def site(httpserver):
    """Return the address of locations, with tariffs beside them."""
    httpserver.no_handler_status_code = 404
    httpserver.expect_request("/open/locations.json").respond_with_json([LOCATION])
    httpserver.expect_request("/open/tariffs.json").respond_with_json([TARIFF])
    return httpserver.url_for("/open/locations.json")


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "all.json"
    path.write_text(json.dumps({"locations": [LOCATION], "tariffs": [TARIFF]}), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["check", "add"])
def test_both_commands_have_help(klarpris, command):
    result = klarpris("feeds", command, "--help")
    assert result.returncode == 0
    assert "--limit-pages" in result.stdout


def test_a_document_is_told_in_words_with_a_proposed_feed(klarpris, document, tmp_path):
    result = klarpris("feeds", "check", document)
    assert result.returncode == 0, result.stderr
    assert "all.json: 4 records could be kept" in result.stdout
    assert "$.tariffs" in result.stdout
    assert 'licence = "not stated"' in result.stdout
    assert not (tmp_path / "home").exists()


def test_scripts_are_told_in_json_alone(klarpris, document):
    result = klarpris("feeds", "check", document, "--json")
    told = json.loads(result.stdout)
    assert (told["kept"], told["needs_attention"]) == (4, False)
    assert told["counts"][0]["object_type"] == "location"
    assert told["dialect"]["currencies"] == {"SEK": 1}
    assert result.stderr == ""


def test_markup_and_control_characters_of_strangers_are_only_text(klarpris, tmp_path):
    hostile = "[red]Evil[/red]\x1b[2J"
    path = tmp_path / "l.json"
    row = {**LOCATION, "operator": {"name": hostile}}
    path.write_text(json.dumps([row, {"evses": hostile}]), encoding="utf-8")
    result = klarpris("feeds", "check", path)
    assert "[red]Evil[/red]" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("subject", "said"),
    [("nonsense", "no feed"), (".", "folder"), ("http://me:pw@a.example/", "no user or password")],
)
def test_wrong_use_is_told_as_such(klarpris, subject, said):
    result = klarpris("feeds", "check", subject)
    assert result.returncode == 2
    assert said in " ".join(result.stderr.split())
    assert "me:pw" not in result.stderr


@pytest.mark.parametrize("header", ["X-Key", "X-Key=", "=value", "X Key=value"])
def test_a_header_without_name_or_value_is_wrong_use(klarpris, header):
    result = klarpris("feeds", "check", "http://127.0.0.1:9/", "--header", header)
    assert result.returncode == 2
    assert "NAME=VALUE" in result.stderr


def test_a_web_page_is_one_line_and_exit_code_1(klarpris, httpserver):
    httpserver.expect_request("/").respond_with_data("<html>Hello</html>")
    result = klarpris("feeds", "check", httpserver.url_for("/"), "--allow-private", "--json")
    assert result.returncode == 1
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith("klarpris: ")
    assert "web page" in line


def test_a_feed_file_is_checked_where_it_lies(klarpris, site, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        f'name = "Mine"\nsource = "ocpi_file"\nlocations_url = "{site}"\nlicence = "CC0-1.0"\n'
        "allow_private = true\n"
    )
    told = json.loads(klarpris("feeds", "check", path, "--json").stdout)
    assert told["kept"] == 3
    assert told["proposal"]["feed_id"] == "mine"
    assert 'licence = "CC0-1.0"' in told["proposal"]["text"]


def test_an_added_feed_is_harvested(klarpris, site, feeds):
    variables = {"KLARPRIS_FEEDS": str(feeds)}
    result = klarpris("feeds", "add", site, "--allow-private", "--id", "mine", **variables)
    assert result.returncode == 0, result.stderr
    path = feeds / "mine.toml"
    assert str(path) in result.stdout
    assert "To fill in: licence" in result.stdout
    assert "delete the file" in result.stdout
    assert [entry.name for entry in feeds.iterdir()] == ["mine.toml"]
    feed = load_feed(path)
    assert (feed.verified, feed.party_id) == (False, "AAA")
    harvested = klarpris("harvest", "mine", "--json", **variables)
    assert harvested.returncode == 0, harvested.stdout + harvested.stderr
    (told,) = json.loads(harvested.stdout)["feeds"]
    assert (told["kept"], told["rejected"]) == (4, 0)


def test_a_feed_that_is_there_is_replaced_only_by_force(klarpris, site, feeds, httpserver):
    (feeds / "mine.toml").write_text("untouched")
    options = (site, "--allow-private", "--id", "mine")
    variables = {"KLARPRIS_FEEDS": str(feeds)}
    refused = klarpris("feeds", "add", *options, **variables)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert (feeds / "mine.toml").read_text() == "untouched"
    assert not httpserver.log
    assert klarpris("feeds", "add", *options, "--force", **variables).returncode == 0
    assert load_feed(feeds / "mine.toml").feed_id == "mine"


def test_nothing_is_added_where_nothing_is_readable(klarpris, httpserver, feeds):
    httpserver.expect_request("/locations").respond_with_json([{"evses": "none"}])
    url = httpserver.url_for("/locations")
    result = klarpris("feeds", "add", url, "--allow-private", KLARPRIS_FEEDS=str(feeds))
    assert result.returncode == 1
    assert "no feed was added" in result.stderr
    assert not list(feeds.iterdir())


@pytest.mark.slow
def test_every_simulated_operator_is_understood(klarpris, tmp_path):
    folder = tmp_path / "demo"
    variables = {**demo_environment(), "KLARPRIS_FEEDS": str(folder)}
    with running(folder, evses=200, slow_seconds=0) as child:
        assert child.feed_files
        for path in child.feed_files.values():
            feed = load_feed(path)
            by_file = klarpris("feeds", "check", feed.feed_id, "--all", "--json", **variables)
            token = ("--token-env", feed.token_env) if feed.token_env else ()
            options = (*token, "--allow-private", "--all", "--json")
            url = feed.versions_url or feed.locations_url or feed.url
            by_url = klarpris("feeds", "check", url, *options, **variables)
            assert by_file.stdout, by_file.stderr
            assert by_url.stdout, by_url.stderr
            first, second = json.loads(by_file.stdout), json.loads(by_url.stdout)
            assert first["kept"] > 0
            assert second["counts"] == first["counts"]
