"""`klarpris snapshot` and `klarpris publish`: where the current snapshot is; build a new one."""

from typing import Annotated, Any

import typer

from aggregator.cli.output import age, console, print_json, print_line, print_table
from aggregator.cli.selection import chosen_settings
from aggregator.errors import StoreError
from aggregator.publish import publish as publish_now
from aggregator.store.pointer import Snapshot
from aggregator.store.reading import open_snapshot, published
from aggregator.store.warehouse import open_warehouse

Demo = Annotated[bool, typer.Option("--demo", help="The demonstration's home.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def described(snapshot: Snapshot) -> dict[str, Any]:
    """Return what scripts are told about a snapshot."""
    return {
        "path": str(snapshot.path),
        "published_at": snapshot.published_at.isoformat(),
        "rows": snapshot.rows,
        "snapshot_id": snapshot.snapshot_id,
        "schema_version": snapshot.schema_version,
    }


def snapshot(demo: Demo = False, as_json: Json = False) -> None:
    """Show where the current snapshot is, how old it is and how many rows it has."""
    found = published(chosen_settings(demo=demo).snapshots_folder)
    open_snapshot(found).close()  # says what is wrong with it
    _show(found, as_json=as_json)


def publish(demo: Demo = False, as_json: Json = False) -> None:
    """Build a snapshot from what is known and make it the current one."""
    chosen = chosen_settings(demo=demo)
    if not chosen.warehouse_path.exists():
        message = f"there is no warehouse at {chosen.warehouse_path}; `klarpris harvest` makes one"
        raise StoreError(message)
    with open_warehouse(chosen.warehouse_path) as connection:
        _show(publish_now(connection, chosen), as_json=as_json)


def _show(found: Snapshot, *, as_json: bool) -> None:
    if as_json:
        print_json(described(found))
        return
    print_line(str(found.path))
    console.print(f"published {found.published_at:%Y-%m-%d %H:%M} UTC, {age(found.published_at)}")
    print_table("Rows", ("Table", "Rows"), ((f"mart.{name}", n) for name, n in found.rows.items()))
