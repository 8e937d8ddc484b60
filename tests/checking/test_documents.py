"""What is said about records: how they are written, what is wrong with them, whose they are."""

import asyncio
import gzip
import json

import pytest

from aggregator.checking import Subject, check
from aggregator.sources.local_file import LocalFeed
from tests.checking.conftest import locations, tariffs
from tests.cli.conftest import LOCATION, TARIFF


def test_counts_are_those_of_a_harvest(check_file):
    bad = TARIFF | {"id": "T2", "currency": None}
    report = check_file({"locations": locations(2), "tariffs": [TARIFF, TARIFF, bad]})
    counts = {one.object_type: one for one in report.counts}
    assert (counts["location"].received, counts["location"].kept) == (2, 2)
    tariff = counts["tariff"]
    assert (tariff.received, tariff.kept, tariff.rejected, tariff.repeated) == (3, 2, 1, 1)


def test_problems_are_told_by_kind_with_place_and_example(check_file):
    broken = [{"id": f"B{n}", "evses": []} for n in range(3)]
    lower = {**LOCATION, "id": "L9", "evses": [{**LOCATION["evses"][0], "status": "ODD"}]}
    report = check_file([*locations(1), *broken, lower, {"evses": []}])
    kinds = [one.kind for one in report.problems]
    assert kinds == sorted(kinds, reverse=True)  # rejected before noted
    assert report.problem_kinds == len(report.problems)
    for kind in ("rejected", "noted"):
        counts = [one.count for one in report.problems if one.kind == kind]
        assert counts == sorted(counts, reverse=True)
    assert all(one.json_path.startswith("$") and one.example for one in report.problems)


def test_inline_tariffs_and_camel_case_and_kilowatts_are_seen(check_file):
    connector = {"id": "1", "powerType": "DC", "maxElectricPower": 50, "tariffs": [TARIFF]}
    evse = {"uid": "E1", "status": "AVAILABLE", "connectors": [connector]}
    dialect = check_file([{**LOCATION, "evses": [evse]}]).dialect
    assert dialect.other_spelling == 1
    assert dialect.inline_tariffs == 1
    assert dialect.power_in_kw == 1
    assert dialect.missing_modules == ()
    assert dialect.connectors_naming_a_known_tariff == 1


def test_geojson_packed_is_seen(check_file):
    point = {"type": "Point", "coordinates": [11.9, 57.7]}
    inner = {key: value for key, value in LOCATION.items() if key != "coordinates"}
    feature = {"type": "Feature", "geometry": point, "properties": inner}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    report = check_file(gzip.compress(text), "points.geojson.gz")
    assert report.dialect.geojson
    assert report.dialect.packed == ("gzip",)
    assert report.dialect.records_at == {"location": ("$.features",)}


def test_times_without_offset_ask_for_a_zone(check_file):
    report = check_file(locations(2, last_updated="2026-10-01T12:00:00"))
    assert report.dialect.times_without_offset == 2
    assert "time_zone" in report.proposal.text


def test_tariffs_are_told_by_currency_type_and_tax(check_file):
    net = tariffs("T1")
    plain = [{"price_components": [{"type": "ENERGY", "price": 3, "step_size": 1}]}]
    other = tariffs("T2", currency="EUR", type="REGULAR", elements=plain)
    dialect = check_file({"locations": locations(1), "tariffs": [*net, *other]}).dialect
    assert dialect.currencies == {"SEK": 1, "EUR": 1}
    assert dialect.tariff_types == {"AD_HOC_PAYMENT": 1, "REGULAR": 1}
    assert (dialect.price_components, dialect.price_components_with_vat) == (2, 1)
    assert sum(dialect.price_bases.values()) == 2


def test_a_connector_whose_tariff_did_not_come_is_counted(check_file):
    dialect = check_file({"locations": locations(2), "tariffs": tariffs("T7")}).dialect
    assert dialect.connectors_naming_a_tariff == 2
    assert dialect.connectors_naming_a_known_tariff == 0


def test_operators_are_told_the_largest_first(check_file, proposed):
    report = check_file(
        [
            *locations(1, party_id="BBB", operator={"name": "Two"}),
            *locations(3, party_id="AAA", operator={"name": "One"}),
        ]
    )
    assert [(one.party, one.names, one.locations) for one in report.parties] == [
        ("SE*AAA", ("One",), 3),
        ("SE*BBB", ("Two",), 1),
    ]
    feed = proposed(report)
    assert (feed.country_code, feed.party_id, feed.operator_name) == ("SE", None, None)


def test_one_operator_gives_the_feed_its_name(check_file, proposed):
    feed = proposed(check_file(locations(1, operator={"name": "Kungälv Energi"})))
    assert feed.name == "Sweden: Kungälv Energi"
    assert feed.feed_id == "se_kungalv_energi"
    assert (feed.country_code, feed.party_id) == ("SE", "AAA")
    assert not feed.verified


def test_hostile_words_stay_words_in_the_proposed_file(check_file, proposed):
    name = 'x"\nversions_url = "http://evil.example"\n# [bold]\x1b[31m\u2028\\'
    feed = proposed(check_file(locations(1, operator={"name": name}, party_id='"]\n')))
    assert feed.versions_url is None
    assert "evil.example" in feed.name
    assert feed.party_id is None


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"<html>", "web page"), (b"nonsense", "not JSON"), (b'{"a": 1}', "no OCPI")],
)
def test_a_document_of_nothing_wants_attention(check_file, content, said):
    report = check_file(content)
    assert report.needs_attention
    assert not report.kept
    assert said in " ".join(report.attention)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("uk_2026_10/mer_uk/data.SUBSET.json", {"location", "tariff"}),
        ("uk_2026_10/evolt/locations_page1.SUBSET.json", {"location"}),
        ("uk_2026_10/clenergy_ev/tariffs_page1.json", {"tariff"}),
        ("captures/ocpi_2_1_1_locations-fastned.json", {"location"}),
    ],
)
def test_real_documents_are_read_and_a_feed_is_proposed(
    shared_data, check_file, proposed, name, kinds
):
    report = check_file((shared_data / name).read_bytes())
    assert set(report.dialect.records_at) == kinds
    assert report.kept > 0
    assert proposed(report).licence == "not stated"


def test_a_file_that_is_gone_is_one_line(tmp_path, kit):
    subject = Subject(label="it", local=LocalFeed("it", (tmp_path / "gone.json",)))
    report = asyncio.run(check(subject, kit, most_pages=None, advanced=lambda *_: None))
    assert report.needs_attention
    assert "gone.json" in report.attention[0]
