"""`klarpris archive`: what operators sent, as it came."""

from typing import Annotated, Any

import msgspec
import typer

from aggregator.cli.output import console, print_json, print_table
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.sources.archive import archived_runs
from aggregator.sources.manifest import ArchivedDocument

COLUMNS = {
    "run_id": "Run",
    "asked_at": "Asked at",
    "url": "Address",
    "status": "Status",
    "size_bytes": "Bytes",
    "sha256": "SHA-256",
    "file": "File",
}


def archive(
    feed: Annotated[str, typer.Argument(help="The feed whose documents are listed.")],
    runs: Annotated[int, typer.Option(min=1, max=10_000, help="So many of its last runs.")] = 1,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """List the documents that a feed's last runs received; `zstd -d` opens the files."""
    kept = archived_runs(chosen_settings(demo=demo).archive_folder, feed, runs)
    found = [_row(run_id, one) for run_id, documents in kept for one in documents]
    if as_json:
        print_json(found)
        return
    rows = ([row[key] for key in COLUMNS] for row in found)
    print_table(f"Documents of {feed}", list(COLUMNS.values()), rows)
    if not found:
        console.print("Nothing is kept of this feed.")


def _row(run_id: str, document: ArchivedDocument) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(document, enc_hook=str)
    return {"run_id": run_id, **told, "file": str(document.path) if document.path else None}
