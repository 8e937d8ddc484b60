"""`klarpris operators`: who is in the register, and which parties of the snapshot are not."""

import json
import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
SOMEONE = """
name = "Someone"
parties = [{ country_code = "SE", party_id = "AAA" }]
[group]
name = "Holding"
source = { url = "https://holding.example", read_on = 2026-10-01, says = "Owns Someone." }
[[sources]]
url = "https://someone.example"
read_on = 2026-10-01
says = "Locations are of party SE*AAA."
"""
OTHER = SOMEONE.replace("Someone", "Other").replace("AAA", "BBB")
ALONE = """
name = "Alone"
[[sources]]
url = "https://alone.example"
read_on = 2026-10-01
says = "Its own feed."
"""


@pytest.fixture
def data(tmp_path):
    """Return a folder of data with no operators yet; feeds and tables as shipped."""
    folder = tmp_path / "data"
    shutil.copytree(DATA / "reference", folder / "reference")
    (folder / "feeds").mkdir()
    (folder / "operators").mkdir()
    return folder


@pytest.fixture
def told(klarpris, data):
    """Return a function that runs `klarpris operators` and returns exit code, JSON and errors."""

    def run(*arguments):
        result = klarpris("operators", *arguments, "--json", KLARPRIS_DATA=str(data))
        return result.returncode, json.loads(result.stdout), result.stderr

    return run


def write(data, **files):
    for slug, text in files.items():
        (data / "operators" / f"{slug}.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", [[], ["list"], ["check"]])
def test_every_command_has_help(klarpris, command):
    result = klarpris("operators", *command, "--help")
    assert result.returncode == 0
    assert "Usage" in result.stdout


def test_shipped_operators_are_listed(klarpris):
    result = klarpris("operators", "list")
    assert result.returncode == 0, result.stderr
    assert "char.gy" in result.stdout
    assert "NL*FAS, DE*FAS, GB*FAS" in result.stdout


def test_list_for_scripts_has_every_fact_and_its_sources(told, data):
    write(data, someone=SOMEONE)
    code, (row,), _ = told("list")
    assert code == 0
    assert (row["slug"], row["name"], row["group"]) == ("someone", "Someone", "Holding")
    assert row["parties"] == ["SE*AAA"]
    assert row["sources"][0]["read_on"] == "2026-10-01"


def test_groups_have_a_row_each_and_others_stand_alone(told, data):
    write(data, someone=SOMEONE, other=OTHER, alone=ALONE, lonely=ALONE.replace("Alone", "Lonely"))
    code, rows, _ = told("list", "--group")
    assert code == 0
    assert sorted((row["group"] or "", row["operators"], row["parties"]) for row in rows) == [
        ("", ["alone"], []),
        ("", ["lonely"], []),
        ("Holding", ["other", "someone"], ["SE*BBB", "SE*AAA"]),
    ]


def test_a_bad_file_is_one_line_and_costs_only_itself(told, data):
    write(data, someone=SOMEONE, bad='colour = "blue"\n' + ALONE)
    code, rows, said = told("list")
    assert code == 1
    assert [row["slug"] for row in rows] == ["someone"]
    assert "bad.toml: unknown key 'colour'" in said
    assert len(said.strip().splitlines()) == 1


def test_check_before_anything_is_published_looks_through_the_files_only(told, klarpris, data):
    write(data, someone=SOMEONE)
    code, found, _ = told("check")
    assert code == 0
    assert found == {"operators": 1, "errors": [], "unknown_parties": None}
    result = klarpris("operators", "check", KLARPRIS_DATA=str(data))
    assert "Nothing has been published yet" in result.stdout


def test_check_names_parties_that_no_file_knows_with_their_connectors(
    told, klarpris, data, recordings
):
    klarpris("harvest", "--from", recordings)
    write(data, alone=ALONE)
    code, found, _ = told("check")
    assert code == 0  # a party that nobody has described yet is no fault
    (row,) = found["unknown_parties"]
    assert (row["party"], row["connectors"], row["feeds"]) == ("SE*AAA", 1, ["someone"])
    assert "SE*AAA" in klarpris("operators", "check", KLARPRIS_DATA=str(data)).stdout


def test_check_is_content_once_a_file_knows_the_party(told, klarpris, data, recordings):
    klarpris("harvest", "--from", recordings)
    write(data, someone=SOMEONE)
    code, found, _ = told("check")
    assert (code, found["unknown_parties"]) == (0, [])
    result = klarpris("operators", "check", KLARPRIS_DATA=str(data))
    assert "Every party of the snapshot is known." in result.stdout


def test_check_names_what_two_files_claim(told, data):
    write(data, someone=SOMEONE, other=SOMEONE.replace('"Someone"', '"Other"'))
    code, found, said = told("check")
    assert code == 1
    (error,) = found["errors"]
    assert "party 'SE*AAA' is claimed by" in error
    assert "SE*AAA" in said


def test_check_looks_through_the_table_of_evse_aliases_too(told, data):
    rows = "evse_id,same_as,source,read_on\nSEABCE1,SEABCE1,x,2026-10-01\n"
    (data / "reference" / "evse_aliases.csv").write_text(rows, encoding="utf-8")
    code, found, said = told("check")
    assert code == 1
    assert "line 2: 'SEABCE1' leads back to itself" in found["errors"][0]
    assert "line 2" in said


@pytest.mark.parametrize("command", ["list", "check"])
def test_missing_folder_is_one_line(klarpris, data, command):
    (data / "operators").rmdir()
    result = klarpris("operators", command, KLARPRIS_DATA=str(data))
    assert result.returncode == 1
    assert "no such folder of operator files" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_unknown_option_is_wrong_use(klarpris):
    assert klarpris("operators", "list", "--nosuch").returncode == 2
