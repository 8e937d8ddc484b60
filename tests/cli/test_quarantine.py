"""`klarpris quarantine`: what was refused is listed, counted and written for a spreadsheet."""

import csv
import json

import pytest

from tests.cli.conftest import TARIFF
from tests.cli.running import ran

FORMULA = "=cmd|' /C calc'!A0"
BAD_LOCATION = {"id": "", "coordinates": {"latitude": "57.7", "longitude": "11.9"}, "evses": []}


@pytest.fixture
def harvest(home, tmp_path):
    """Return a function that harvests one feed of good and bad records."""

    def harvest(*bad_tariffs, mended=(), locations=(), feed="one"):
        folder = tmp_path / "recordings" / feed
        folder.mkdir(parents=True, exist_ok=True)
        tariffs = [TARIFF, *(TARIFF | {"id": one, "currency": None} for one in bad_tariffs)]
        tariffs += [TARIFF | {"id": one} for one in mended]
        (folder / "tariffs.json").write_text(json.dumps(tariffs), encoding="utf-8")
        if locations:
            (folder / "locations.json").write_text(json.dumps(list(locations)), encoding="utf-8")
        ran("harvest", "--from", folder.parent)
        ran("publish")

    return harvest


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_was_refused_says_since_when_and_how_often(harvest):
    harvest("T8")
    harvest("T8", "T9")
    rows = {row["object_id"]: row for row in ran("quarantine", "--json").data}
    assert {name: row["occurrences"] for name, row in rows.items()} == {"T8": 2, "T9": 1}
    assert rows["T8"]["first_seen_at"] < rows["T8"]["last_seen_at"] == rows["T9"]["first_seen_at"]
    shown = ran("quarantine").text
    assert all(word in shown for word in ("First seen", "Last seen", "Times", "2 of 2 shown"))


def test_what_is_no_longer_refused_is_listed_when_it_is_asked_for(harvest):
    harvest("T8", "T9")
    harvest("T9", mended=("T8",))
    assert [row["object_id"] for row in ran("quarantine", "--json").data] == ["T9"]
    rows = ran("quarantine", "--past", "--json").data
    both = [(row["object_id"], row["is_current"]) for row in rows]
    assert both == [("T9", True), ("T8", False)]
    assert "Still refused" in ran("quarantine", "--past").text


def test_what_is_left_out_is_said(harvest):
    harvest(*(f"T{number}" for number in range(10, 22)))
    assert "5 of 12 shown" in ran("quarantine", "--limit", 5).text
    listed = ran("quarantine", "--limit", 5, "--json")
    assert len(listed.data) == 5
    assert "5 of 12 shown; --limit shows more" in listed.said
    assert ran("quarantine", "--json").said == ""


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("reason", [("missing_currency", 3), ("unreadable_id", 1)]),
        ("feed", [("one", 3), ("two", 1)]),
        ("object", [("tariff", 3), ("location", 1)]),
        ("path", [("$[]", 4)]),
    ],
)
def test_refused_records_are_counted_by_what_they_share(harvest, by, expected):
    harvest("T8", "T9", locations=[BAD_LOCATION])
    harvest("T7", feed="two")
    rows = ran("quarantine", "--by", by, "--json").data
    assert [(row[by], row["records"]) for row in rows] == expected
    assert {"lost_evses", "lost_connectors", "first_seen_at", "last_seen_at", "example"} < set(
        rows[0]
    )
    assert by.capitalize() in ran("quarantine", "--by", by).text


def test_one_feed_is_counted_alone_with_an_example(harvest):
    harvest("T8")
    harvest("T7", feed="two")
    (row,) = ran("quarantine", "two", "--by", "reason", "--json").data
    assert row["records"] == 1
    assert row["example"] == "two T7 $[1]: 'currency' is missing"


def test_the_file_for_a_spreadsheet_holds_all_and_runs_nothing(harvest, tmp_path):
    harvest(*(f"T{number}" for number in range(300)), FORMULA)
    path = tmp_path / "refused.csv"
    assert f"301 of 301 rows written to {path}" in ran("quarantine", "--csv", path).text
    rows = rows_of(path)
    assert len(rows) == 301
    assert f"'{FORMULA}" in {row["object_id"] for row in rows}
    assert rows[0]["is_current"] == "true"
    assert rows[0]["first_seen_at"].endswith("Z")
    assert [file.name for file in tmp_path.glob("refused*")] == ["refused.csv"]


def test_a_file_of_groups_or_of_nothing_has_its_columns(harvest, tmp_path):
    harvest("T8")
    path = tmp_path / "refused.csv"
    ran("quarantine", "--by", "feed", "--csv", path)
    assert [(row["feed"], row["records"]) for row in rows_of(path)] == [("one", "1")]
    assert "0 of 0 rows written" in ran("quarantine", "nobody", "--csv", path).text
    assert path.read_text().startswith('"feed","run_id","object_type","object_id"')
    assert rows_of(path) == []


def test_a_file_that_cannot_be_written_is_one_line(harvest, tmp_path):
    harvest("T8")
    result = ran("quarantine", "--csv", tmp_path / "no" / "such.csv")
    assert result.code == 1
    assert "such.csv cannot be written: No such file or directory" in result.said


@pytest.mark.parametrize("options", [("--csv", "x.csv", "--json"), ("--by", "colour")])
def test_what_makes_no_sense_is_wrong_use(home, options):
    assert ran("quarantine", *options).code == 2
