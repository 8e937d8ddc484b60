"""`klarpris backup`, `restore`, `vacuum`: taking care of what is kept."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from aggregator.care.attendance import retention_of
from aggregator.care.backup import Waiting, back_up, default_path
from aggregator.care.restoring import Restoration
from aggregator.care.strays import remove_strays
from aggregator.cli.output import console, print_error, print_json, print_line, print_table
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.config import Settings
from aggregator.errors import StoreError
from aggregator.publish import publish
from aggregator.store.compacting import Sizes, compact
from aggregator.store.retention import apply_retention
from aggregator.store.warehouse import open_warehouse

MB = 1_000_000


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(help="The file to write, or a folder; `backups` of the home by default."),
    ] = None,
    wait: Annotated[
        float, typer.Option(min=0, help="Seconds to wait at most while another process writes.")
    ] = 900,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """Write a backup of the warehouse, also while the harvester runs.

    One file, proven before it bears its name. It holds the warehouse, the state of the feeds, and
    your own sessions, plans and regions in the home. Secrets, credentials, feed files, the archive
    and snapshots are not in it.
    """
    chosen, now = chosen_settings(demo=demo), datetime.now(UTC)
    target = default_path(chosen, now)
    if file is not None:
        target = (file / target.name if file.is_dir() else file).absolute()
    if target.exists():
        message = f"{target} is there already; name another file"
        raise typer.BadParameter(message)
    made = back_up(chosen, target, Waiting(wait, print_error), now)
    if as_json:
        print_json({"path": str(made.path), "bytes": made.size_bytes, **made.holds.described()})
        return
    print_line(str(made.path))
    console.print(f"{made.size_bytes / MB:,.1f} MB, {made.holds.total_rows:,} rows, verified")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup, or a warehouse that a restore has kept.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before replacing.")] = False,
    demo: Demo = False,
) -> None:
    """Put a backup into the warehouse's place, and publish a snapshot of it.

    The file is proven first; the present warehouse is kept beside the new one. The harvester must
    not be running. The next harvest fetches every feed as a whole. Your own sessions, plans and
    regions come back where the home has none of that name.
    """
    chosen = chosen_settings(demo=demo)
    with Restoration.of(file.absolute(), chosen) as found:
        of = f" of {found.made_at:%Y-%m-%d %H:%M} UTC" if found.made_at else ""
        print_line(f"{file}: a warehouse{of}, {found.holds.total_rows:,} rows, whole")
        if chosen.warehouse_path.exists() and not yes:
            typer.confirm(f"Put it in place of {chosen.warehouse_path}?", abort=True)
        kept = found.put_in_place()
        own = found.put_own_files_back()
    print_line(f"{chosen.warehouse_path} is restored; the next harvest fetches every feed anew.")
    if kept:
        option = " --demo" if chosen.demo else ""
        print_line(f"The warehouse before is kept. To undo: klarpris restore{option} {kept}")
    for path in own.put:
        print_line(f"{path} is restored.")
    for path in own.left:
        print_line(f"{path} is another than in the backup; it is left as it is.")
    with open_warehouse(chosen.warehouse_path) as connection:
        print_line(f"Snapshot: {publish(connection, chosen).path}")


def vacuum(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only count what would be removed.")
    ] = False,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """Remove what was kept long enough (KLARPRIS_KEEP_*_DAYS) and make the file smaller.

    Current records always stay. Questions about a moment before what was removed (core.*_as_of)
    are answered from what is left, so only in part. The harvester removes old rows itself once a
    day; only the file becomes smaller here, and for that the harvester must not be running.
    """
    chosen = chosen_settings(demo=demo)
    removed = _remove_old(chosen, dry_run=dry_run)
    sizes, freed_bytes = None, 0
    if not dry_run:
        freed_bytes = remove_strays(chosen)
        sizes = compact(chosen.warehouse_path)
    if as_json:
        told = {"removed": removed, "dry_run": dry_run, "unfinished_bytes": freed_bytes}
        print_json(told | (sizes._asdict() if sizes else {}))
        return
    console.print("Rows that would be removed:" if dry_run else "Rows removed:")
    print_table("", ("Table", "Rows"), ((f"core.{name}", n) for name, n in removed.items()))
    _print_sizes(sizes, freed_bytes)


def _remove_old(chosen: Settings, *, dry_run: bool) -> dict[str, int]:
    if not chosen.warehouse_path.is_file():
        message = f"there is no warehouse at {chosen.warehouse_path}; `klarpris harvest` makes one"
        raise StoreError(message)
    with open_warehouse(chosen.warehouse_path) as connection:
        now = datetime.now(UTC)
        return apply_retention(connection, retention_of(chosen), now, dry_run=dry_run)


def _print_sizes(sizes: Sizes | None, freed_bytes: int) -> None:
    if freed_bytes:
        console.print(f"Unfinished files removed: {freed_bytes / MB:,.1f} MB")
    if sizes:
        before, after = sizes.before_bytes, sizes.after_bytes
        console.print(f"Warehouse: {before:,} bytes before, {after:,} bytes after")
