"""`klarpris cdr`: an operator's own bill, checked; for people, for scripts, by its exit code."""

import json

import pytest

from tests.cli.running import ran
from tests.invoices.raw_cdrs import (
    ABSENT,
    raw_cdr,
    raw_component,
    raw_period,
    raw_tariff,
    restricted,
)

pytestmark = pytest.mark.usefixtures("home")
WRONG = raw_cdr(id="C2", total_cost={"excl_vat": 5.1, "incl_vat": 6})


@pytest.fixture
def cdr(tmp_path):
    """Return a function that writes CDRs into a file and runs the command on it."""

    def run(content, *options):
        path = tmp_path / "cdr.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return ran("cdr", path, *options)

    return run


def test_a_cdr_that_agrees_exits_with_0(cdr):
    result = cdr(raw_cdr())
    assert result.code == 0
    assert "CDR C1 · 2026-06-02 10:00 UTC · EUR" in result.text
    assert "Tariff T1, clock of Europe/Stockholm" in result.text
    assert "Total 6.00 EUR, tax included" in result.text
    assert "Net 5.00 EUR" in result.text
    assert "DIFFERS" not in result.text


def test_one_that_differs_among_others_exits_with_1(cdr):
    result = cdr([raw_cdr(), WRONG])
    assert result.code == 1
    (line,) = [line for line in result.text.splitlines() if "DIFFERS" in line]
    assert line.split() == ["total_cost", "net", "5.1", "5.00", "0.10", "DIFFERS"]


def test_one_that_cannot_be_checked_exits_with_1_and_says_why(cdr):
    result = cdr([raw_cdr(), raw_cdr(tariffs=[])])
    assert result.code == 1
    assert "Not checked: the CDR holds no tariff" in result.text


def test_what_was_odd_is_told(cdr):
    elements = [
        restricted(raw_component(price=1), max_kwh=4),
        {"price_components": [raw_component()]},
    ]
    result = cdr(
        raw_cdr(
            raw_period("11:00", tariff_id="T1", ENERGY=10, TIME=1),
            raw_period("10:00", ENERGY=1),
            raw_period("10:30", "T1", ENERGY=5, TIME=0.5),
            tariffs=[raw_tariff(elements=elements)],
        )
    )
    assert "A price changes inside charging period 2." in result.text
    assert "A price changes inside a period, billed as cut." in result.text
    assert "No tariff is named in charging period 1, so nothing is owed for it." in result.text
    assert "did not stand in the order of time" in result.text


def test_the_tariff_may_stand_in_another_file(cdr, tmp_path):
    path = tmp_path / "tariff.json"
    path.write_text(json.dumps(raw_tariff(id="other")))
    assert cdr(raw_cdr(tariffs=[]), "--tariff", path).code == 0


def test_the_clock_and_the_version_may_be_said(cdr):
    by_clock = raw_tariff(elements=[restricted(raw_component(), start_time="09:00")])
    document = raw_cdr(cdr_location=ABSENT, tariffs=[by_clock])
    assert "say --zone" in cdr(document).text
    assert cdr(document, "--zone", "Europe/Stockholm", "--ocpi", "2.2.1").code == 0


def test_what_scripts_get_is_exact(cdr):
    result = cdr([WRONG, raw_cdr(tariffs=[])], "--json")
    assert result.code == 1
    first, second = result.data["cdrs"]
    assert (first["cdr_id"], first["start"]) == ("C2", "2026-06-02T10:00:00+00:00")
    assert first["agrees"] is False
    assert first["comparisons"][0] == {
        "name": "total_cost",
        "side": "net",
        "stated": "5.1",
        "computed": "5.00",
        "agrees": False,
        "difference": "0.10",
    }
    (line,) = first["bills"][0]["bill"]["lines"]
    assert line == {
        "dimension": "ENERGY",
        "element_number": 1,
        "quantity": "10",
        "billed_quantity": "10",
        "unit": "kWh",
        "price": "0.5",
        "vat_rate": "0.2",
        "net": "5",
        "gross": "6",
        "as_stated": "5",
        "context": "session",
    }
    assert (second["refused"], second["bills"]) == ("the CDR holds no tariff", [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "cdr.json: the answer is empty"),
        ("<html>", "a web page or XML"),
        ("[]", "the document holds no CDR"),
        (raw_tariff(), "$: this is no CDR"),
        (raw_cdr(total_cost=None), "$.total_cost: 'total_cost' is null"),
        ({"status_code": 2001, "status_message": "no"}, "error 2001"),
    ],
)
def test_a_file_that_holds_no_cdr_is_one_line(cdr, content, said):
    result = cdr(content)
    assert result.code == 1
    assert said in result.said


@pytest.mark.parametrize(
    "options", [["--zone", "Mars/Base"], ["--ocpi", "3.0"], ["--tarif", "x"], ["second.json"]]
)
def test_wrong_use_exits_with_2(cdr, options):
    assert cdr(raw_cdr(), *options).code == 2


def test_no_file_is_wrong_use():
    assert ran("cdr").code == 2


NASTY = "[bold red]\x1b[31mA\u202eB\nC[/] " + "x" * 150


def test_ids_of_strangers_cannot_act_on_the_terminal(cdr):
    tariff = raw_tariff(id=NASTY)
    result = cdr(raw_cdr(id=NASTY, tariffs=[tariff]))
    assert result.code == 0
    assert "\x1b" not in result.text
    assert "\u202e" not in result.text
    assert "[bold red]" in result.text  # as it is, not as markup
    assert "x" * 150 in result.text  # and whole
    assert len([line for line in result.text.splitlines() if "x" * 150 in line]) == 2


def test_a_long_id_that_is_refused_is_told_harmlessly(klarpris, tmp_path):
    path = tmp_path / "cdr.json"
    period = raw_period(tariff_id="\x1b[31m" + "y" * 100, ENERGY=10)
    path.write_text(json.dumps([raw_cdr(period), raw_cdr(id="z" * 300)]))
    result = klarpris("cdr", path)
    assert result.returncode == 1
    assert result.stderr.startswith("klarpris: $[1].id: 'id' cannot be read")
    assert len(result.stderr.splitlines()) == 1
    path.write_text(json.dumps(raw_cdr(period)))
    result = klarpris("cdr", path)
    assert "\x1b" not in result.stdout
    assert "y" * 100 in result.stdout
