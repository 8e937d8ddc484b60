"""`klarpris feeds add`: check an address and put a feed file for it beside the others."""

from typing import Annotated

import typer

from aggregator.checking import add_feed, place_of
from aggregator.cli.feeds_check import (
    USUAL_PAGES,
    All,
    AllowPrivate,
    Header,
    LimitPages,
    Options,
    TariffsUrl,
    TokenEnv,
    told,
)
from aggregator.cli.feeds_report import print_report
from aggregator.cli.output import print_json, print_line
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Json


def add(
    url: Annotated[
        str, typer.Argument(help="Address of versions, of locations, or of a whole document.")
    ],
    *,
    feed_id: Annotated[
        str | None,
        typer.Option("--id", help="The feed's id; from country and operator or host unless said."),
    ] = None,
    token_env: TokenEnv = None,
    header: Header = None,
    tariffs_url: TariffsUrl = None,
    allow_private: AllowPrivate = False,
    limit_pages: LimitPages = USUAL_PAGES,
    everything: All = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a feed file that is there already.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check an address as `feeds check` does, and write the proposed feed file.

    The file goes into the folder of feeds (KLARPRIS_FEEDS). Nothing is written when nothing could
    be read. To take a feed out again, delete its file.
    """
    if not url.lower().startswith(("http://", "https://")):
        message = "an address is needed, with http:// or https://"
        raise typer.BadParameter(message)
    chosen = chosen_settings(demo=False)
    if feed_id is not None:  # before anybody is asked for nothing
        place_of(chosen.feeds_folder, feed_id, force=force)
    options = Options(token_env, header or [], tariffs_url, allow_private=allow_private)
    report = options.run(url, chosen, None if everything else limit_pages, quiet=as_json)
    if not as_json:
        print_report(report)
    path = place_of(chosen.feeds_folder, feed_id or report.proposal.feed_id, force=force)
    feed = add_feed(report, path, force=force)
    if as_json:
        print_json({**told(report), "feed": feed.feed_id, "path": path})
    else:
        print_line(f"Added {feed.feed_id}: {path}")
        for what in report.proposal.to_fill_in:
            print_line(f"To fill in: {what}")
        print_line(f"Next: klarpris harvest {feed.feed_id}. To undo it, delete the file.")
    raise typer.Exit(1 if report.needs_attention else 0)
