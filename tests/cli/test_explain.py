"""`klarpris explain`: from the operator's bytes to the figures of the snapshot, step by step."""

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from aggregator.cli.reasons import NO_PRICE, NO_RATE
from aggregator.normalise.currency import MissingReason
from tests.cli.running import ran
from tests.formats.raw_records import ABSENT, raw_component, raw_element, raw_tariff
from tests.invoices.tracing import FEED, keep, one_tariff, publish_read, tampered, write_feed
from tests.records import connector, evse, location

EVSE = "SE*AAA*EE1"
PLACE = f"{FEED}/L1/E1/1"
WORDING = Path(__file__).parents[2] / "dashboard" / "wording" / "en.toml"
SHOWN_ONLY_THERE = {"other_payment", "unknown", "too_slow"}


@pytest.fixture(scope="module")
def plain_home(tmp_path_factory):
    """Return a home with one plain tariff that nobody changes."""
    home = tmp_path_factory.mktemp("plain")
    one_tariff(home, type=ABSENT)
    return home


@pytest.fixture
def plain(plain_home, home, monkeypatch):
    """Return the home that the settings name: a copy of that one."""
    shutil.copytree(plain_home, home)
    (home / "feeds").mkdir()
    monkeypatch.setenv("KLARPRIS_FEEDS", str(home / "feeds"))
    return home


@pytest.fixture
def empty(home, monkeypatch):
    (home / "feeds").mkdir(parents=True)
    monkeypatch.setenv("KLARPRIS_FEEDS", str(home / "feeds"))
    return home


def test_people_read_each_step(plain):
    # 40 kWh at 5.00 are 200.00, with 25 % tax 250.00, at a charger of 150 kW.
    result = ran("explain", EVSE)
    assert result.code == 0
    for line in (
        f"Tariff T1 · Ampere AB · Station L1 · {PLACE} · card, contract",
        '$.data[0].elements[0].price_components[0]: {"type": "ENERGY", "price": 5.0, "vat": 25.0',
        "Document: https://f.example/tariffs, asked at 2026-03-01 12:00:00 UTC",
        "Tax: the stated prices are without tax, known by the record: a rate of VAT stands",
        "Rate of VAT: 25 %, stated",
        "Session hpc: 40.000 kWh in 25 min, then parked for 0 min, from Tuesday",
        "Sum of the lines with tax, not rounded: 250 SEK; rounded once, half up, to 0.01 SEK",
        "Total 250.00 SEK, tax included; as published in the snapshot: 250.00 SEK, the same",
        "That is 6.25 SEK/kWh and 10 SEK/minute",
        "figures are the same as in the snapshot 20",
    ):
        assert line in result.text
    assert "DIFFERENT" not in result.text


def test_the_command_that_is_named_opens_the_document_of_that_digest(plain):
    told = ran("explain", EVSE, "--json").data["explanations"][0]["evidence"]
    assert f"Open it: {told['command']}" in ran("explain", EVSE).text
    if shutil.which("zstd"):
        opened = subprocess.run(told["command"].split(), capture_output=True, check=True)
        assert len(opened.stdout) == told["size_bytes"]
    assert Path(told["file"]).is_file()
    assert len(told["sha256"]) == 64


def test_scripts_get_every_step_exactly(plain):
    result = ran("explain", EVSE, "--json")
    assert result.code == 0
    assert result.data["agrees"] is True
    (told,) = result.data["explanations"]
    assert told["payment_methods"] == ["card", "contract"]
    assert told["evidence"]["json_path"] == "$.data[0]"
    assert told["evidence"]["ocpi_version"] == "2.2.1"
    assert told["stated"][0] == {"json_path": "$.data[0].currency", "value": "SEK"}
    assert (told["tax"]["price_basis"], told["tax"]["vat_rates"]) == ("NET", ["0.25"])
    assert told["rounding"]["total"] == told["bill"]["total_gross"] == "250.00"
    assert {one["is_same"] for one in told["figures"]} == {True}
    totals = {one["session_code"]: one["computed"] for one in told["figures"]
              if one["name"] == "total"}  # fmt: skip
    assert totals == {"ac": "125.00", "dc": "187.50", "hpc": "250.00", "idle": "250.00"}


def test_a_figure_that_differs_is_loud_and_exits_with_1(plain):
    tampered(plain, "update mart.session_total set total = 249.99 where session_code = 'hpc'")
    tampered(plain, "update mart.headline set price_per_kwh = 6.2400004")
    result = ran("explain", EVSE)
    assert result.code == 1
    assert "as published in the snapshot: 249.99 SEK, DIFFERENT" in result.text
    assert "2 of " in result.text
    assert "figures are DIFFERENT from those of the snapshot" in result.text
    told = ran("explain", EVSE, "--json").data
    assert told["agrees"] is False
    differing = [one for one in told["explanations"][0]["figures"] if not one["is_same"]]
    assert {(one["name"], one["published"]) for one in differing} == {
        ("price_per_kwh", "6.240000"),
        ("total", "249.9900"),
    }


def test_a_document_that_is_not_kept_is_said_and_exits_with_1(plain):
    shutil.rmtree(plain / "archive")
    result = ran("explain", EVSE)
    assert result.code == 1
    assert f"NOT TRACED: no document of the feed {FEED} is kept any more" in result.text
    assert "figures follow from the price list that the snapshot keeps" in result.text
    assert "Total 250.00 SEK" in result.text


def test_a_later_document_with_other_prices_is_told(plain):
    keep(plain, [raw_tariff(elements=[raw_element(raw_component(price=9.0))])], hour=1)
    result = ran("explain", EVSE)
    assert result.code == 0
    assert "holds other prices under this id" in result.text


def test_a_connector_is_named_by_its_key_or_beside_the_evse(plain):
    assert ran("explain", "--connector", PLACE).code == 0
    assert ran("explain", "se-aaa-ee1", "--connector", "1").code == 0
    missing = ran("explain", EVSE, "--connector", "9")
    assert missing.code == 1
    assert missing.said.startswith("no such connector")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "name a charger"),
        (["--connector", "f/L1"], "--connector by itself is"),
        ([EVSE, "--tariff-id", "T9"], "no tariff 'T9' here; there is T1"),
        ([EVSE, "--method", "app"], "no offer to pay by 'app' here; there is card, contract"),
        ([EVSE, "--session", "moon"], "no session 'moon'; there is ac, dc, hpc, idle"),
        ([EVSE, "--in", "crowns"], "is no code of a currency"),
    ],
)
def test_wrong_use_exits_with_2(plain, options, said):
    result = ran("explain", *options)
    assert result.code == 2
    assert said in result.said.replace("│ ", "")


def test_only_the_tariff_way_and_session_that_are_named(plain):
    result = ran("explain", EVSE, "--tariff-id", "t1", "--method", "card", "--session", "dc")
    assert result.code == 0
    assert "Session dc: 30.000 kWh in 40 min" in result.text
    assert "Total 187.50 SEK" in result.text


def test_a_total_in_another_currency_names_the_rate_and_its_day(plain):
    tampered(
        plain,
        "update mart.rate set rate = 0.0891, rate_date = '2026-11-20', missing_because = null "
        "where to_currency = 'EUR'",
    )
    said = "In EUR: 22.28 EUR, rate 0.0891 of 2026-11-20"  # 250 at 0.0891 are 22.275
    assert said in ran("explain", EVSE, "--in", "eur").text


def test_without_a_rate_the_reason_is_told(plain):
    tampered(
        plain,
        "update mart.rate set rate = null, rate_date = '2026-10-30', missing_because = 'too_old' "
        "where to_currency = 'EUR'",
    )
    text = ran("explain", EVSE, "--in", "EUR").text
    assert "Not in EUR: the last rate is too old" in text
    assert "(the last one is of 2026-10-30)" in text
    nowhere = ran("explain", EVSE, "--in", "XXX")
    assert nowhere.code == 0
    assert "Not in XXX: the European Central Bank publishes no rate of it" in nowhere.text


def test_an_offer_without_a_price_says_why_in_plain_words(empty):
    one_tariff(empty, elements=[raw_element(raw_component(price=-1.0))])
    result = ran("explain", EVSE)
    assert result.code == 0
    assert "No price (negative_price): its tariff holds a negative price" in result.text
    assert "No bill: its tariff holds a negative price" in result.text
    (told,) = ran("explain", EVSE, "--json").data["explanations"]
    assert told["why_no_price"] == "its tariff holds a negative price"


def test_a_connector_without_a_tariff_says_why(empty):
    bay = evse(connectors=(connector(tariff_ids=()),))
    publish_read(empty, raw_tariff(), locations=[location(evses=(bay,))])
    result = ran("explain", EVSE)
    assert result.code == 0
    assert "No price (no_tariff_id): the connector names no tariff" in result.text


def test_tax_by_law_is_named_with_the_proof_and_the_source(empty):
    write_feed(empty, 'prices = "net"\nprices_evidence = "seen on a receipt"\n')
    one_tariff(empty, elements=[raw_element(raw_component(vat=ABSENT))])
    result = ran("explain", EVSE)
    assert result.code == 0
    assert "known by the feed's file: prices = 'net'; seen on a receipt" in result.text
    assert "Rate of VAT: 25 %, by law; " in result.text
    assert "Total 250.00 SEK, tax included, at the rate by law" in result.text


def test_limits_and_flags_are_told(empty):
    dear = raw_element(raw_component(price=400.0))
    one_tariff(empty, elements=[dear], max_price={"excl_vat": 100, "incl_vat": 125})
    text = ran("explain", EVSE).text
    assert "highest price 125 SEK (with tax) applied" in text
    assert "not rounded: 20000 SEK, then the limits; rounded once" in text
    assert "Doubtful (cents_for_euros): The price per kWh looks" in text


def test_a_feed_file_at_fault_costs_only_itself(plain):
    (plain / "feeds" / "bad_feed.toml").write_text("name = ")
    result = ran("explain", EVSE)
    assert result.code == 0
    assert "bad_feed.toml" in result.said


def test_texts_of_strangers_cannot_act_on_the_terminal(empty):
    nasty = "[bold red]\x1b[31mA\u202eB\nC[/]"
    parts = raw_component() | {nasty: nasty}
    one_tariff(empty, elements=[raw_element(parts)])
    text = ran("explain", EVSE).text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold red]" in text


def test_without_a_snapshot_a_line_says_what_to_do(empty):
    assert ran("explain", EVSE).said == (
        "nothing has been published yet; `klarpris harvest` publishes a snapshot"
    )


def test_every_reason_that_people_can_meet_has_plain_words():
    shown = tomllib.loads(WORDING.read_text(encoding="utf-8"))["reason"]
    assert shown.keys() - NO_PRICE.keys() == SHOWN_ONLY_THERE
    assert NO_RATE.keys() == set(MissingReason)
