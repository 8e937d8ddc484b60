"""`klarpris quarantine`: what was refused, where it stood and why."""

from typing import Annotated

import typer

from aggregator.cli.output import console, print_json, print_table
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.store.rejections import rejections

COLUMNS = {
    "feed": "Feed",
    "object_type": "Object",
    "object_id": "Id",
    "json_path": "Where",
    "reason": "Reason",
}


def quarantine(
    feed: Annotated[str | None, typer.Argument(help="Only this feed.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="At most this many.")] = 200,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """List the records that were refused in each feed's last harvest."""
    found = rejections(chosen_settings(demo=demo).snapshots_folder, feed, limit)
    if as_json:
        print_json(found)
        return
    rows = ([row[key] for key in COLUMNS] for row in found)
    print_table("Refused records", list(COLUMNS.values()), rows)
    console.print(f"{len(found)} shown; the record as received: --json")
