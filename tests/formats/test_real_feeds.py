"""What operators really sent is read: no crash, and every record is accounted for."""

import pytest

from aggregator.domain.problem import ObjectType
from tests.formats.counting import read_file
from tests.formats.json_texts import CONNECTOR, EVSE, LOCATION, TARIFF


def files_with_records(folder):
    """Return the account and the kept counts of each file that holds records, by name."""
    every = sorted(folder.rglob("*.json"))
    assert every, f"no JSON files in {folder}"
    results = {str(path.relative_to(folder)): read_file(path) for path in every}
    return {name: result for name, result in results.items() if result[0].received}


def test_every_record_of_every_file_is_accounted_for(shared_data):
    results = files_with_records(shared_data)
    assert len(results) >= 60
    for name, (account, kept) in results.items():
        for kind in ObjectType:
            assert account.received[kind] == kept[kind] + account.rejected(kind), name


@pytest.mark.parametrize("folder", ["captures", "uk_2026_10", "lt_2025_03"])
def test_hardly_an_evse_of_a_real_feed_is_lost(shared_data, folder):
    results = files_with_records(shared_data / folder)
    assert results
    for name, (account, kept) in results.items():
        assert kept[EVSE] >= 0.99 * account.received[EVSE], name


@pytest.mark.parametrize(
    ("name", "locations", "evses", "connectors"),
    [
        ("captures/ocpi_2_1_1_locations-fastned.json", 106, 273, 655),
        ("lt_2025_03/ocpi_2_2_locations-lakd.lt.SUBSET.json", 7, None, None),
    ],
)
def test_recorded_feed_is_read_in_full(shared_data, name, locations, evses, connectors):
    account, kept = read_file(shared_data / name)
    assert kept[LOCATION] == locations
    assert kept[EVSE] == (evses or account.received[EVSE])
    assert kept[CONNECTOR] == (connectors or account.received[CONNECTOR])


def test_every_example_tariff_of_the_specification_is_read_without_a_note(shared_data):
    results = files_with_records(shared_data / "ocpi_examples")
    tariffs = {name: result for name, result in results.items() if result[0].received[TARIFF]}
    assert len(tariffs) >= 40
    for name, (account, _) in tariffs.items():
        assert account.rejections == [], name
        assert not account.notes, name


def test_no_tariff_of_the_uk_operators_is_lost(shared_data):
    results = files_with_records(shared_data / "uk_2026_10")
    received = sum(account.received[TARIFF] for account, _ in results.values())
    assert received > 0
    assert sum(kept[TARIFF] for _, kept in results.values()) == received
