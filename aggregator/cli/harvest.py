"""`klarpris harvest`: ask operators now, keep what changed, publish a snapshot."""

import asyncio
import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from aggregator.cli.output import ProgressBars, console, print_json, print_line, print_table
from aggregator.cli.selection import chosen_settings, known_feeds, pick
from aggregator.cli.snapshot import described
from aggregator.config import Settings
from aggregator.demo import DEFAULT_EVSES, demo_environment, running
from aggregator.harvest import Equipment, Job, Progress, outcome_of
from aggregator.harvest import harvest as harvest_jobs
from aggregator.publish import publish
from aggregator.sources.local_file import local_feeds
from aggregator.stages import stage_seconds
from aggregator.store.ledger import Run
from aggregator.store.news import has_news, readable_snapshot
from aggregator.store.pointer import Snapshot
from aggregator.store.status_board import StatusBoard
from aggregator.store.warehouse import Connection, open_warehouse

Runs = Mapping[str, Run]
COUNTS = ("received", "rejected", "kept", "unchanged", "new", "changed", "ended")
TOTALS = (
    *("received", "kept", "rejected", "duplicates"),
    *("new", "changed", "unchanged", "waiting", "ended", "live"),
)


class _Both:
    """Draws the bars and keeps the status file."""

    def __init__(self, board: StatusBoard, bars: ProgressBars) -> None:
        self._board, self._bars = board, bars

    def started(self, feed: str) -> None:
        self._board.started(feed)
        self._bars.started(feed)

    def advanced(self, feed: str, records: int, total: int | None) -> None:
        self._bars.advanced(feed, records, total)

    def finished(self, feed: str, run: Run) -> None:
        self._board.finished(feed, run)
        self._bars.finished(feed, run)


def harvest(  # noqa: PLR0917 - one for each option
    feed: Annotated[
        list[str] | None,
        typer.Argument(help="Feeds to harvest; every enabled one when none is named."),
    ] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Harvest simulated operators into a home of their own.")
    ] = False,
    evses: Annotated[
        int, typer.Option(min=10, max=1_000_000, help="Size of the demonstration, in EVSEs.")
    ] = DEFAULT_EVSES,
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            exists=True,
            help="Read recorded responses or documents from a file or folder as feeds.",
        ),
    ] = None,
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="Fetch everything anew, even what a feed says has not changed."
        ),
    ] = False,
    accept_shrink: Annotated[
        bool,
        typer.Option(
            "--accept-shrink", help="What an answer lacks is really gone, however much it is."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Harvest now, then publish a snapshot.

    A feed that is named is asked even while it is left alone after many failures; the pauses and
    request limits that its server asks for are kept.
    """
    if from_ and (feed or demo):
        message = "--from reads feeds from disk; name no feed and no --demo beside it"
        raise typer.BadParameter(message)
    chosen = chosen_settings(demo=demo)
    with ExitStack() as stack:
        if demo:
            stack.enter_context(running(chosen.feeds_folder, evses=evses))
            os.environ.update(demo_environment())
        feeds, all_usable = known_feeds(chosen)
        if from_:
            jobs = [
                Job(local.feed_id, feeds.get(local.feed_id), local, accept_shrink=accept_shrink)
                for local in local_feeds(from_, feeds)
            ]
        else:
            jobs = [
                Job(
                    one.feed_id,
                    one,
                    full=full,
                    by_hand=bool(feed),
                    accept_shrink=accept_shrink,
                )
                for one in pick(feeds, feed or ())
            ]
        stages = stack.enter_context(stage_seconds())
        runs, snapshot = _harvest_and_publish(jobs, chosen, quiet=as_json)
    _report(runs, snapshot, stages, as_json=as_json)
    raise typer.Exit(outcome_of(runs) or int(not all_usable))


def _harvest_and_publish(
    jobs: list[Job], chosen: Settings, *, quiet: bool
) -> tuple[Runs, Snapshot | None]:
    names = {job.feed_id: job.feed.name if job.feed else job.feed_id for job in jobs}
    with (
        open_warehouse(chosen.warehouse_path) as connection,
        ProgressBars.open(names, quiet=quiet) as bars,
    ):
        board = StatusBoard(chosen.home, (job.feed for job in jobs if job.feed))
        progress: Progress = _Both(board, bars)
        equipment = Equipment.of(chosen)
        runs = asyncio.run(harvest_jobs(connection, jobs, equipment, progress))
        return runs, _snapshot_of(connection, runs, chosen)


def _snapshot_of(connection: Connection, runs: Runs, chosen: Settings) -> Snapshot | None:
    """Return a new snapshot where it would show something new, else the current one, if any."""
    has_changes = any(run.has_changes for run in runs.values())
    if has_changes or has_news(connection, chosen, datetime.now(UTC)):
        return publish(connection, chosen)
    if current := readable_snapshot(chosen.snapshots_folder):
        return current
    came = any(run.outcome != "failed" for run in runs.values())
    return publish(connection, chosen) if came else None


def _report(
    runs: Runs, snapshot: Snapshot | None, stages: Mapping[str, float], *, as_json: bool
) -> None:
    if as_json:
        found = described(snapshot) if snapshot else None
        feeds = [_summary(name, run) for name, run in runs.items()]
        seconds = {stage: round(took, 3) for stage, took in stages.items()}
        print_json({"feeds": feeds, "snapshot": found, "stages": seconds})
        return
    columns = ("Feed", *(key.capitalize() for key in COUNTS), "s", "Outcome")
    print_table("Records: locations, EVSEs, connectors and tariffs", columns, _rows(runs))
    for name, run in runs.items():
        for message in run.messages:
            print_line(f"{name}: {message}")
    if any(summary["rejected"] for summary in (_summary(n, r) for n, r in runs.items())):
        console.print("Rejected records and the reasons: klarpris quarantine")
    if snapshot is None:
        console.print("Nothing was received, so no new snapshot was published.")
        return
    if all(snapshot.published_at < run.started_at for run in runs.values()):
        console.print("Nothing has changed; `klarpris publish` builds a new snapshot all the same.")
    print_line(f"Snapshot: {snapshot.path}")


def _rows(runs: Runs) -> Iterable[list[object]]:
    keys = (*COUNTS, "seconds", "outcome")
    for name, run in runs.items():
        summary = _summary(name, run)
        yield [name, *(summary[key] for key in keys)]


def _summary(name: str, run: Run) -> dict[str, Any]:
    counts = run.counts.values()
    totals = {key: sum(getattr(count, key) for count in counts) for key in TOTALS}
    return {
        "feed": name,
        "outcome": run.outcome,
        "message": run.message,
        **totals,
        "seconds": round(run.seconds, 3),
        "documents": run.documents,
        "bytes": run.bytes,
        "objects": {
            str(kind): {key: getattr(count, key) for key in totals}
            for kind, count in run.counts.items()
        },
    }
