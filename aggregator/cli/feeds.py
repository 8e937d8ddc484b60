"""`klarpris feeds`: the feeds and their state."""

from datetime import timedelta
from typing import Any

import typer

from aggregator.cli.feeds_add import add
from aggregator.cli.feeds_check import check
from aggregator.cli.feeds_register import register, unregister
from aggregator.cli.output import print_json, print_table
from aggregator.cli.selection import chosen_settings, known_feeds
from aggregator.cli.snapshot import Demo, Json
from aggregator.feeds import Feed
from aggregator.sources.address import shown
from aggregator.store.status import FeedStatus, HarvestStatus

app = typer.Typer(help="The feeds and their state.", no_args_is_help=True)
COLUMNS = {
    "feed": "Feed",
    "enabled": "Enabled",
    "every": "Every",
    "last_run_at": "Last run",
    "outcome": "Outcome",
    "next_run_at": "Next run",
    "message": "Message",
}


app.command("check")(check)
app.command("add")(add)
app.command("register")(register)
app.command("unregister")(unregister)


@app.callback()
def feeds() -> None:
    """Keep `list` a subcommand of its own."""


@app.command("list")
def list_feeds(demo: Demo = False, as_json: Json = False) -> None:
    """List every feed with its schedule, last outcome and next run."""
    chosen = chosen_settings(demo=demo)
    known, all_usable = known_feeds(chosen)
    status = HarvestStatus.read(chosen.home)
    states = status.feeds if status else {}
    rows = [_row(feed, states.get(name) or FeedStatus(name=name)) for name, feed in known.items()]
    if as_json:
        print_json(rows)
    else:
        print_table(
            f"Feeds in {chosen.feeds_folder}",
            list(COLUMNS.values()),
            ([row[key] for key in COLUMNS] for row in rows),
        )
    raise typer.Exit(0 if all_usable else 1)


def in_words(every: timedelta) -> str:
    """Return an interval as feed files write it: 6h, 15m, 30s."""
    seconds = int(every.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _row(feed: Feed, state: FeedStatus) -> dict[str, Any]:
    return {
        "feed": feed.feed_id,
        "name": feed.name,
        "enabled": feed.enabled,
        "every": in_words(feed.every),
        "every_seconds": int(feed.every.total_seconds()),
        "last_run_at": state.last_run_at,
        "last_success_at": state.last_success_at,
        "outcome": state.outcome,
        "next_run_at": state.next_run_at if feed.enabled else None,
        "message": state.message,
        "verified": feed.verified,
        "synthetic": feed.synthetic,
        "licence": feed.licence,
        "source_url": shown(feed.source_url),
        "notes": feed.notes,
    }
