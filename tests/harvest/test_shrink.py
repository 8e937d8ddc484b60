"""An answer that lacks too much is held until a person says that it is true."""

import pytest

from aggregator.harvest.reading import Reading
from aggregator.store.shrink import ACCEPTS_ALL, ShrinkGuard
from tests.formats.raw_records import raw_evse, raw_location, raw_tariff
from tests.harvest.documents import current, read_modules


@pytest.mark.parametrize(
    ("ended", "live", "holds"),
    [(19, 20, False), (20, 99, True), (20, 100, False), (21, 100, True), (200, 200, True)],
)
def test_a_fifth_may_end_and_a_few_always(ended, live, holds):
    assert ShrinkGuard().holds(ended, live) is holds
    assert not ACCEPTS_ALL.holds(ended, live)


@pytest.fixture
def guarded(monkeypatch):
    """Read as a harvest does, with its guard."""
    plain = Reading.__init__

    def with_guard(self, *them):
        plain(self, *them, ShrinkGuard())

    monkeypatch.setattr(Reading, "__init__", with_guard)


def locations(first, last, **more):
    return [raw_location(id=f"L{number}", **more) for number in range(first, last)]


@pytest.mark.usefixtures("guarded")
def test_too_many_missing_locations_are_kept_and_said(warehouse):
    read_modules(warehouse, locations(0, 100), [raw_tariff()])
    run = read_modules(warehouse, locations(0, 70), [raw_tariff()])
    assert run.outcome == "attention"
    assert "lacks 30 of 100 known locations" in run.message
    assert "klarpris harvest one --accept-shrink" in run.message
    assert run.counts["location"].ended == 0
    assert len(current(warehouse, "location", "location_id")) == 100


@pytest.mark.usefixtures("guarded")
def test_what_came_beside_is_taken_all_the_same(warehouse):
    read_modules(warehouse, locations(0, 100), [raw_tariff()])
    run = read_modules(warehouse, locations(50, 120, name="new"), [raw_tariff(id="T2")])
    assert (run.counts["location"].new, run.counts["location"].changed) == (20, 50)
    assert run.counts["tariff"].ended == 1  # the other module is whole and lacks little


@pytest.mark.usefixtures("guarded")
def test_what_lacks_little_ends(warehouse):
    read_modules(warehouse, locations(0, 100), [raw_tariff()])
    run = read_modules(warehouse, locations(0, 80), [raw_tariff()])
    assert run.outcome == "ok"
    assert run.counts["location"].ended == 20


@pytest.mark.usefixtures("guarded")
def test_evses_that_are_missing_inside_their_locations_count_too(warehouse):
    many = [raw_evse(uid=str(number)) for number in range(4)]
    read_modules(warehouse, locations(0, 30, evses=many), [raw_tariff()])
    run = read_modules(warehouse, locations(0, 30, evses=many[:1]), [raw_tariff()])
    assert "lacks 90 of 120 known evses" in run.message
    assert len(current(warehouse, "evse", "evse_uid")) == 120


def test_a_person_confirms(warehouse):
    read_modules(warehouse, locations(0, 100), [raw_tariff()])
    run = read_modules(warehouse, locations(0, 10), [raw_tariff()])
    assert run.counts["location"].ended == 90
