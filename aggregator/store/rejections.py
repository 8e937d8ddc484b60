"""Read what was refused from the current snapshot."""

from pathlib import Path
from typing import Any, NamedTuple

from aggregator.store.reading import ask_current

Row = dict[str, Any]
RECORD_COLUMNS = (
    *("feed", "run_id", "object_type", "object_id", "json_path", "reason_code", "reason"),
    *("raw_fragment", "document_url", "lost_evses", "lost_connectors"),
    *("first_seen_at", "last_seen_at", "occurrences", "is_current"),
)
GROUP_COLUMNS = (
    *("records", "lost_evses", "lost_connectors"),
    *("first_seen_at", "last_seen_at", "example"),
)


class Found(NamedTuple):
    """Some rows, the names of their columns, and how many rows there are in all."""

    columns: tuple[str, ...]
    rows: list[Row]
    total: int


def rejections(
    snapshots_folder: Path, feed: str | None, limit: int | None, *, past: bool = False
) -> Found:
    """Return refused records as rows of mart.rejected_record.

    Args:
        snapshots_folder: where the snapshots are.
        feed: only its records; None for those of all feeds.
        limit: at most so many rows; None for all.
        past: also those that the feed's last run no longer refused.

    Raises:
        StoreError: nothing has been published yet, or the snapshot cannot be read.
    """
    parameters = {"feed": feed, "limit": limit, "past": past}
    return _found(ask_current(snapshots_folder, "rejected_records", parameters), RECORD_COLUMNS)


def rejection_groups(
    snapshots_folder: Path, by: str, feed: str | None, limit: int | None, *, past: bool = False
) -> Found:
    """Return refused records counted by what they share, the most frequent first.

    Args:
        snapshots_folder: where the snapshots are.
        by: `reason`, `feed`, `object` or `path`; the column of that name says what is shared.
        feed: only its records; None for those of all feeds.
        limit: at most so many groups; None for all.
        past: also those that the feed's last run no longer refused.

    Raises:
        StoreError: nothing has been published yet, or the snapshot cannot be read.
    """
    parameters = {"by": by, "feed": feed, "limit": limit, "past": past}
    rows = ask_current(snapshots_folder, "rejected_groups", parameters)
    return _found([{by: row["shared"], **row} for row in rows], (by, *GROUP_COLUMNS))


def _found(rows: list[Row], columns: tuple[str, ...]) -> Found:
    total = rows[0]["found"] if rows else 0
    return Found(columns, [{name: row[name] for name in columns} for row in rows], total)
