"""Real feeds of October 2026: six UK operators end up with prices, worked out by hand."""

import json
import os
import subprocess
import sys
from decimal import Decimal

import duckdb
import pytest

from aggregator.config import Settings

UK = {"chargy", "clenergy_ev", "evolt", "geniepoint", "mer_uk", "mfg_ev_power"}


@pytest.fixture(scope="module")
def harvested(shared_data, tmp_path_factory):
    def run(folder):
        home = tmp_path_factory.mktemp("home")
        result = subprocess.run(
            [
                sys.executable,
                "-m",
                "aggregator.cli",
                "harvest",
                "--from",
                shared_data / folder,
                "--json",
            ],
            env={**os.environ, "KLARPRIS_HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    return run


@pytest.fixture(scope="module")
def uk(harvested):
    told = harvested("uk_2026_10")
    with duckdb.connect(told["snapshot"]["path"], read_only=True) as connection:
        yield told, connection


def prices(connection, feed, columns, where="true"):
    query = f"select distinct {columns} from mart.offer where feed = ? and {where} order by all"  # noqa: S608
    return connection.execute(query, [feed]).fetchall()


def test_all_six_operators_have_prices(uk):
    told, connection = uk
    assert {feed["feed"] for feed in told["feeds"]} == UK
    query = "select distinct feed from mart.offer where state = 'priced'"
    assert {feed for (feed,) in connection.execute(query).fetchall()} == UK


def test_every_record_received_is_kept_or_refused_with_a_reason(uk):
    told, connection = uk
    assert all(f["received"] == f["kept"] + f["rejected"] > 0 for f in told["feeds"])
    unexplained = (
        "select count(*) from mart.offer "
        "where state not in ('priced', 'free') and state_reason is null"
    )
    assert connection.execute(unexplained).fetchone() == (0,)


def test_mer_net_40_pence_and_20_per_cent_are_48_pence(uk):
    found = prices(uk[1], "mer_uk", "price_per_kwh, tax_basis, payment_method, price_varies")
    assert found == [(Decimal("0.48"), "gross", "contract", False)]


def test_mfg_prices_with_tax_are_49_and_59_pence_to_a_hundredth(uk):
    # 0.4083 x 1.2 = 0.48996 and 0.4917 x 1.2 = 0.59004; 30 kWh: 14.70 and 17.70.
    found = prices(
        uk[1], "mfg_ev_power", "price_per_kwh, session_dc_total", "payment_method = 'ad_hoc'"
    )
    assert found == [
        (Decimal("0.48996"), Decimal("14.70")),
        (Decimal("0.59004"), Decimal("17.70")),
    ]


def test_chargy_is_net_and_varies_over_the_week(uk):
    # Tuesday 18:00 is in the window from 07:00: 0.4917 net, 0.59004 with the UK's 20 %; by night
    # 0.325 net, 0.39. 20 kWh cost 11.80 by day and 7.80 by night.
    found = prices(
        uk[1],
        "chargy",
        "currency, price_per_kwh, tax_basis, price_varies",
        "payment_method = 'ad_hoc'",
    )
    assert found == [("GBP", Decimal("0.59004"), "derived", True)]
    hours = (
        "select distinct quote.cheapest_hour_total, quote.dearest_hour_total, quote.vat_rate, "
        "quote.price_excl_vat_per_kwh from mart.offer join mart.quote as quote using (quote_no) "
        "where feed = 'chargy' and payment_method = 'ad_hoc'"
    )
    assert uk[1].execute(hours).fetchall() == [
        (Decimal("7.80"), Decimal("11.80"), Decimal("0.2"), Decimal("0.4917"))
    ]


def test_evolt_adds_start_fee_and_a_blocking_fee_after_30_minutes(uk):
    # AC: 20 x 0.50 + 0.833 + 90 min x 50/60 = 85.833 net, 103.00 gross.
    # DC: 30 x 0.50 + 0.833 + 10 min x 50/60 = 24.166 net, 29.00 gross.
    found = prices(
        uk[1],
        "evolt",
        "start_fee, fee_after_minutes, session_ac_total, session_dc_total, session_hpc_total",
        "start_fee is not null and payment_method = 'ad_hoc'",
    )
    assert found == [(Decimal("0.9996"), 30, Decimal(103), Decimal(29), Decimal(25))]


def test_a_flat_fee_of_0_is_free_also_under_the_same_party_of_another_country(uk):
    # One Evolt location says AU*SSM; its tariff stands in the same feed under GB*SSM.
    free = prices(uk[1], "evolt", "state, session_ac_total, country_code", "state = 'free'")
    assert free == [("free", Decimal(0), "AU"), ("free", Decimal(0), "GB")]
    assert prices(uk[1], "evolt", "state_reason", "state = 'unknown'") == []


def test_geniepoint_is_shown_as_stated_because_its_tax_is_unclear(uk):
    found = prices(uk[1], "geniepoint", "tax_basis, price_per_kwh, tariff_type")
    assert found == [
        ("unknown", Decimal("0.48"), "REGULAR"),
        ("unknown", Decimal("0.69"), "REGULAR"),
    ]


def test_clenergy_prices_are_net_and_the_rate_by_law_is_added_and_said(uk):
    # (0.475 x 20 + 0.1584) x 1.2 = 11.59008 -> 11.59; 0.6584 x 1.2 = 0.79008, 79 pence.
    found = prices(
        uk[1], "clenergy_ev", "tax_basis, currency, session_ac_total", "start_fee is not null"
    )
    assert ("derived", "GBP", Decimal("11.59")) in found
    per_kwh = prices(
        uk[1], "clenergy_ev", "price_per_kwh", "tax_basis = 'derived' and price_per_kwh > 0.6"
    )
    assert (Decimal("0.79008"),) in per_kwh
    sources = (
        "select distinct quote.vat_rate, quote.vat_source from mart.offer "
        "join mart.quote as quote using (quote_no) "
        "where feed = 'clenergy_ev' and offer.tax_basis = 'derived'"
    )
    ((rate, source),) = uk[1].execute(sources).fetchall()
    assert rate == Decimal("0.2")
    assert source


def test_captures_without_tariffs_lose_no_evse_and_show_no_price(harvested):
    told = harvested("captures")
    evses = {feed["feed"]: feed["objects"]["evse"] for feed in told["feeds"]}
    assert {name: (e["received"], e["kept"]) for name, e in evses.items()} == {
        "ocpi_2_1_1_locations-fastned": (273, 273),
        "ocpi_2_2_1_locations-ev24": (13, 13),
        "ocpi_2_2_locations-gaia": (13, 13),
        "ocpi_2_2_locations_powergo": (1776, 1776),
    }
    with duckdb.connect(told["snapshot"]["path"], read_only=True) as connection:
        states = connection.execute("select distinct state from mart.offer").fetchall()
    assert states == [("unknown",)]


def test_the_feeds_that_the_recordings_belong_to_are_shipped():
    folder = Settings().feeds_folder
    assert {name for name in UK if (folder / f"{name}.toml").exists()} == UK
