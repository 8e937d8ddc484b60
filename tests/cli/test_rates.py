"""`klarpris rates`: what is known, an amount converted, newer rates fetched or from a file."""

import json
from datetime import date, timedelta

import pytest

from aggregator.normalise.currency import Rates
from tests.sources.test_rates import newer

LAST = Rates.shipped().last_day
NEXT = LAST + timedelta(days=1)
DAY = "2026-10-30"


def known_until(klarpris):
    (dollar,) = (
        row for row in json.loads(klarpris("rates", "list", "--json").stdout)
        if row["currency"] == "USD"
    )  # fmt: skip
    return date.fromisoformat(dollar["rate_date"])


@pytest.mark.parametrize("command", [[], ["list"], ["update"], ["convert"]])
def test_every_command_has_help(klarpris, command):
    result = klarpris("rates", *command, "--help")
    assert result.returncode == 0
    assert "Usage" in result.stdout


def test_list_names_rates_with_their_day_and_source(klarpris):
    result = klarpris("rates", "list", "--on", "2026-11-01")  # a Sunday
    assert result.returncode == 0, result.stderr
    (line,) = (line.split() for line in result.stdout.splitlines() if "USD" in line)
    assert line == ["USD", "0.895095", "EUR", "2026-10-30"]  # 1 / 1.1172
    assert "European Central Bank" in result.stdout


def test_list_for_scripts_is_exact_and_into_any_currency(klarpris):
    rows = json.loads(klarpris("rates", "list", "--on", DAY, "--to", "usd", "--json").stdout)
    (euro,) = (row for row in rows if row["currency"] == "EUR")
    assert (euro["to"], euro["rate"], euro["rate_date"]) == ("USD", "1.1172", DAY)
    assert "UAH" not in {row["currency"] for row in rows}


def test_list_of_a_day_without_rates_says_so(klarpris):
    result = klarpris("rates", "list", "--on", "1990-01-01", "--json")
    assert (result.returncode, json.loads(result.stdout)) == (1, [])
    assert "no rates into EUR for 1990-01-01" in result.stderr


def test_convert_rounds_half_up_to_the_minor_unit_of_the_other_currency(klarpris):
    told = json.loads(
        klarpris("rates", "convert", "0.5", "EUR", "JPY", "--on", DAY, "--json").stdout
    )
    assert (told["amount"], told["total"], told["rate"]) == ("0.5", "88", "175.68")  # 87.84
    result = klarpris("rates", "convert", "10", "gbp", "eur", "--on", DAY)
    assert "10 GBP = 11.99 EUR" in result.stdout  # 10 / 0.8338 = 11.993
    assert DAY in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["1", "UAH", "EUR"], "UAH: no rates are published for this currency"),
        (["1", "HRK", "EUR", "--on", "2024-01-01"], "367 days before 2024-01-01; --allow-old-days"),
        (["1", "USD", "EUR", "--on", "2099-01-01"], "`klarpris rates update` fetches newer ones"),
        (["1", "USD", "EUR", "--on", "1990-01-01"], "no rate that can be used"),
    ],
)
def test_convert_says_why_there_is_no_rate(klarpris, arguments, said):
    result = klarpris("rates", "convert", *arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_convert_takes_an_old_rate_when_asked_to(klarpris):
    old = ["--on", "2024-01-01", "--allow-old-days", "367"]
    result = klarpris("rates", "convert", "10", "HRK", "EUR", *old)
    assert "10 HRK = 1.33 EUR" in result.stdout  # 10 / 7.5365
    assert "2022-12-30" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["convert", "much", "USD", "EUR"],
        ["convert", "1", "Dollar", "EUR"],
        ["update", "--url", "rates.zip"],
    ],
)
def test_wrong_use_is_told_apart(klarpris, arguments):
    assert klarpris("rates", *arguments).returncode == 2


def test_update_takes_a_file(klarpris, tmp_path):
    (tmp_path / "rates.csv").write_bytes(newer())
    result = klarpris("rates", "update", "--from", "rates.csv")
    assert result.returncode == 0, result.stderr
    assert f"newer rates: from 1999-01-04 to {NEXT}" in result.stdout
    assert known_until(klarpris) == NEXT
    told = json.loads(klarpris("rates", "update", "--from", "rates.csv", "--json").stdout)
    assert told == {"is_new": False, "first_day": "1999-01-04", "last_day": str(NEXT)}


def test_update_refuses_a_file_and_keeps_what_was_there(klarpris, tmp_path):
    (tmp_path / "good.csv").write_bytes(newer())
    klarpris("rates", "update", "--from", "good.csv")
    (tmp_path / "bad.csv").write_bytes(newer(factor=2.5))
    result = klarpris("rates", "update", "--from", "bad.csv")
    assert result.returncode == 1
    assert "bad.csv: line 2: USD: " in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert known_until(klarpris) == NEXT


def test_update_asks_the_server_once_and_then_whether_anything_changed(klarpris, httpserver):
    headers = {"ETag": '"a"'}
    first = httpserver.expect_ordered_request("/rates")
    first.respond_with_data(newer(), headers=headers)
    second = httpserver.expect_ordered_request("/rates", headers={"If-None-Match": '"a"'})
    second.respond_with_data(b"", status=304, headers=headers)
    fetch = ["rates", "update", "--url", httpserver.url_for("/rates"), "--allow-private"]
    result = klarpris(*fetch)
    assert result.returncode == 0, result.stderr
    assert "newer rates" in result.stdout
    assert "nothing new" in klarpris(*fetch).stdout
    assert known_until(klarpris) == NEXT
    httpserver.check()


def test_update_asks_for_everything_after_a_file_was_taken(klarpris, httpserver, tmp_path):
    httpserver.expect_request("/rates").respond_with_data(newer(), headers={"ETag": '"a"'})
    fetch = ["rates", "update", "--url", httpserver.url_for("/rates"), "--allow-private"]
    klarpris(*fetch)
    (tmp_path / "rates.csv").write_bytes(newer())
    klarpris("rates", "update", "--from", "rates.csv")
    klarpris(*fetch)
    asked = [request.headers.get("If-None-Match") for request, _ in httpserver.log]
    assert asked == [None, None]


def test_update_that_fails_is_one_line_and_keeps_the_programs_rates(klarpris, httpserver):
    httpserver.expect_request("/rates").respond_with_data("<html>no</html>")
    url = httpserver.url_for("/rates")
    result = klarpris("rates", "update", "--url", url, "--allow-private")
    assert result.returncode == 1
    assert "no table of exchange rates" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert known_until(klarpris) == LAST
    refused = klarpris("rates", "update", "--url", url)
    assert "private address" in refused.stderr
    assert "--allow-private allows a private one" in refused.stderr


def test_damaged_rates_in_the_home_are_named_and_mended_by_an_update(klarpris, tmp_path):
    folder = tmp_path / "home" / "rates"
    folder.mkdir(parents=True)
    (folder / "eurofxref-hist.csv").write_bytes(newer()[:200])
    result = klarpris("rates", "list")
    assert result.returncode == 1
    assert "eurofxref-hist.csv: line 2: " in result.stderr
    (tmp_path / "rates.csv").write_bytes(newer())
    assert klarpris("rates", "update", "--from", "rates.csv").returncode == 0
    assert known_until(klarpris) == NEXT
