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
def test_what_is_known_still_changes_and_what_is_new_waits(warehouse):
    read_modules(warehouse, locations(0, 100), [raw_tariff()])
    run = read_modules(warehouse, locations(50, 120, name="new"), [raw_tariff(id="T2")])
    assert (run.counts["location"].new, run.counts["location"].changed) == (0, 50)
    assert len(current(warehouse, "location", "location_id")) == 100
    tariffs = current(warehouse, "tariff", "tariff_id")
    assert ("T2",) in tariffs
    assert len(tariffs) == 2  # what is kept still names the one that is missing
    run = read_modules(warehouse, locations(50, 120, name="new"), [raw_tariff(id="T2")])
    assert "lacks 50 of 100" in run.message


@pytest.mark.usefixtures("guarded")
def test_evses_under_new_names_do_not_pile_up(warehouse):
    for turn in range(3):
        named = [raw_evse(uid=f"{turn}-{number}") for number in range(4)]
        read_modules(warehouse, locations(0, 30, evses=named), [raw_tariff()])
    uids = {uid[0] for (uid,) in current(warehouse, "evse", "evse_uid")}
    assert uids == {"0"}


def test_what_waited_comes_when_a_person_confirms(monkeypatch, warehouse):
    plain = Reading.__init__
    read_modules(warehouse, locations(0, 100), [raw_tariff()])
    with monkeypatch.context() as guarded:
        guarded.setattr(Reading, "__init__", lambda self, *them: plain(self, *them, ShrinkGuard()))
        read_modules(warehouse, locations(90, 120), [raw_tariff()])
    run = read_modules(warehouse, locations(90, 120), [raw_tariff()])
    assert (run.counts["location"].new, run.counts["location"].ended) == (20, 90)
    assert len(current(warehouse, "evse", "evse_uid")) == len(
        current(warehouse, "location", "name")
    )


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
