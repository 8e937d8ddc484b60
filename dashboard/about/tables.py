"""The tables of About: sources with their state, what was refused, what was read differently."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd

from aggregator.store.queries import FeedStatus, HarvestStatus
from dashboard.wording.labels import duration, moment, percent, plain, text

Row = Mapping[str, Any]
LONGEST_TEXT = 300


def feed_table(rows: Sequence[Row], status: HarvestStatus | None) -> pd.DataFrame:
    """Return one line a feed: state and schedule from the harvester, coverage from the snapshot.

    Feeds that have not brought anything yet stand here too.
    """
    states = dict(status.feeds) if status else {}
    lines = [_feed_line(row, states.pop(row["feed"], None)) for row in rows]
    lines += [_new_feed_line(state) for state in states.values()]
    return pd.DataFrame(lines).convert_dtypes()


def _feed_line(row: Row, state: FeedStatus | None) -> dict[str, Any]:
    shown = state or FeedStatus(
        name=row["name"],
        every_seconds=row["every_seconds"],
        last_run_at=row["last_run_at"],
        outcome=row["last_outcome"],
        message=row["last_message"],
    )
    share = row["priced_connectors"] / row["shown_connectors"] if row["shown_connectors"] else None
    return _outcome(shown, row["name"]) | {
        text("about.received"): row["received"],
        text("about.kept"): row["kept"],
        text("about.rejected"): row["rejected"],
        text("about.duplicates"): row["duplicates"],
        text("about.locations"): row["locations"],
        text("about.connectors"): row["connectors"],
        text("about.priced"): None if share is None else percent(share),
        text("about.tariffs"): row["tariffs"],
        text("about.stale_since"): moment(row.get("stale_since")),
        text("about.unpublished"): row["unpublished_locations"],
        **_schedule(shown),
        text("about.licence"): plain(row["licence"] or "–", LONGEST_TEXT),
        text("about.attribution"): plain(row["attribution"] or "–", LONGEST_TEXT),
        text("about.address"): plain(row["source_url"] or "–", LONGEST_TEXT),
        text("about.verified"): text("about.yes" if row["verified"] else "about.no"),
    }


def _new_feed_line(state: FeedStatus) -> dict[str, Any]:
    return _outcome(state, state.name) | _schedule(state)


def _outcome(state: FeedStatus, name: str) -> dict[str, Any]:
    key = "running" if state.running_since else state.outcome or "waiting"
    return {text("about.feed"): plain(name), text("about.outcome"): text(f"state.{key}")}


def _schedule(state: FeedStatus) -> dict[str, Any]:
    every = state.every_seconds
    return {
        text("about.last_run"): moment(state.last_run_at),
        text("about.next_run"): moment(state.next_run_at),
        text("about.every"): duration(timedelta(seconds=every)) if every else "–",
        text("about.message"): plain(state.message or "–", LONGEST_TEXT),
    }


def rejection_table(rows: Sequence[Row]) -> pd.DataFrame:
    """Return what was refused, by feed and reason."""
    return pd.DataFrame(
        {
            text("about.feed"): row["feed"],
            text("about.object"): row["object_type"],
            text("about.reason"): plain(row["reason"], LONGEST_TEXT),
            text("about.records"): row["records"],
            text("about.example"): plain(row["example_path"], LONGEST_TEXT),
        }
        for row in rows
    )


def note_table(rows: Sequence[Row]) -> pd.DataFrame:
    """Return what was read differently from how it was written."""
    return pd.DataFrame(
        {
            text("about.feed"): row["feed"],
            text("about.where"): plain(row["json_path"], LONGEST_TEXT),
            text("about.note"): plain(row["note"], LONGEST_TEXT),
            text("about.occurrences"): row["occurrences"],
            text("about.example"): plain(row["example"] or "–", LONGEST_TEXT),
        }
        for row in rows
    )
