"""`klarpris quarantine`: what was refused, where it stood, why and since when."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.output import console, print_error, print_json, print_line, print_table
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.store.rejections import Found, rejection_groups, rejections
from aggregator.store.spreadsheet import write_csv

SHOWN = 200
TIMES = {"first_seen_at": "First seen", "last_seen_at": "Last seen"}
COLUMNS = {
    "feed": "Feed",
    "object_type": "Object",
    "object_id": "Id",
    "json_path": "Where",
    "reason": "Reason",
    **TIMES,
    "occurrences": "Times",
}
PAST = {"is_current": "Still refused"}
COUNTS = {
    "records": "Records",
    "lost_evses": "EVSEs lost",
    "lost_connectors": "Connectors lost",
    **TIMES,
    "example": "Example",
}


class By(StrEnum):
    """What refused records may be counted by."""

    REASON = "reason"
    FEED = "feed"
    OBJECT = "object"
    PATH = "path"


def quarantine(  # noqa: PLR0917 - one for each option
    feed: Annotated[str | None, typer.Argument(help="Only this feed.")] = None,
    by: Annotated[By | None, typer.Option(help="Count them by what they share.")] = None,
    past: Annotated[
        bool, typer.Option("--past", help="Also what is no longer refused (it is remembered).")
    ] = False,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1, max=10_000_000, help=f"At most this many; {SHOWN} unless said, all with --csv."
        ),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Write them to this file, for a spreadsheet."),
    ] = None,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """List the records that were refused in each feed's last harvest."""
    if csv and as_json:
        message = "--csv writes a file, --json prints: choose one of them"
        raise typer.BadParameter(message)
    folder = chosen_settings(demo=demo).snapshots_folder
    most = limit or (None if csv else SHOWN)
    found = (
        rejection_groups(folder, by.value, feed, most, past=past)
        if by
        else rejections(folder, feed, most, past=past)
    )
    if csv:
        _write(found, csv)
    elif as_json:
        print_json(found.rows)
        if len(found.rows) < found.total:
            print_error(f"{_of(found)} shown; --limit shows more")
    else:
        _show(found, by, past=past)


def _of(found: Found) -> str:
    """Return how many there are of how many, as `200 of 5,312`."""
    return f"{len(found.rows):,} of {found.total:,}"


def _write(found: Found, path: Path) -> None:
    write_csv(path, found.columns, found.rows)
    print_line(f"{_of(found)} rows written to {path}")


def _show(found: Found, by: By | None, *, past: bool) -> None:
    columns = {by.value: by.value.capitalize(), **COUNTS} if by else COLUMNS
    if past and not by:
        columns = columns | PAST
    rows = ([row[key] for key in columns] for row in found.rows)
    print_table("Refused records", list(columns.values()), rows)
    console.print(f"{_of(found)} shown; the record as received: --json")
