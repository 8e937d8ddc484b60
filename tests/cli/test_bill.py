"""`klarpris bill`: what a session costs, by a file or at a connector of the snapshot."""

import json

import duckdb
import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.ledger import FeedFacts
from aggregator.store.pointer import current_snapshot
from aggregator.store.warehouse import open_warehouse
from tests.cli.running import ran
from tests.formats.raw_records import raw_element
from tests.invoices.raw_cdrs import raw_component, raw_tariff, restricted
from tests.invoices.tracing import one_tariff, write_feed
from tests.receiving import Receiver
from tests.records import connector, evse, location, tariff

pytestmark = pytest.mark.usefixtures("home")
BY_CLOCK = raw_tariff(
    elements=[
        restricted(raw_component(price=1), start_time="18:00"),
        {"price_components": [raw_component()]},
    ]
)
RESERVED = raw_tariff(
    elements=[
        restricted(raw_component("TIME", 4), reservation="RESERVATION"),
        restricted(raw_component("FLAT", 9), reservation="RESERVATION_EXPIRES"),
        {"price_components": [raw_component()]},
    ]
)
PLACE = "f/L1/E1/1"


@pytest.fixture
def bill(tmp_path):
    """Return a function that writes tariffs into a file and runs the command on it."""

    def run(content, *options):
        path = tmp_path / "tariff.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return ran("bill", path, *options)

    return run


@pytest.fixture
def published(home):
    """Return a function that publishes locations and tariffs into the home's snapshots."""

    def run(locations, tariffs=(), feed="f"):
        with open_warehouse(None) as warehouse:
            Receiver(warehouse)(locations, tariffs, feed=feed)
            publish(warehouse, Settings(home=home))

    return run


def gross(result):
    return [one["bill"] and one["bill"]["total_gross"] for one in result.data["bills"]]


def test_the_defaults_are_the_small_session_from_now(bill):
    # 20 kWh at 0.50 are 10.00, with 20 % tax 12.00; two hours at 10 kW.
    result = bill(raw_tariff())
    assert result.code == 0
    assert "Tariff T1" in result.text
    assert "20 kWh in 120 min, then parked for 0 min" in result.text
    assert "Total 12.00 EUR, tax included" in result.text
    assert "Net 10.00 EUR" in result.text


def test_every_tariff_of_a_file_is_billed_or_the_one_named(bill):
    both = [raw_tariff(), raw_tariff(raw_component(price=1), id="Night")]
    assert gross(bill(both, "--json")) == ["12.00", "24.00"]
    assert gross(bill(both, "--json", "--tariff-id", "NIGHT")) == ["24.00"]
    result = bill(both, "--tariff-id", "x")
    assert result.code == 2
    assert "no tariff 'x' here; there is T1, Night" in result.said


def test_what_is_said_of_the_session_goes_before_the_defaults(bill):
    # 12.5 kWh at 0.50 are 6.25, an hour charged at 6 is 6, half an hour parked at 3 is 1.50.
    parts = [raw_component(), raw_component("TIME", 6), raw_component("PARKING_TIME", 3)]
    options = ["--kwh", "12,5", "--minutes", "60", "--stay", "90", "--json"]
    assert gross(bill(raw_tariff(*parts), *options)) == ["16.50"]  # 13.75 and 20 %
    # At 25 kW it takes half an hour: 6.25 + 3, and an hour parked is 3: 12.25, with tax 14.70.
    options = ["--kwh", "12.5", "--power", "25", "--stay", "90", "--json"]
    assert gross(bill(raw_tariff(*parts), *options)) == ["14.70"]
    assert gross(bill(raw_tariff(), "--session", "hpc", "--json")) == ["24.00"]


def test_a_step_of_a_second_is_not_passed_by_a_hair(bill):
    # 40.02 kWh at 60 kW take 40.02 minutes, 2401.2 seconds: 2402 are billed, at 3600 an hour.
    hour = raw_tariff(raw_component("TIME", 3600, vat=0))
    assert gross(bill(hour, "--kwh", "40.02", "--power", "60", "--json")) == ["2402.00"]
    # 0.017 minutes are 1.02 seconds; 40 minutes and nothing are exactly 2400.
    assert gross(bill(hour, "--kwh", "40", "--power", "60", "--json")) == ["2400.00"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--stay", "30"], "a stay of 30 minutes is too short for 120 minutes of charging"),
        (["--power", "0"], "a power above zero is needed"),
        (["--kwh", "-1"], "is no number from 0 up"),
        (["--kwh", "1e999999"], "is no number from 0 up"),
        (["--expired"], "--expired says how --reserved ended"),
        (["--at", "25:00"], "is no time of day"),
        (["--day", "2026-02-30"], "is no date"),
        (["--day", "0001-01-01", "--at", "00:00", "--zone", "Asia/Tokyo"], "outside the calendar"),
        (["--zone", "Mars/Base"], "is no IANA time zone"),
        (["--language", "fr"], "fr"),
        (["--evse-id", "SE*1"], "name a tariff file, or a charger"),
    ],
)
def test_wrong_use_exits_with_2(bill, options, said):
    result = bill(raw_tariff(), *options)
    assert result.code == 2
    assert said in result.said.replace("│ ", "")


@pytest.mark.parametrize("options", [[], ["--connector", "f/L1/1"], ["--connector", "1"]])
def test_nothing_to_price_is_wrong_use(options):
    assert ran("bill", *options).code == 2


def test_energy_of_nothing_needs_no_power(bill):
    assert gross(bill(raw_tariff(), "--kwh", "0", "--power", "0", "--json")) == ["0.00"]


def test_a_start_is_on_the_chargers_clock(bill):
    late = bill(BY_CLOCK, "--at", "18:00", "--zone", "Europe/Stockholm")
    assert "18:00 (Europe/Stockholm)" in late.text
    assert "Total 24.00 EUR" in late.text
    early = bill(BY_CLOCK, "--at", "08:00", "--zone", "Europe/Stockholm")
    assert "Total 12.00 EUR" in early.text


def test_an_hour_that_the_clock_skips_is_moved_on(bill):
    when = ["--day", "2026-03-29", "--at", "02:30", "--zone", "Europe/Stockholm"]
    assert "from Sunday 2026-03-29 03:30 (Europe/Stockholm)" in bill(BY_CLOCK, *when).text


def test_a_price_by_the_clock_needs_the_zone(bill):
    result = bill(BY_CLOCK)
    assert result.code == 1
    assert "No bill: its prices depend on the charger's clock: say --zone" in result.text


def test_each_hour_of_the_day_has_its_row(bill):
    # 20 kWh in two hours: from 17:00 one hour at 0.50 and one at 1: 5 + 10, with 20 % tax 18.00.
    when = ["--compare-hours", "--day", "2026-06-02", "--zone", "Europe/Stockholm"]
    result = bill(BY_CLOCK, *when, "--json")
    rows = result.data["bills"][0]["hours"]
    assert len(rows) == 24
    assert rows[0] == {
        "start": "2026-06-02T00:00:00+02:00",
        "total": "12.00",
        "tax_basis": "gross",
    }
    # Until 16:00 all of it is at 0.50; from 23:00 on its second hour is after midnight.
    totals = ["12.00"] * 17 + ["18.00"] + ["24.00"] * 5 + ["18.00"]
    assert [row["total"] for row in rows] == totals
    text = bill(BY_CLOCK, *when).text
    assert "Total by start" in text
    assert len([line for line in text.splitlines() if line.strip().endswith(" EUR")]) >= 24


def test_a_reservation_is_billed_used_or_expired(bill):
    # Half an hour at 4 is 2; 20 kWh are 10: 12, with tax 14.40.
    assert gross(bill(RESERVED, "--reserved", "30", "--json")) == ["14.40"]
    # Nobody came: 9 + 2, with tax 13.20.
    result = bill(RESERVED, "--reserved", "30", "--expired")
    assert "Total 13.20 EUR" in result.text
    assert "FLAT (reservation)" in result.text
    assert "0 kWh in 0 min" in result.text


def test_a_current_decides_where_it_is_said(bill):
    elements = [
        restricted(raw_component(), max_current=32),
        {"price_components": [raw_component(price=1)]},
    ]
    assert "say --current" in bill(raw_tariff(elements=elements)).text
    said = bill(raw_tariff(elements=elements), "--current", "16")
    assert "say --current" not in said.text
    assert "Total 12.00 EUR" in said.text


def test_limits_and_unknown_tax_are_told(bill):
    limited = raw_tariff(max_price={"excl_vat": 5, "incl_vat": 6})
    text = bill(limited).text
    assert "highest price 5 EUR (without tax) applied" in text
    assert "highest price 6 EUR (with tax) applied" in text
    silent = raw_tariff(raw_component(vat=None))
    assert "Total 10.00 EUR, as published" in bill(silent).text
    assert "Total 10.00 EUR, without tax" in bill(silent, "--prices", "net").text
    assert "Total 10.00 EUR, tax included" in bill(silent, "--prices", "gross").text
    assert "Total 10.00 EUR, without tax" in bill(silent, "--ocpi", "2.1.1").text


def test_a_tariff_that_cannot_be_priced_says_why_and_exits_with_1(bill):
    result = bill(raw_tariff(raw_component(price="ask us")))
    assert result.code == 1
    assert "No bill: these parts could not be read: elements[0].price_components[0]" in result.text
    result = bill(raw_tariff(raw_component(price="ask us")), "--json")
    assert result.code == 1
    (told,) = result.data["bills"]
    assert (told["bill"], told["session"]) == (None, None)
    assert told["refused"].startswith("these parts could not be read")
    assert told["notes"]


def test_one_of_several_that_can_be_priced_is_enough(bill):
    both = [raw_tariff(raw_component(price=-1)), raw_tariff(id="T2")]
    assert bill(both).code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "the answer is empty"), ("[]", "there is no tariff"), ("{}", "there is no tariff")],
)
def test_a_file_without_a_tariff_is_one_line(bill, content, said):
    result = bill(content)
    assert result.code == 1
    assert said in result.said


@pytest.mark.parametrize("language", ["en", "sv", "de"])
def test_the_plain_sentence_is_there_in_each_language(bill, language):
    (told,) = bill(raw_tariff(), "--json", "--language", language).data["bills"]
    assert told["sentence"]
    shown = bill(raw_tariff(), "--language", language).text.split()
    assert " ".join(told["sentence"].split()) in " ".join(shown)


def test_what_scripts_get_is_exact(bill):
    (told,) = bill(raw_tariff(), "--json", "--day", "2026-06-02").data["bills"]
    assert told.keys() >= {"tariff_id", "notes", "sentence", "findings", "session", "bill", "hours"}
    assert "price_list" not in told
    assert told["session"]["start"] == "2026-06-02T12:00:00+00:00"
    assert told["session"]["energy_kwh"] == "20"
    found = told["bill"]
    assert (found["total_net"], found["total_gross"]) == ("10.00", "12.00")
    assert found["lines"][0]["price"] == "0.5"
    assert len(found["content_hash"]) == 64


def test_texts_of_strangers_cannot_act_on_the_terminal(bill, published):
    nasty = "[bold red]\x1b[31mA\u202eB\nC[/] " + "x" * 150
    text = bill(raw_tariff(id=nasty)).text
    published([location(name=nasty, operator_name=nasty)], [tariff()])
    for shown in (text, ran("bill", "--connector", PLACE).text):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "[bold red]" in shown
        assert "x" * 150 in shown


@pytest.mark.parametrize("asked", ["SE*AAA*EE1", "se-aaa-ee1", "SEAAAEE1"])
def test_a_charger_is_found_by_its_printed_id(published, asked):
    # 40 kWh, as at a charger of 150 kW, at 5.00 and 25 % tax: 250.
    published([location()], [tariff()])
    result = ran("bill", "--evse-id", asked)
    assert result.code == 0
    assert f"Tariff T1 · Ampere AB · Station L1 · {PLACE}" in result.text
    assert "Total 250.00 SEK, tax included" in result.text
    assert "(Europe/Stockholm)" in result.text
    assert "seen 0 min ago" in result.text
    assert "SIMULATED" not in result.text


def test_one_connector_of_an_evse_or_by_itself(published):
    bay = evse(connectors=(connector("1"), connector("2", tariff_ids=("T2",))))
    published([location(evses=(bay,))], [tariff(), tariff("T2", "6.00")])
    assert gross(ran("bill", "--evse-id", "SEAAAEE1", "--json")) == ["250.00", "300.00"]
    assert gross(ran("bill", "--evse-id", "SEAAAEE1", "--connector", "2", "--json")) == ["300.00"]
    (told,) = ran("bill", "--connector", PLACE, "--json").data["bills"]
    assert (told["connector"], told["bill"]["total_gross"]) == (PLACE, "250.00")
    assert told["last_seen_at"].endswith("+00:00")
    assert ran("bill", "--connector", "f/L1/E1/3").said.startswith("no such connector")


def test_a_connector_without_a_tariff_says_why(published):
    published([location(evses=(evse(connectors=(connector(tariff_ids=()),)),))])
    result = ran("bill", "--connector", PLACE)
    assert result.code == 1
    assert "No bill: no_tariff_id" in result.text
    missing = ran("bill", "--connector", PLACE, "--tariff-id", "T1")
    assert missing.code == 2
    assert "there is none" in missing.said


def test_a_rate_that_is_law_is_added_and_named_with_its_source(home, monkeypatch):
    # 40 kWh at 5.00 are 200.00; Sweden's 25 % are law where the feed's prices are proven net.
    write_feed(home, 'prices = "net"\nprices_evidence = "seen"\n')
    monkeypatch.setenv("KLARPRIS_FEEDS", str(home / "feeds"))
    one_tariff(home, elements=[raw_element({"type": "ENERGY", "price": 5, "step_size": 1})])
    result = ran("bill", "--evse-id", "SE*AAA*EE1")
    assert "Tax: 25 % by law, for the operator states no rate; " in result.text
    assert "Total 250.00 SEK, tax included, at the rate by law" in result.text
    assert "Net 200.00 SEK" in result.text
    (told,) = ran("bill", "--evse-id", "SE*AAA*EE1", "--json").data["bills"]
    assert (told["vat_rate"], told["bill"]["total_gross"]) == ("0.250000", "250.00")
    assert told["vat_source"]


def test_without_a_law_a_bill_names_none(published):
    published([location()], [tariff()])
    assert "by law" not in ran("bill", "--connector", PLACE).text


def test_a_simulated_operator_is_labelled(published):
    published([location()], [tariff()], FeedFacts("f", "Demo", synthetic=True))
    assert "SIMULATED operator: not a real price" in ran("bill", "--connector", PLACE).text
    assert ran("bill", "--connector", PLACE, "--json").data["bills"][0]["synthetic"] is True


def test_the_demonstration_has_a_home_of_its_own(published):
    published([location()], [tariff()])
    assert "nothing has been published yet" in ran("bill", "--demo", "--connector", PLACE).said


def test_without_a_snapshot_a_line_says_what_to_do():
    result = ran("bill", "--evse-id", "SE*AAA*E1")
    assert result.code == 1
    assert result.said == (
        "nothing has been published yet; `klarpris harvest` publishes a snapshot"
    )


def test_a_snapshot_of_an_older_klarpris_is_told(published, home):
    published([location()], [tariff()])
    path = current_snapshot(Settings(home=home).snapshots_folder).path
    path.chmod(0o600)
    with duckdb.connect(str(path)) as connection:
        connection.execute("alter table mart.location drop column time_zone")
    result = ran("bill", "--connector", PLACE)
    assert result.code == 1
    assert "`klarpris publish` renews it" in result.said


def test_the_command_as_people_run_it(klarpris, tmp_path):
    path = tmp_path / "tariff.json"
    path.write_text(json.dumps(raw_tariff()))
    assert "Total 12.00 EUR" in klarpris("bill", path).stdout
    wrong = klarpris("bill", tmp_path / "gone.json")
    assert wrong.returncode == 1
    assert wrong.stderr.strip().endswith("gone.json: No such file or directory")
