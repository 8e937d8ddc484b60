"""Prices traced back: each step is told, and every figure is worked out anew from the bytes."""

import random
import shutil
from decimal import Decimal

import pytest

from aggregator.domain.tariff import PriceBasis
from aggregator.invoices.figures import Figure
from aggregator.invoices.stated_parts import stated_parts
from aggregator.store.connector_tariffs import Place
from tests.cli.running import ran
from tests.formats.raw_records import ABSENT, raw_component, raw_element, raw_tariff
from tests.invoices.tracing import (
    FEED,
    keep,
    one_tariff,
    publish_read,
    tampered,
    traced,
    write_feed,
)
from tests.records import connector, evse, location

SEED = 20261122
SAMPLED = 1_000
NET_FEED = 'prices = "net"\nprices_evidence = "seen on a receipt"\n'


@pytest.fixture(scope="module")
def plain_home(tmp_path_factory):
    """Return a home with one plain tariff, for tests that change nothing there."""
    home = tmp_path_factory.mktemp("plain")
    one_tariff(home)
    return home


@pytest.fixture
def own_home(plain_home, tmp_path):
    """Return a copy of that home, to be changed."""
    return shutil.copytree(plain_home, tmp_path / "own")


def figure(found, name, session_code=None):
    one = found.figure(name, session_code)
    return (one.computed, one.published)


def test_every_step_of_a_price_is_there(plain_home):
    # 40 kWh at 5.00 are 200.00, with 25 % tax 250.00; over 25 minutes that is 10.00 a minute.
    (found,) = traced(plain_home)
    assert found.agrees
    assert found.evidence.tariff.json_path == "$.data[0]"
    assert (found.session_code, found.session.energy_kwh) == ("hpc", 40)
    assert found.bill.lines[0].net == 200
    assert (found.rounding.exact, found.rounding.total) == (250, Decimal("250.00"))
    assert found.rounding.with_tax
    assert figure(found, "total", "hpc") == (250, 250)
    assert figure(found, "total_excl_vat", "hpc") == (200, 200)
    assert figure(found, "price_excl_vat_per_kwh") == (5, 5)
    assert figure(found, "price_incl_vat_per_kwh") == (Decimal("6.25"), Decimal("6.25"))
    assert figure(found, "effective_price_per_minute", "hpc") == (10, 10)


def test_what_is_stated_stands_with_its_place(tmp_path):
    limited = raw_element(raw_component(price=1.0), restrictions={"start_time": "18:00"})
    one_tariff(tmp_path, elements=[limited, raw_element()], max_price={"excl_vat": 90})
    (found,) = traced(tmp_path)
    assert dict(found.stated) == {
        "$.data[0].currency": "SEK",
        "$.data[0].max_price": {"excl_vat": 90},
        "$.data[0].elements[0].price_components[0]": raw_component(price=1.0),
        "$.data[0].elements[0].restrictions": {"start_time": "18:00"},
        "$.data[0].elements[1].price_components[0]": raw_component(),
    }


def test_parts_under_other_names_and_odd_elements_are_shown_too():
    raw = {"code": "T1", "Currency": "SEK", "elements": ["odd", {"PriceComponents": [{"p": 1}]}]}
    assert stated_parts(raw, "$", {"id": "code"}) == (
        ("$.currency", "SEK"),
        ("$.elements[0]", "odd"),
        ("$.elements[1].price_components[0]", {"p": 1}),
    )


@pytest.mark.parametrize(
    ("said", "changes", "basis", "known_by"),
    [
        ("", {}, PriceBasis.NET, "by the record: a rate of VAT stands beside a price"),
        ("", {"tax_included": "YES"}, PriceBasis.GROSS, "by the record: tax_included is 'YES'"),
        ("", {"elements": [raw_element(raw_component(vat=ABSENT))]}, PriceBasis.UNKNOWN, "neither"),
        (
            'prices = "gross"\nprices_evidence = "seen"\n',
            {},
            PriceBasis.GROSS,
            "by the feed's file: prices = 'gross'; seen",
        ),
    ],
)
def test_how_it_is_known_what_a_price_includes(tmp_path, said, changes, basis, known_by):
    write_feed(tmp_path, said)
    one_tariff(tmp_path, **changes)
    (found,) = traced(tmp_path)
    assert found.tax.price_basis is basis
    assert found.tax.known_by.startswith(known_by)
    assert found.agrees


def test_a_setting_that_the_feed_no_longer_has_is_told_as_such(tmp_path):
    write_feed(tmp_path, NET_FEED)
    one_tariff(tmp_path, elements=[raw_element(raw_component(vat=ABSENT))])
    write_feed(tmp_path)
    (found,) = traced(tmp_path)
    assert found.tax.known_by == "by the setting prices = 'net' that the feed's file had then"


def test_a_rate_by_law_is_named_with_its_source_and_taken_into_account(tmp_path):
    # 40 kWh at 5.00 are 200.00; Sweden's 25 % are law where prices are proven to be net.
    write_feed(tmp_path, NET_FEED)
    one_tariff(tmp_path, elements=[raw_element(raw_component(vat=ABSENT))])
    (found,) = traced(tmp_path)
    assert (found.tax.rate_basis, found.tax.vat_rates) == ("by law", (Decimal("0.25"),))
    assert found.tax.rate_source
    assert figure(found, "tax_basis") == ("derived", "derived")
    assert figure(found, "total", "hpc") == (250, 250)
    assert found.rounding.with_tax
    assert found.agrees


def test_a_sum_is_rounded_once_and_half_up(tmp_path):
    # 40 kWh at 0.12345 are 4.938, with 25 % tax 6.1725: 6.17; without, 4.94.
    one_tariff(tmp_path, elements=[raw_element(raw_component(price=0.12345))])
    (found,) = traced(tmp_path)
    assert found.rounding.exact == Decimal("6.1725")
    assert found.rounding.total == Decimal("6.17")
    assert figure(found, "total_excl_vat", "hpc") == (Decimal("4.94"), Decimal("4.94"))


def test_prices_of_unknown_tax_are_summed_as_stated(tmp_path):
    one_tariff(tmp_path, elements=[raw_element(raw_component(vat=ABSENT))])
    (found,) = traced(tmp_path)
    assert (found.rounding.exact, found.rounding.with_tax) == (200, False)
    assert found.tax.rate_basis == "not stated"
    assert found.agrees


def test_another_session_may_be_billed(plain_home):
    (found,) = traced(plain_home, session_code="dc")
    assert (found.session_code, found.rounding.total) == ("dc", Decimal("187.50"))
    assert found.figure("total", "dc").is_same


def test_a_session_that_nothing_applies_to_has_no_bill(tmp_path):
    dear = raw_element(raw_component(), restrictions={"min_power": 80})
    one_tariff(tmp_path, elements=[dear])
    (found,) = traced(tmp_path, session_code="ac")
    assert (found.bill, found.refused) == (None, "no_price_applies")
    assert figure(found, "total", "ac") == (None, None)
    assert found.agrees


def test_a_total_in_another_currency_has_the_snapshots_rate_or_a_reason(own_home):
    rate = "update mart.rate set rate = {}, missing_because = {} where to_currency = 'EUR'"
    tampered(own_home, rate.format("0.0891", "null"))
    (found,) = traced(own_home, to_currency="EUR")
    assert found.display.total == Decimal("22.28")  # 250 at 0.0891 are 22.275
    tampered(own_home, rate.format("null", "'too_old'"))
    (found,) = traced(own_home, to_currency="EUR")
    assert (found.display.total, found.display.missing_because) == (None, "too_old")
    (found,) = traced(own_home, to_currency="XXX")
    assert found.display.missing_because == "unknown_currency"
    assert found.agrees


def test_flags_stand_with_their_plain_words(tmp_path):
    one_tariff(tmp_path, elements=[raw_element(raw_component(price=400.0))])
    (found,) = traced(tmp_path)
    assert found.flags
    assert all(meaning.endswith(".") for meaning in found.flags.values())


def test_a_price_list_that_cannot_be_priced_is_traced_with_its_reason(tmp_path):
    one_tariff(tmp_path, elements=[raw_element(raw_component(price=-1.0))])
    (found,) = traced(tmp_path)
    assert found.refused == "negative_price"
    assert figure(found, "state") == ("not_computable", "not_computable")
    assert figure(found, "state_reason") == ("negative_price", "negative_price")
    assert found.evidence
    assert found.agrees


def test_what_a_snapshot_leaves_out_beyond_all_bounds_is_not_priced_here_either(tmp_path):
    one_tariff(tmp_path, elements=[raw_element(raw_component(price=1e9))])
    (found,) = traced(tmp_path)
    assert found.offer["state_reason"] == "absurd_price"
    assert (found.figures, found.bill) == ((), None)
    assert found.evidence
    assert found.agrees


def test_a_connector_without_a_tariff_has_nothing_to_trace(tmp_path):
    bay = evse(connectors=(connector(tariff_ids=()),))
    publish_read(tmp_path, raw_tariff(), locations=[location(evses=(bay,))])
    (found,) = traced(tmp_path)
    assert (found.wanted, found.evidence, found.figures) == (None, None, ())
    assert found.offer["state_reason"] == "no_tariff_id"
    assert found.agrees


def test_a_document_that_is_not_kept_is_said_and_the_snapshots_list_is_priced(tmp_path):
    publish_read(tmp_path, raw_tariff())
    (found,) = traced(tmp_path)
    assert found.why_no_evidence == f"no document of the feed {FEED} is kept any more"
    assert (found.tax.known_by, found.stated) == (None, ())
    assert found.different == ()
    assert not found.agrees


def test_a_price_that_has_changed_since_is_traced_to_the_document_before(own_home):
    keep(own_home, [raw_tariff(elements=[raw_element(raw_component(price=9.0))])], hour=1)
    (found,) = traced(own_home)
    assert found.evidence.run_id == "run0"
    assert found.evidence.newer.number == 1
    assert found.agrees


@pytest.mark.parametrize(
    ("statement", "name", "session_code"),
    [
        ("update mart.headline set price_per_kwh = 6.26", "price_per_kwh", None),
        ("update mart.headline set session_idle_total = 1", "session_idle_total", None),
        ("update mart.headline set state = 'free'", "state", None),
        ("update mart.headline set tax_basis = 'net'", "tax_basis", None),
        (
            "update mart.quote set price_excl_vat_per_kwh = null",
            "price_excl_vat_per_kwh",
            None,
        ),
        ("update mart.quote set cheapest_hour = 3", "cheapest_hour", None),
        (
            "update mart.session_total set total_incl_vat = 249.99 where session_code = 'hpc'",
            "total_incl_vat",
            "hpc",
        ),
        ("delete from mart.session_total where session_code = 'dc'", "total", "dc"),
        (
            "update mart.tariff set price_list = replace(price_list::varchar, '5', '6')::json",
            "price_list",
            None,
        ),
    ],
)
def test_a_figure_that_was_changed_in_the_snapshot_is_different(
    own_home, statement, name, session_code
):
    tampered(own_home, statement)
    (found,) = traced(own_home)
    assert not found.agrees
    assert (name, session_code) in {(one.name, one.session_code) for one in found.different}


@pytest.mark.parametrize(
    "statement",
    [
        "update mart.offer_row set quote_no = null",
        "update mart.offered_tariff set content_hash = 'x'",
        "update mart.offered_tariff set content_hash = null",
        "update mart.offered_tariff set tariff_id = 'T2'",
    ],
)
def test_an_offer_that_leads_nowhere_does_not_agree(own_home, statement):
    tampered(own_home, statement)
    (found,) = traced(own_home)
    assert not found.agrees


def test_ways_to_pay_that_differ_stand_apart(tmp_path):
    one_tariff(tmp_path, type=ABSENT)
    (found,) = traced(tmp_path)
    first = found.offer["payment_methods"][0]
    assert len(found.offer["payment_methods"]) > 1
    for table, values in (
        ("headline", "99 as quote_no, 1 as start_fee"),
        ("quote", "99 as quote_no"),
        ("session_total", "99 as quote_no"),
    ):
        copy = f"insert into mart.{table} select * replace ({values}) from mart.{table}"  # noqa: S608
        tampered(tmp_path, copy)
    tampered(tmp_path, "update mart.offer_row set quote_no = 99 where payment_method = ?", first)
    one, other = sorted(traced(tmp_path), key=lambda found: found.agrees)
    assert one.offer["payment_methods"] == [first]
    assert [differing.name for differing in one.different] == ["start_fee"]
    assert other.agrees


def test_a_number_equals_itself_however_it_is_written():
    assert Figure("total", "SEK", Decimal("8.10"), Decimal("8.1000")).is_same
    assert not Figure("total", "SEK", Decimal(0), None).is_same


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_thousand_offers_of_simulated_operators_follow_from_their_archive(home):
    result = ran("harvest", "--demo", "--evses", "1200")
    assert result.code in {0, 1}, result.said
    offers = [one for one in traced(home / "demo", Place()) if one.offer["tariff_id"]]
    assert len({one.offer["feed"] for one in offers}) > 5
    chosen = random.Random(SEED).sample(offers, min(SAMPLED, len(offers)))
    assert len(chosen) == SAMPLED
    untraced = [one for one in chosen if one.offer["content_hash"] and not one.evidence]
    assert untraced == []
    assert [one.different for one in chosen if one.different] == []
    assert all(one.agrees for one in chosen)
    priced = [one for one in chosen if one.rounding]
    assert len(priced) > 0.8 * len(chosen)
    assert all(one.rounding.total == figure(one, "total", one.session_code)[1] for one in priced)
