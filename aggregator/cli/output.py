"""What people and scripts read: tables, JSON, progress bars, logs."""

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Self

import structlog
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from aggregator.domain.text import one_line
from aggregator.store.ledger import Run

WIDTH_OF_PIPES = 200
console = Console(width=None if sys.stdout.isatty() else WIDTH_OF_PIPES)
errors = Console(stderr=True)
WRAPPED = {"Message", "Name", "Reason", "Where", "Id", "Path", "Example"}
MARKS = {"ok": "green", "attention": "yellow", "failed": "red"}


def configure_logging(level: int = logging.WARNING) -> None:
    """Write events with their fields to standard error."""
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def print_line(line: str) -> None:
    """Print a line that may hold what strangers wrote: as it is, on one line, without markup."""
    console.print(one_line(line), markup=False, highlight=False, soft_wrap=True)


def print_error(error: object) -> None:
    """Print what went wrong as one line on standard error."""
    line = one_line(f"klarpris: {error}")
    errors.print(line, markup=False, highlight=False, soft_wrap=True)


def print_json(value: object) -> None:
    """Print one JSON value for scripts."""
    sys.stdout.write(json.dumps(value, indent=2, default=_as_text) + "\n")


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows for people; numbers to the right, feed text as it is, never as markup."""
    table = Table(title=title, title_justify="left", header_style="bold", box=SIMPLE_HEAD)
    table.padding, table.pad_edge = (0, 1, 0, 0), False
    rows = [list(row) for row in rows]
    for position, column in enumerate(columns):
        is_number = bool(rows) and all(isinstance(row[position], int | float) for row in rows)
        may_wrap = column in WRAPPED
        table.add_column(
            column,
            justify="right" if is_number else "left",
            overflow="fold",
            no_wrap=not may_wrap,
        )
    for row in rows:
        table.add_row(*(Text(_cell(value), style=MARKS.get(str(value), "")) for value in row))
    console.print(table)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.1f}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return one_line(str(value))


def age(moment: datetime | None) -> str | None:
    """Return how long ago something was, in words."""
    if moment is None:
        return None
    minutes = int((datetime.now(UTC) - moment).total_seconds() // 60)
    for unit, size in (("d", 1440), ("h", 60)):
        if minutes >= size:
            return f"{minutes // size} {unit} ago"
    return f"{max(minutes, 0)} min ago"


class ProgressBars:
    """One bar for each feed being harvested."""

    def __init__(self, bars: Bars, names: Mapping[str, str]) -> None:
        """Draw with these bars; names by feed."""
        self._bars, self._names = bars, names
        self._tasks: dict[str, TaskID] = {}

    @classmethod
    @contextmanager
    def open(cls, names: Mapping[str, str], *, quiet: bool) -> Iterator[Self]:
        """Yield bars that are drawn on standard error until the block ends."""
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("records {task.fields[outcome]}", markup=False),
            TimeElapsedColumn(),
        )
        with Bars(*columns, console=errors, disable=quiet) as bars:
            yield cls(bars, names)

    def started(self, feed: str) -> None:
        """Draw a bar of unknown length."""
        name = self._names.get(feed, feed)
        self._tasks[feed] = self._bars.add_task(name, total=None, outcome="")

    def advanced(self, feed: str, records: int, total: int | None) -> None:
        """Move a bar on."""
        known = max(total, records) if total is not None else None
        self._bars.update(self._tasks[feed], completed=records, total=known)

    def finished(self, feed: str, run: Run) -> None:
        """Fill a bar and say how it went."""
        received = sum(count.received for count in run.counts.values())
        total = max(received, 1)
        self._bars.update(
            self._tasks[feed], completed=total, total=total, outcome=f"- {run.outcome}"
        )
        self._bars.stop_task(self._tasks[feed])
