"""`klarpris plans`: what there is, and what is wrong with files."""

import pytest

from aggregator.config import settings
from tests.cli.running import ran

GOOD = """provider = "Someone"
name = "Plus"
countries = ["SE"]
currency = "SEK"
monthly_fee = 99
tax = "gross"
valid_from = 2026-01-01
source_url = "https://someone.example/prices"
read_on = 2026-10-01
[[price]]
per_kwh = 4.9
"""
TWICE = f"{GOOD}[[price]]\nper_kwh = 5\n"
BAD = GOOD.replace("4.9", "-4.9")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return the home of the test, of which the settings know nothing yet."""
    monkeypatch.setenv("KLARPRIS_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


@pytest.fixture
def write(home):
    """Return a function that writes a plan of the user's own and returns its path."""

    def written(name, text, folder="plans"):
        path = home / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize("command", [[], ["list"], ["check"]])
def test_every_command_has_help(command):
    found = ran("plans", *command, "--help")
    assert found.code == 0
    assert "Usage" in found.text


def test_own_plans_are_listed_and_invented_ones_are_not(write):
    write("someone_plus.toml", GOOD)
    found = ran("plans", "list", "--json")
    assert found.code == 0
    (row,) = found.data
    assert (row["slug"], row["provider"], row["monthly_fee"]) == ("someone_plus", "Someone", "99")
    assert (row["prices"], row["read_on"], row["valid_to"]) == (1, "2026-10-01", None)


def test_demonstration_lists_the_invented_plans(home):
    found = ran("plans", "list", "--demo", "--json")
    assert found.code == 0
    assert {row["slug"] for row in found.data} >= {"example_basic", "example_plus"}
    assert all(row["synthetic"] for row in found.data)
    assert "Example Plus" in ran("plans", "list", "--demo").text


def test_plans_of_the_demonstration_lie_in_its_home(write):
    write("someone_plus.toml", GOOD, "demo/plans")
    assert ran("plans", "list", "--json").data == []
    assert "someone_plus" in {row["slug"] for row in ran("plans", "list", "--demo", "--json").data}


def test_no_plans_is_no_fault_and_says_where_they_would_be(home):
    found = ran("plans", "list")
    assert found.code == 0
    assert str(home / "plans") in found.text


def test_file_at_fault_costs_only_itself(write):
    write("someone_plus.toml", GOOD)
    write("someone_else.toml", BAD)
    found = ran("plans", "list", "--json")
    assert found.code == 1
    assert [row["slug"] for row in found.data] == ["someone_plus"]
    assert "someone_else.toml: line 11: price 1, 'per_kwh': cannot be below 0" in found.said


def test_check_without_files_looks_through_all(write):
    write("someone_plus.toml", BAD)
    write("nobody.csv", "per_kwh\n1\n")
    found = ran("plans", "check", "--json")
    assert found.code == 1
    errors = [row["error"] for row in found.data if row["error"]]
    assert ["line 11" in errors[0], "there is no nobody.toml" in errors[1]] == [True, True]
    assert len(found.data) > len(errors)  # the shipped ones can be used


def test_check_of_a_file_says_that_it_can_be_used(home, tmp_path):
    path = tmp_path / "someone_plus.toml"
    path.write_text(GOOD, encoding="utf-8")
    found = ran("plans", "check", path)
    assert found.code == 0
    assert f"{path}: can be used - Plus of Someone, 1 price" in found.text
    assert ran("plans", "check", path, "--json").data[0]["plan"]["slug"] == "someone_plus"


def test_warning_is_no_fault(write):
    path = write("someone_plus.toml", TWICE)
    found = ran("plans", "check", path)
    assert found.code == 0
    assert f"warning: {path}: line 12: price 2: never used" in found.text
    assert len(ran("plans", "check", path, "--json").data[0]["warnings"]) == 1


def test_check_of_several_files_names_the_bad_one_on_standard_error(write):
    good, bad = write("good.toml", GOOD), write("bad.toml", BAD)
    found = ran("plans", "check", good, bad)
    assert found.code == 1
    assert "good.toml: can be used" in found.text
    assert found.said.startswith(f"klarpris: {bad}: line 11: ")


def test_check_of_a_table_is_that_of_its_plan(write):
    write("someone_plus.toml", GOOD.partition("[[price]]")[0])
    path = write("someone_plus.csv", "per_kwh\nx\n")
    found = ran("plans", "check", path)
    assert found.code == 1
    assert "someone_plus.csv line 2: price 1, 'per_kwh': write a number" in found.said


@pytest.mark.parametrize("arguments", [["check", "/nobody/has/this.toml"], ["list", "--nosuch"]])
def test_wrong_use_is_told_as_such(home, arguments):
    assert ran("plans", *arguments).code == 2
