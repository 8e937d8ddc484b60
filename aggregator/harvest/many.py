"""Feeds side by side; they never disturb each other."""

import asyncio
from collections.abc import Iterable, Mapping

from aggregator.errors import KlarprisError
from aggregator.harvest.equipment import Equipment
from aggregator.harvest.feed_run import Job, Progress, harvest_feed
from aggregator.store.ledger import Run
from aggregator.store.warehouse import Connection


async def harvest(
    connection: Connection, jobs: Iterable[Job], equipment: Equipment, progress: Progress
) -> dict[str, Run]:
    """Harvest feeds side by side; return each feed's run, failed ones included.

    Raises:
        KlarprisError: what readers are to be told cannot be written; every feed was finished first.
    """
    places = asyncio.Semaphore(equipment.concurrency)

    async def one(job: Job) -> tuple[str, Run]:
        async with places:
            return job.feed_id, await harvest_feed(connection, job, equipment, progress)

    ended = await asyncio.gather(*(one(job) for job in jobs), return_exceptions=True)
    failures = [result for result in ended if isinstance(result, BaseException)]
    told = next((one for one in failures if isinstance(one, KlarprisError)), None)
    if told:
        raise told
    if failures:
        message = "a harvest ended in an error of ours; the other feeds were finished first"
        raise BaseExceptionGroup(message, failures)
    return dict(result for result in ended if not isinstance(result, BaseException))


def outcome_of(runs: Mapping[str, Run]) -> int:
    """Return the exit code of a harvest: 0 when every feed went well, else 1."""
    return 0 if all(run.outcome == "ok" for run in runs.values()) else 1
