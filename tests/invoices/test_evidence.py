"""Where a price stands in the archive: found by id and content, newest document first."""

import gzip
import json

import pytest

from aggregator.domain import contents
from aggregator.feeds import OcpiVersion, StatedPrices, load_feed
from aggregator.formats.defaults import Defaults
from aggregator.formats.inline_tariffs import content_digest
from aggregator.invoices import evidence as module
from aggregator.invoices.archived_tariffs import Asked, Wanted
from aggregator.invoices.evidence import find_evidence
from tests.formats.raw_records import (
    ABSENT,
    raw_component,
    raw_element,
    raw_evse,
    raw_location,
    raw_tariff,
    read_as_tariff,
)
from tests.invoices.tracing import FEED, FILE, URL, archive_of, keep
from tests.sources.archiving import NOW, put

OTHER = raw_tariff(elements=[raw_element(raw_component(price=6.0))])
MOST = 10_000_000


def wanted_of(raw, **defaults):
    tariff, _ = read_as_tariff(raw, Defaults(**defaults))
    digest = contents.content_hash(contents.to_json(tariff.price_list))
    return Wanted(tariff.country_code, tariff.party_id, tariff.tariff_id, digest)


def search(home, *wanted, feed=None, version=None):
    return find_evidence(home / "archive", Asked(FEED, feed, version, MOST), wanted)


@pytest.fixture
def find(tmp_path):
    """Return a function that archives documents as one run and looks for a tariff in them."""

    def run(raw, *documents, feed=None, version=None, **defaults):
        keep(tmp_path, *documents)
        one = wanted_of(raw, **defaults)
        return search(tmp_path, one, feed=feed, version=version).found.get(one)

    return run


def test_a_tariff_is_found_with_its_document_and_place(find):
    found = find(raw_tariff(), {"data": [raw_tariff(id="T0"), raw_tariff()]})
    assert found.tariff.json_path == "$.data[1]"
    assert found.tariff.raw == raw_tariff()
    assert (found.document.url, found.document.asked_at) == (URL, NOW)
    assert found.run_id == "run0"
    assert found.command == f"zstd -dc {found.document.path}"
    assert found.newer is None


@pytest.mark.parametrize(
    "document",
    [
        gzip.compress(json.dumps([raw_tariff()]).encode()),
        json.dumps([raw_tariff()]).encode("utf-16"),
        b"\n".join(json.dumps(raw_tariff(id=name)).encode() for name in ("T0", "T1")),
        {"T0": raw_tariff(id="T0"), "T1": raw_tariff()},
        raw_tariff(),
        [{"type": "Feature", "geometry": None, "properties": raw_tariff()}],
    ],
)
def test_whatever_the_document_is_packed_or_wrapped_in(find, document):
    assert find(raw_tariff(), document).tariff.raw == raw_tariff()


@pytest.mark.parametrize("tariff_id", ["Öre/7", 'a"b', "two  words", "12", "\u2603"])
def test_whatever_the_id_looks_like_in_json(find, tariff_id):
    raw = raw_tariff(id=tariff_id)
    slashed = json.dumps([raw]).replace("/", r"\/").encode()
    assert find(raw, slashed).tariff.raw == raw


def test_an_id_in_other_letters_is_the_same(find):
    keyed = wanted_of(raw_tariff(id="t1"))
    assert keyed.key == wanted_of(raw_tariff()).key
    assert find(raw_tariff(), [raw_tariff()]).tariff.raw["id"] == "T1"


def test_a_tariff_inside_a_location_is_found_where_it_stands(find):
    inside = raw_location(evses=[raw_evse(), raw_evse(uid="E2", tariffs=[raw_tariff()])])
    found = find(raw_tariff(), {"data": [raw_location(id="L0"), inside]})
    assert found.tariff.json_path == "$.data[1].evses[1].tariffs[0]"


def test_an_id_that_was_made_longer_or_of_the_content_is_found(tmp_path):
    both = [raw_evse(tariffs=[raw_tariff()]), raw_evse(uid="E2", tariffs=[OTHER])]
    without = raw_tariff(id=ABSENT, currency="NOK")
    nameless = raw_evse(uid="E3", tariffs=[without])
    keep(tmp_path, [raw_location(evses=[*both, nameless])])
    longer = wanted_of(OTHER)._replace(tariff_id="T1#0123abcd")
    made = wanted_of(raw_tariff(id=content_digest(without)[:16], currency="NOK"))
    found = search(tmp_path, longer, made).found
    assert found[longer].tariff.json_path == "$[0].evses[1].tariffs[0]"
    assert found[made].tariff.json_path == "$[0].evses[2].tariffs[0]"


def test_the_newest_document_with_these_prices_counts(tmp_path):
    keep(tmp_path, [raw_tariff()], hour=0)
    keep(tmp_path, [raw_tariff(), raw_tariff(id="T2")], hour=1)
    one = wanted_of(raw_tariff())
    assert search(tmp_path, one).found[one].run_id == "run1"


def test_a_later_document_with_other_prices_is_told(tmp_path):
    keep(tmp_path, [raw_tariff()], hour=0)
    (newer,) = keep(tmp_path, [OTHER], hour=1)
    one = wanted_of(raw_tariff())
    found = search(tmp_path, one).found[one]
    assert found.run_id == "run0"
    assert found.newer.path == newer.path


def test_a_document_that_came_again_unchanged_is_looked_into_once(tmp_path):
    for hour in range(3):
        keep(tmp_path, [OTHER], hour=hour)
    found = search(tmp_path, wanted_of(raw_tariff()))
    assert (found.found, found.documents, found.runs) == ({}, 1, 3)


def test_a_run_without_documents_leads_to_the_one_before(tmp_path):
    keep(tmp_path, [raw_tariff()], hour=0)
    keep(tmp_path, hour=1)
    one = wanted_of(raw_tariff())
    assert search(tmp_path, one).found[one].run_id == "run0"


def test_the_same_id_of_another_party_is_another_tariff(find):
    assert find(raw_tariff(), [raw_tariff(party_id="BBB")]) is None


def test_refusals_and_what_came_broken_are_no_evidence(tmp_path):
    content = json.dumps([raw_tariff()]).encode()
    with archive_of(tmp_path).run(FEED, "run0", NOW) as run:
        put(run, content, status=500)
        put(run, content, error="broken off")
    found = search(tmp_path, one := wanted_of(raw_tariff()))
    assert (found.found, found.documents) == ({}, 0)
    assert found.why_not(one, FEED) == f"no document of the feed {FEED} is kept any more"


def test_a_damaged_file_is_told_and_an_older_one_is_looked_into(tmp_path):
    keep(tmp_path, [raw_tariff()], hour=0)
    (damaged,) = keep(tmp_path, [raw_tariff(), OTHER], hour=1)
    stored = damaged.path.stat().st_size
    damaged.path.write_bytes(b"x" * stored)
    one = wanted_of(raw_tariff())
    found = search(tmp_path, one)
    assert found.found[one].run_id == "run0"
    assert [str(damaged.path) in fault for fault in found.faults] == [True]
    said = found.why_not(wanted_of(raw_tariff(id="T3")), FEED)
    assert "2 documents of the last 2 runs" in said
    assert f"1 of which cannot be read ({damaged.path}: " in said


@pytest.mark.parametrize("content", [b"{", b"<html>T1</html>", b'{"status_code": 2001, "a": "T1"}'])
def test_a_document_that_is_none_costs_only_itself(tmp_path, content):
    keep(tmp_path, content, [raw_tariff()])
    one = wanted_of(raw_tariff())
    assert search(tmp_path, one).found.keys() == {one}


def test_what_is_kept_no_more_is_said_with_how_far_was_looked(tmp_path):
    keep(tmp_path, [raw_tariff(id="T9")], [OTHER])
    one, gone = wanted_of(raw_tariff()), wanted_of(raw_tariff(id="T3"))
    found = search(tmp_path, one, gone)
    looked = f"2 documents of the last 1 runs of {FEED}"
    start = "the document is not kept any more: "
    assert found.why_not(gone, FEED) == f"{start}it is not among {looked}"
    assert found.why_not(one, FEED) == f"{start}{looked} hold other prices under this id"


def test_only_so_many_bytes_are_read(tmp_path, monkeypatch):
    keep(tmp_path, [raw_tariff(id="T2")], [raw_tariff()])
    monkeypatch.setattr(module, "MOST_BYTES", len(json.dumps([raw_tariff(id="T2")])))
    found = search(tmp_path, one := wanted_of(raw_tariff()))
    assert found.is_cut_short
    assert "as many as are looked through" in found.why_not(one, FEED)


def test_only_so_many_runs_are_gone_through(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_RUNS", 2)
    keep(tmp_path, [raw_tariff()], hour=0)
    for hour in (1, 2):
        keep(tmp_path, [raw_tariff(id=f"T{hour}0")], hour=hour)
    found = search(tmp_path, wanted_of(raw_tariff()))
    assert (found.found, found.documents, found.runs) == ({}, 2, 2)


SILENT = raw_tariff(elements=[raw_element(raw_component(vat=ABSENT))])


def test_what_silence_means_is_decided_by_the_version(find):
    found = find(SILENT, [SILENT], version=OcpiVersion.V2_1_1, ocpi_version=OcpiVersion.V2_1_1)
    assert (found.tariff.ocpi_version, found.tariff.prices) == ("2.1.1", "as_stated")


def test_a_version_that_only_the_server_told_is_found_by_the_content(find):
    found = find(SILENT, [SILENT], version=None, ocpi_version=OcpiVersion.V2_1_1)
    assert found.tariff.ocpi_version == "2.1.1"


def test_the_feeds_own_setting_goes_first(find, tmp_path):
    path = tmp_path / f"{FEED}.toml"
    path.write_text('prices = "gross"\nprices_evidence = "seen"\n' + FILE)
    found = find(SILENT, [SILENT], feed=load_feed(path), prices=StatedPrices.GROSS)
    assert found.tariff.prices is StatedPrices.GROSS


def test_a_setting_that_the_feed_had_before_is_found_by_the_content(find):
    found = find(SILENT, [SILENT], prices=StatedPrices.GROSS)
    assert found.tariff.prices is StatedPrices.GROSS


def test_names_that_the_feed_uses_are_understood(find, tmp_path):
    path = tmp_path / f"{FEED}.toml"
    path.write_text(FILE + '\n[layout]\nenvelope = "result"\ntariffs_at = "prices"\n'
                    '[layout.aliases.tariff]\nid = "code"\n')  # fmt: skip
    named = raw_tariff(id=ABSENT) | {"code": "T1"}
    found = find(raw_tariff(), {"result": {"prices": [named]}}, feed=load_feed(path))
    assert found.tariff.json_path == "$.result.prices[0]"
    assert found.tariff.raw["code"] == "T1"


def test_many_tariffs_are_found_in_one_search(tmp_path):
    raws = [raw_tariff(id=f"T{number}") for number in range(50)]
    keep(tmp_path, raws[:30], raws[30:])
    wanted = [wanted_of(raw) for raw in raws]
    found = search(tmp_path, *wanted)
    assert [found.found[one].tariff.raw["id"] for one in wanted] == [raw["id"] for raw in raws]
    assert found.documents == 2
