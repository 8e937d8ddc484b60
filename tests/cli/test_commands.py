"""What people and scripts get from each command: words, JSON, exit codes."""

import json

import duckdb
import pyarrow as pa
import pytest

COMMANDS = [
    *(["up"], ["harvest"], ["schedule"], ["dashboard"], ["demo"], ["snapshot"], ["publish"]),
    *(["quarantine"], ["archive"], ["feeds"], ["feeds", "list"], ["feeds", "check"]),
    *(["feeds", "add"], ["feeds", "register"], ["feeds", "unregister"]),
]


@pytest.mark.parametrize("command", [[], *COMMANDS])
def test_every_command_has_help(klarpris, command):
    result = klarpris(*command, "--help")
    assert result.returncode == 0
    assert "Usage" in result.stdout


def test_recorded_responses_become_prices_in_a_snapshot(klarpris, recordings):
    result = klarpris("harvest", "--from", recordings, "--json")
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    (feed,) = told["feeds"]
    assert (feed["feed"], feed["outcome"]) == ("someone", "ok")
    assert (feed["received"], feed["kept"], feed["rejected"]) == (5, 4, 1)
    assert feed["objects"]["tariff"]["rejected"] == 1
    with duckdb.connect(told["snapshot"]["path"], read_only=True) as connection:
        # 4 SEK/kWh net and 25 % VAT are 5 SEK/kWh; 30 kWh cost 150 SEK.
        query = "select feed, payment_method, price_per_kwh, session_dc_total from mart.offer"
        assert connection.execute(query).fetchall() == [("someone", "card", 5, 150)]


def test_the_summary_for_people_names_totals_and_where_to_look(klarpris, recordings):
    result = klarpris("harvest", "--from", recordings)
    assert "Received" in result.stdout
    assert "someone" in result.stdout
    assert "klarpris quarantine" in result.stdout


def test_the_quarantine_names_the_record_the_place_and_the_reason(klarpris, recordings):
    klarpris("harvest", "--from", recordings)
    (row,) = json.loads(klarpris("quarantine", "--json").stdout)
    assert row["object_id"] == "T2"
    assert row["json_path"] == "$[1]"
    assert row["reason"] == "'currency' is missing"
    assert '"id": "T2"' in row["raw_fragment"]
    assert klarpris("quarantine", "nobody", "--json").stdout.strip() == "[]"


def test_the_address_of_a_recording_is_shown_without_its_query(klarpris, recordings):
    bad = json.loads((recordings / "someone" / "locations.json").read_text())
    bad["response"]["body"]["data"].append({"coordinates": {}})
    (recordings / "someone" / "locations.json").write_text(json.dumps(bad))
    klarpris("harvest", "--from", recordings)
    urls = {row["document_url"] for row in json.loads(klarpris("quarantine", "--json").stdout)}
    assert urls == {"https://someone.example/ocpi/locations", "tariffs.json"}


def test_snapshot_tells_where_it_is_how_old_and_how_large(klarpris, recordings):
    klarpris("harvest", "--from", recordings)
    told = json.loads(klarpris("snapshot", "--json").stdout)
    assert told["rows"]["offer"] == 1
    assert told["path"].endswith(".duckdb")
    assert "published_at" in told
    assert "0 min ago" in klarpris("snapshot").stdout


def test_publish_builds_a_new_snapshot_from_what_is_known(klarpris, recordings):
    klarpris("harvest", "--from", recordings)
    before = json.loads(klarpris("snapshot", "--json").stdout)
    after = json.loads(klarpris("publish", "--json").stdout)
    assert after["snapshot_id"] > before["snapshot_id"]
    assert after["rows"] == before["rows"]


@pytest.mark.parametrize("command", ["snapshot", "quarantine"])
def test_before_anything_is_published_a_line_says_what_to_do(klarpris, command):
    result = klarpris(command)
    assert result.returncode == 1
    assert result.stderr.strip() == (
        "klarpris: nothing has been published yet; `klarpris harvest` publishes a snapshot"
    )


def test_publish_without_a_warehouse_makes_none(klarpris, tmp_path):
    result = klarpris("publish")
    assert result.returncode == 1
    assert "there is no warehouse" in result.stderr
    assert not (tmp_path / "home").exists()


def test_an_unknown_feed_is_wrong_use(klarpris):
    result = klarpris("harvest", "nosuchfeed")
    assert result.returncode == 2
    assert "no feed nosuchfeed" in result.stderr


def test_a_bad_feed_file_is_one_line_and_costs_only_itself(klarpris, tmp_path):
    folder = tmp_path / "feeds"
    folder.mkdir()
    good = (
        'name = "Good"\nsource = "ocpi_file"\nurl = "http://127.0.0.1:9/x"\nlicence = "CC0-1.0"\n'
    )
    (folder / "good.toml").write_text(good + "enabled = false\n")
    (folder / "bad.toml").write_text(good + 'colour = "blue"\n')
    result = klarpris("feeds", "list", "--json", KLARPRIS_FEEDS=str(folder))
    assert result.returncode == 1
    assert [row["feed"] for row in json.loads(result.stdout)] == ["good"]
    assert "bad.toml: unknown key 'colour'" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_the_shipped_feeds_are_listed_with_their_rhythm(klarpris):
    rows = json.loads(klarpris("feeds", "list", "--json").stdout)
    assert len(rows) >= 14
    assert {row["outcome"] for row in rows} == {None}
    assert all(row["licence"] and row["every_seconds"] > 0 for row in rows)


def test_a_folder_with_nothing_to_read_says_so(klarpris, tmp_path):
    (tmp_path / "empty").mkdir()
    result = klarpris("harvest", "--from", tmp_path / "empty")
    assert result.returncode == 1
    assert "no files of documents found to read" in result.stderr


def test_feeds_that_bring_nothing_publish_nothing_and_exit_with_1(klarpris, tmp_path):
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "gone.toml").write_text(
        'name = "Gone"\nsource = "ocpi_file"\nurl = "http://127.0.0.1:9/x"\n'
        'licence = "CC0-1.0"\nallow_private = true\n'
    )
    result = klarpris("harvest", KLARPRIS_FEEDS=str(folder))
    assert result.returncode == 1
    assert "gone: http://127.0.0.1:9/x: cannot be reached" in result.stdout
    assert "no new snapshot" in result.stdout
    status = json.loads(klarpris("feeds", "list", "--json", KLARPRIS_FEEDS=str(folder)).stdout)
    assert status[0]["outcome"] == "failed"


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"KLARPRIS_HARVEST_CONCURRENCY": "many"}, "harvest_concurrency"),
        ({"KLARPRIS_PUBLISH_INTERVAL_SECONDS": "-1"}, "publish_interval_seconds"),
    ],
)
def test_a_setting_that_makes_no_sense_is_wrong_use_in_one_line(klarpris, variables, said):
    result = klarpris("feeds", "list", **variables)
    assert result.returncode == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("content", ["hoem = '/tmp'", "home = ", "harvest_concurrency = 'x'"])
def test_a_settings_file_that_makes_no_sense_is_wrong_use_in_one_line(klarpris, tmp_path, content):
    (tmp_path / "klarpris.toml").write_text(content)
    result = klarpris("feeds", "list")
    assert result.returncode == 2
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_memory_limit_that_makes_no_sense_is_one_line(klarpris, recordings):
    result = klarpris("harvest", "--from", recordings, KLARPRIS_MEMORY_LIMIT="lots")
    assert result.returncode == 2
    assert "memory_limit" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["snapshot", "quarantine"])
def test_a_damaged_pointer_is_one_line(klarpris, recordings, tmp_path, command):
    klarpris("harvest", "--from", recordings)
    (tmp_path / "home" / "snapshots" / "current.json").write_text("{")
    result = klarpris(command)
    assert result.returncode == 1
    assert "current.json cannot be read" in result.stderr
    assert klarpris("publish").returncode == 0
    assert klarpris(command).returncode == 0


def test_feed_text_cannot_act_on_the_terminal(klarpris, tmp_path):
    folder = tmp_path / "recordings" / "someone"
    folder.mkdir(parents=True)
    bad = {"id": "u\x1b[31mRED\nline", "currency": None, "elements": []}
    (folder / "tariffs.json").write_text(json.dumps([bad]))
    klarpris("harvest", "--from", folder.parent)
    assert "\x1b" not in klarpris("quarantine").stdout


def test_feeds_and_recordings_are_not_mixed(klarpris, recordings):
    assert klarpris("harvest", "chargy", "--from", recordings).returncode == 2


def test_what_was_received_can_be_listed_and_opened(klarpris, tmp_path, httpserver):
    httpserver.expect_request("/x").respond_with_json({"data": [], "status_code": 1000})
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "one.toml").write_text(
        f'name = "One"\nsource = "ocpi_file"\nurl = "{httpserver.url_for("/x")}"\n'
        'licence = "x"\nallow_private = true\n'
    )
    klarpris("harvest", "one", KLARPRIS_FEEDS=str(folder))
    (document,) = json.loads(klarpris("archive", "one", "--json").stdout)
    assert document["url"] == httpserver.url_for("/x")
    assert document["status"] == 200
    assert len(document["sha256"]) == 64
    content = pa.input_stream(document["file"], compression="zstd").read()
    assert json.loads(content) == {"data": [], "status_code": 1000}
    assert "Nothing is kept of this feed." in klarpris("archive", "other").stdout
