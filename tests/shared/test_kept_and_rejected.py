"""What is kept and rejected of real feeds, and why, changes only on purpose.

How to write the snapshot anew stands in kept_and_rejected.py.
"""

import json

import pytest

from tests.shared.kept_and_rejected import SNAPSHOT, counted


@pytest.fixture(scope="module")
def found(shared_data):
    return counted(shared_data)


def test_counts_and_reasons_are_those_of_the_snapshot(found):
    expected = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert found.keys() == expected.keys()
    assert len(found) > 100
    differing = {name: (found[name], expected[name]) for name in found}
    assert {name: both for name, both in differing.items() if both[0] != both[1]} == {}


def test_every_record_received_is_kept_or_among_the_rejected(found):
    for name, counts in found.items():
        kept, received = counts["kept"], counts["received"]
        lost = {kind: received[kind] - kept[kind] for kind in received}
        assert all(number >= 0 for number in lost.values()), name
        assert any(lost.values()) == bool(counts["rejections"]), name


def test_hardly_an_evse_of_a_capture_is_lost(found):
    captures = {n: one for n, one in found.items() if n.startswith(("captures/", "uk_2026_10/"))}
    assert sum("evse" in one["received"] for one in captures.values()) >= 10
    for name, one in captures.items():
        assert one["kept"].get("evse", 0) >= 0.99 * one["received"].get("evse", 0), name
