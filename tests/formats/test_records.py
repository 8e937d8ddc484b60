"""Raw records -> locations, tariffs, and an account of what was refused and found inside."""

import json

import pytest

from aggregator.domain.problem import Account
from aggregator.formats.defaults import Defaults
from aggregator.formats.inline_tariffs import content_digest
from aggregator.formats.reading import Reader
from aggregator.formats.records import read_record
from tests.formats.json_texts import CONNECTOR, EVSE, LOCATION, TARIFF
from tests.formats.raw_records import (
    notes_of,
    raw_connector,
    raw_evse,
    raw_location,
    raw_tariff,
)

PATH = "$.data[0]"


def read(kind, raw):
    account = Account()
    content = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    return read_record(
        kind, content, PATH, Defaults(), Reader(account, "https://a.example")
    ), account


def test_well_formed_location_is_counted_with_all_that_it_holds():
    found, account = read(LOCATION, raw_location(evses=[raw_evse(), raw_evse(uid="E2")]))
    assert found.location.record.location_id == "L1"
    assert (found.location.json_path, found.location.is_whole) == (PATH, True)
    assert account.received == {LOCATION: 1, EVSE: 2, CONNECTOR: 2}


def test_notes_belong_to_the_record_that_they_are_about():
    account = Account()
    reader = Reader(account)
    for name, expected in ("E9", []), (5, ["unreadable_publish"]), ("E9", []):
        publish = True if name == "E9" else "perhaps"
        raw = json.dumps(raw_location(publish=publish, owner=5)).encode()
        found = read_record(LOCATION, raw, PATH, Defaults(), reader)
        assert [kind.note_code for kind, _ in found.location.notes] == expected
        assert found.location.is_whole


def test_location_of_which_a_part_is_refused_is_not_whole():
    found, account = read(
        LOCATION, raw_location(evses=[raw_evse(), raw_evse(uid=None, evse_id=None)])
    )
    assert not found.location.is_whole
    assert len(found.location.record.evses) == 1
    assert account.rejected(EVSE) == 1


def test_location_with_tariffs_inside_is_not_whole_and_hands_them_out():
    connector = raw_connector(tariffs=[raw_tariff(id="T7")])
    found, account = read(LOCATION, raw_location(evses=[raw_evse(connectors=[connector])]))
    assert not found.location.is_whole
    [tariff] = found.tariffs
    assert not tariff.is_whole
    assert tariff.json_path == "$.data[0].evses[0].connectors[0].tariffs[0]"
    assert account.received == {LOCATION: 1, EVSE: 1, CONNECTOR: 1, TARIFF: 1}


def test_tariffs_inside_a_location_that_is_refused_are_kept():
    connector = raw_connector(tariffs=[raw_tariff(id="T7")])
    found, account = read(LOCATION, raw_location(id=None, evses=[raw_evse(connectors=[connector])]))
    assert found.location is None
    assert len(found.tariffs) == 1
    assert [account.rejected(kind) for kind in (LOCATION, EVSE, CONNECTOR, TARIFF)] == [1, 1, 1, 0]


def test_refused_tariff_inside_a_location_is_counted():
    connector = raw_connector(tariffs=[raw_tariff(currency="money")])
    found, account = read(LOCATION, raw_location(evses=[raw_evse(connectors=[connector])]))
    assert found.tariffs == ()
    assert (account.received[TARIFF], account.rejected(TARIFF)) == (1, 1)


def test_tariff_is_read_with_its_notes():
    found, account = read(TARIFF, raw_tariff(min_price="x"))
    [tariff] = found.tariffs
    assert (tariff.json_path, tariff.is_whole) == (PATH, True)
    assert [kind.note_code for kind, _ in tariff.notes] == notes_of(account) != []


def test_tariff_that_is_refused_is_counted():
    found, account = read(TARIFF, raw_tariff(currency=None))
    assert found.tariffs == ()
    assert (account.received[TARIFF], account.rejected(TARIFF)) == (1, 1)


def test_feature_of_geojson_is_read_with_its_place():
    point = {"type": "Point", "coordinates": [11.967, 57.7067]}
    inside = {key: value for key, value in raw_location().items() if key != "coordinates"}
    found, _ = read(LOCATION, {"type": "Feature", "geometry": point, "properties": inside})
    assert (found.location.record.latitude, found.location.record.longitude) == (57.7067, 11.967)


@pytest.mark.parametrize("kind", [LOCATION, TARIFF])
@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"tru", "not_json"),
        (b'{"id": NaN}', "not_json"),
        (b"[" * 70 + b"]" * 70, "nested_too_deep"),
        (b"5", "not_an_object"),
        (b"null", "not_an_object"),
        (b"[]", "not_an_object"),
        (b"{}", "missing_id"),
    ],
)
def test_record_that_cannot_be_read_is_refused_and_kept_for_inspection(kind, raw, code):
    found, account = read(kind, raw)
    assert (found.location, found.tariffs) == (None, ())
    [refused] = account.rejections
    assert (refused.reason_code, refused.raw_fragment) == (code, raw.decode())
    assert (refused.json_path, refused.document_url) == (PATH, "https://a.example")
    assert account.received[kind] == account.rejected(kind) == 1


def test_refused_record_does_not_take_the_id_of_the_one_before():
    account = Account()
    reader = Reader(account)
    odd = json.dumps(raw_location(publish="perhaps")).encode()
    read_record(LOCATION, odd, PATH, Defaults(), reader)
    read_record(LOCATION, b"tru", PATH, Defaults(), reader)
    assert account.rejections[0].record_id is None


def test_very_long_record_that_is_no_json_is_kept_in_part():
    _, account = read(LOCATION, b'{"name": "' + b"\xff" * 10_000)
    fragment = account.rejections[0].raw_fragment
    assert len(fragment) <= 4_000
    assert fragment.endswith("…")


def test_digest_of_content_is_the_same_in_any_order_and_at_any_time():
    tariff = raw_tariff()
    later = dict(reversed(tariff.items())) | {"last_updated": "2027-01-01T00:00:00Z"}
    assert content_digest(later) == content_digest(tariff)
    assert content_digest([tariff]) != content_digest([later])
