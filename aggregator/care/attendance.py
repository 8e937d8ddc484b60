"""What the harvester does beside harvesting: it hands out copies and removes what is old."""

import asyncio
from datetime import UTC, datetime, timedelta

import structlog

from aggregator.care.copies import Answer, CopyRequest, requests
from aggregator.config import Settings
from aggregator.errors import KlarprisError
from aggregator.store.copying import copy_open
from aggregator.store.retention import Retention, apply_retention
from aggregator.store.warehouse import Connection

log = structlog.get_logger(__name__)
PAUSE_SECONDS = 1
A_DAY = timedelta(days=1)


def retention_of(settings: Settings) -> Retention:
    """Return how long the settings keep what is over."""
    return Retention(
        prices_days=settings.keep_prices_days,
        status_days=settings.keep_status_days,
        runs_days=settings.keep_runs_days,
        rejections_days=settings.keep_rejections_days,
    )


class Attendance:
    """Looks after the warehouse for as long as the harvester has it open."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        """Do nothing yet."""
        self._connection, self._home = connection, settings.home
        self._retention = retention_of(settings)
        self._removed_at: datetime | None = None

    async def run(self) -> None:
        """Look after everything each second, until cancelled; a failure is logged."""
        while True:
            try:
                await self.attend(datetime.now(UTC))
            except (KlarprisError, OSError) as error:
                log.warning("care failed", because=str(error))
            await asyncio.sleep(PAUSE_SECONDS)

    async def attend(self, now: datetime) -> None:
        """Answer every request, and once a day remove what was kept long enough. now: UTC."""
        for request in requests(self._home):
            if request.is_forsaken:
                request.clear()
            elif not request.is_answered:
                await self._answer(request)
        if self._removed_at is None or now - self._removed_at >= A_DAY:
            self._removed_at = now
            await asyncio.to_thread(self._remove_old, now)

    async def _answer(self, request: CopyRequest) -> None:
        request.answer(Answer(state="working"))
        copying = asyncio.ensure_future(asyncio.to_thread(self._copied, request))
        while not copying.done():
            await asyncio.wait([copying], timeout=PAUSE_SECONDS)
            request.still_working()
        request.answer(copying.result())

    def _copied(self, request: CopyRequest) -> Answer:
        try:
            answer = Answer(state="done", holds=copy_open(self._connection, request.copy))
        except KlarprisError as error:
            answer = Answer(state="failed", message=str(error))
        because = {"because": answer.message} if answer.message else {}
        log.info("warehouse copied", outcome=answer.state, **because)
        return answer

    def _remove_old(self, now: datetime) -> None:
        removed = apply_retention(self._connection, self._retention, now)
        log.info("old rows removed", **{name: rows for name, rows in removed.items() if rows})
