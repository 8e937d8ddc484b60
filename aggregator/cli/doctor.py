"""`klarpris doctor`: whether all is well, and what to do where it is not."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import typer

from aggregator.care.doctor import Finding, State, examine, worst
from aggregator.cli.output import print_json, print_line
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.errors import FeedFileError
from aggregator.feeds import Feed, load_feeds


def doctor(demo: Demo = False, as_json: Json = False) -> None:
    """Check warehouse, snapshot, disk, clock, time zones and feeds; nothing is changed.

    Exit code 0: all is fine; 1: something needs a look, or does not work. For monitoring, `--json`
    tells them apart: "status" is ok, warning or failed.
    """
    chosen = chosen_settings(demo=demo)
    known, wrong = _feeds(chosen.feeds_folder)
    findings = examine(chosen, known, wrong, datetime.now(UTC))
    status = worst(findings)
    if as_json:
        print_json({"status": status, "checks": [asdict(one) for one in findings]})
    else:
        for one in findings:
            print_line(_line(one))
    raise typer.Exit(0 if status is State.OK else 1)


def _feeds(folder: Path) -> tuple[dict[str, Feed], list[FeedFileError]]:
    """Return the feeds whose files can be used, and what is wrong with the others."""
    if not folder.is_dir():
        return {}, [FeedFileError(f"{folder}: no such folder of feed files; see KLARPRIS_FEEDS")]
    return load_feeds(folder)


def _line(found: Finding) -> str:
    todo = f" - {found.todo}" if found.todo else ""
    return f"{found.state.upper():<8} {found.check}: {found.text}{todo}"
