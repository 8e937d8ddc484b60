"""What the harvester looks after beside harvesting."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.care.attendance import Attendance, retention_of
from aggregator.care.copies import CopyRequest
from aggregator.errors import StoreError
from aggregator.store.retention import Retention
from aggregator.store.warehouse import open_warehouse

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def warehouse():
    with open_warehouse(None) as connection:
        yield connection


@pytest.fixture
def attend(warehouse, settings):
    """Return a function that lets one attendance look around so many hours after noon."""
    attendance = Attendance(warehouse, settings)
    return lambda hours: asyncio.run(attendance.attend(NOON + timedelta(hours=hours)))


def ended_states(warehouse):
    return warehouse.execute("select count(*) from core.evse_status").fetchone()[0]


def add_old_state(warehouse):
    warehouse.execute(
        "insert into core.evse_status by name select 'f' as feed, 'SE' as country_code, "
        "'AAA' as party_id, 'L' as location_id, 'E' as evse_uid, 1 as digest, "
        "timestamp '2026-01-01' as first_seen_at, timestamp '2026-01-01' as valid_from, "
        "timestamp '2026-01-02' as valid_to"
    )


def test_old_rows_go_at_the_start_and_then_once_a_day(warehouse, attend):
    left = []
    for hours in (0, 1, 23.9, 24, 25):
        add_old_state(warehouse)
        attend(hours)
        left.append(ended_states(warehouse))
    assert left == [0, 1, 2, 0, 1]


def test_settings_say_how_long_the_past_is_kept(settings):
    assert retention_of(settings) == Retention(0, 90, 400, 400)
    other = {"keep_prices_days": 1, "keep_status_days": 2}
    other |= {"keep_runs_days": 3, "keep_rejections_days": 4}
    assert retention_of(settings.model_copy(update=other)) == Retention(1, 2, 3, 4)


def test_a_copy_that_cannot_be_made_is_told_to_whoever_asked(warehouse, settings, attend):
    with CopyRequest.made(settings.home) as request:
        request.copy.mkdir()  # stands where the copy should be
        attend(0)
        answer = request.answered()
        request.copy.rmdir()
    assert answer.state == "failed"
    assert "could not be copied" in answer.message


def test_a_request_is_answered_once(settings, attend):
    with CopyRequest.made(settings.home) as request:
        attend(0)
        made_at = request.copy.stat().st_mtime_ns
        attend(0)
        assert request.copy.stat().st_mtime_ns == made_at
        assert request.answered().state == "done"


def test_what_fails_is_tried_again_and_does_not_end_the_harvester(warehouse, settings):
    looks = []

    class Failing(Attendance):
        async def attend(self, now):
            looks.append(now)
            if len(looks) == 1:
                message = "the disk is full"
                raise StoreError(message)
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(Failing(warehouse, settings).run())
    assert len(looks) == 2
