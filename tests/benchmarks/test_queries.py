"""The made-up snapshot of the benchmark of queries, and what is asked of it."""

import pytest

from aggregator.store.queries import Reader
from benchmarks.queries import TARGET_MS
from benchmarks.queries_asked import percentile_ms, questions
from benchmarks.queries_snapshot import ALPHA_3, CURRENCIES, OFFERS_PER_EVSE, write_snapshot


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return write_snapshot(tmp_path_factory.mktemp("made_up"), 3_000)


def test_every_country_has_a_currency():
    assert len(ALPHA_3) == len(CURRENCIES) == len(set(ALPHA_3)) == 30


def test_connectors_and_offers_are_as_many_as_there_would_be(snapshot):
    evses = 3_000 // OFFERS_PER_EVSE
    assert snapshot.rows["connector"] == evses * 37 // 10
    assert 0.9 < snapshot.rows["offer_row"] / 3_000 < 1.1


def test_every_question_finds_something_now_and_then(snapshot):
    reader = Reader(snapshot)
    asked = questions(snapshot, 40)
    assert asked.keys() == TARGET_MS.keys()
    found = {name: [question(reader) for question in each] for name, each in asked.items()}
    assert all(any(rows) for rows in found.values())
    assert all(found["price_history"])


def test_a_percentile_is_one_of_the_values():
    assert percentile_ms([0.003, 0.001, 0.002, 0.004], 50) == 2.0
    assert percentile_ms([number / 1_000 for number in range(1, 201)], 95) == 190.0
