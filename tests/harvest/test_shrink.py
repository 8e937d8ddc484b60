"""An answer that lacks too much is held until a person says that it is true."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from aggregator.harvest.reading import Reading
from aggregator.store.shrink import ACCEPTS_ALL, ShrinkGuard
from tests.formats.raw_records import raw_evse, raw_location, raw_tariff
from tests.harvest.documents import current, read_both, read_modules

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ended", "live", "holds"),
    [(19, 20, False), (20, 99, True), (20, 100, False), (21, 100, True), (200, 200, True)],
)
def test_a_fifth_may_end_and_a_few_always(ended, live, holds):
    assert ShrinkGuard().holds(ended, live) is holds
    assert not ACCEPTS_ALL.holds(ended, live)


@pytest.mark.parametrize(
    ("ended", "new", "live", "most", "why"),
    [
        (21, 0, 100, 100, "the answer lacks 21 of 100 known locations"),
        (20, 0, 100, 100, None),
        # In one step little, since yesterday much: 81 - 15 = 66 of 100.
        (15, 0, 81, 100, "the answer would leave 66 locations, of 100 that were known at most"),
        (15, 20, 81, 100, None),
        (1, 0, 81, 100, None),
        (2, 0, 81, 100, "would leave 79"),
        (1, 0, 20, 38, None),  # fewer than twenty are gone
        (0, 0, 60, 100, None),
    ],
)
def test_many_small_steps_are_a_large_one(ended, new, live, most, why):
    said = ShrinkGuard().why_held("location", ended, new, live, most)
    assert said is None if why is None else why in said


@pytest.fixture
def guard(monkeypatch):
    """Return a context in which a harvest's guard is there, or a person's word."""
    plain = Reading.__init__

    @contextmanager
    def guard(chosen=ShrinkGuard()):  # noqa: B008 - it is frozen
        def with_guard(self, *them):
            plain(self, *them, chosen)

        with monkeypatch.context() as patched:
            patched.setattr(Reading, "__init__", with_guard)
            yield

    return guard


@pytest.fixture
def guarded(guard):
    """Read as a harvest does, with its guard."""
    with guard():
        yield


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


def test_what_waited_comes_when_a_person_confirms(guard, warehouse):
    read_modules(warehouse, locations(0, 100), [raw_tariff()])
    with guard():
        read_modules(warehouse, locations(90, 120), [raw_tariff()])
    with guard(ACCEPTS_ALL):
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


def locations_live(warehouse):
    return len(current(warehouse, "location", "location_id"))


def read_at(warehouse, hours, count):
    with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
        return read_modules(warehouse, locations(0, count), [raw_tariff()])


@pytest.mark.usefixtures("guarded")
def test_small_steps_within_a_day_are_held_where_they_add_up_to_too_much(warehouse):
    steps = [read_at(warehouse, hour, count) for hour, count in enumerate((100, 81, 66, 53))]
    assert [run.outcome for run in steps] == ["ok", "ok", "attention", "attention"]
    said = "would leave 66 locations, of 100 that were known at most in the last 24 hours"
    assert said in steps[2].message
    assert "klarpris harvest one --accept-shrink" in steps[2].message
    assert [run.counts["location"].live for run in steps] == [100, 81, 81, 81]
    assert "lacks 28 of 81 known locations" in steps[3].message


@pytest.mark.usefixtures("guarded")
def test_small_steps_of_several_days_end(warehouse):
    steps = [read_at(warehouse, 25 * day, count) for day, count in enumerate((100, 81, 66, 53))]
    assert [run.outcome for run in steps] == ["ok"] * 4
    assert locations_live(warehouse) == 53


def test_a_persons_word_starts_the_memory_anew(guard, warehouse):
    with guard():
        read_at(warehouse, 0, 100)
        assert read_at(warehouse, 1, 60).outcome == "attention"
    with guard(ACCEPTS_ALL):
        assert read_at(warehouse, 2, 60).outcome == "ok"
    with guard():
        assert read_at(warehouse, 3, 50).outcome == "ok"
        run = read_at(warehouse, 4, 40)  # 20 of 60 are more than a fifth
    assert "would leave 40 locations, of 60 that were known at most" in run.message
    assert locations_live(warehouse) == 50


@pytest.mark.usefixtures("guarded")
def test_a_run_far_ahead_is_no_memory_of_today(warehouse):
    read_at(warehouse, 0, 60)
    read_at(warehouse, 24 * 365 * 70, 100)
    counts = [read_at(warehouse, hour, count) for hour, count in ((25, 81), (50, 66))]
    assert counts[-1].outcome == "ok"
    assert locations_live(warehouse) == 66


@pytest.mark.usefixtures("guarded")
def test_what_waits_is_counted_as_that(warehouse):
    read_modules(warehouse, locations(0, 100), [raw_tariff()])
    run = read_modules(warehouse, locations(50, 120), [raw_tariff()])
    count = run.counts["location"]
    assert (count.kept, count.new, count.unchanged, count.waiting) == (70, 0, 50, 20)
    assert (count.ended, count.live) == (0, 100)
    assert not run.has_changes


@pytest.mark.usefixtures("guarded")
def test_as_many_new_as_missing_are_not_taken_for_all_that_is_known(warehouse):
    read_modules(warehouse, locations(0, 100), [raw_tariff()])
    seen = "select module, all_seen_at from core.module order by 1"
    (_, before), (_, tariffs_before) = warehouse.execute(seen).fetchall()
    read_modules(warehouse, locations(50, 150), [raw_tariff()])
    (_, after), (_, tariffs_after) = warehouse.execute(seen).fetchall()
    assert after == before
    assert tariffs_after > tariffs_before


@pytest.mark.usefixtures("guarded")
def test_what_changed_in_a_held_answer_changes_back(warehouse):
    read_modules(warehouse, locations(0, 100), [raw_tariff()])
    read_modules(warehouse, locations(0, 60, name="new"), [raw_tariff()])
    assert ("new",) in current(warehouse, "location", "name")
    run = read_modules(warehouse, locations(0, 100), [raw_tariff()])
    assert ("new",) not in current(warehouse, "location", "name")
    assert (run.outcome, run.counts["location"].changed) == ("ok", 60)


def test_an_empty_list_of_tariffs_is_held_until_a_person_confirms(guard, warehouse):
    without = {"locations": locations(0, 1), "tariffs": []}
    read_both(warehouse, without | {"tariffs": [raw_tariff()]})
    with guard():
        run = read_both(warehouse, without)
    assert run.outcome == "attention"
    assert "held no tariffs; the 1 known ones are kept" in run.message
    assert "klarpris harvest one --accept-shrink" in run.message
    with guard(ACCEPTS_ALL):
        assert read_both(warehouse, without).counts["tariff"].ended == 1
    assert current(warehouse, "tariff", "tariff_id") == []
