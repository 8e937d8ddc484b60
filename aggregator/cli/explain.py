"""`klarpris explain`: every published figure of an offer, worked out anew from what came."""

from dataclasses import replace
from typing import Annotated

import typer

from aggregator.cli import values
from aggregator.cli.charger import KEY, place_of
from aggregator.cli.explain_data import as_data
from aggregator.cli.explain_report import show
from aggregator.cli.output import print_error, print_json
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.config import Settings
from aggregator.errors import FormatError
from aggregator.feeds import load_feeds
from aggregator.invoices.explaining import Explanation, Sources, explained
from aggregator.store.published_offers import PublishedOffers, published_offers

BYTES_PER_MB = 1_000_000


def explain(  # noqa: PLR0917 - one for each option
    evse_id: Annotated[str | None, typer.Argument(help="As printed on the charger.")] = None,
    connector: Annotated[
        str | None, typer.Option(help=f"One of the EVSE's connectors, or by itself {KEY}.")
    ] = None,
    tariff_id: Annotated[str | None, typer.Option(help="Only the tariff of this id.")] = None,
    method: Annotated[
        str | None, typer.Option(help="Only offers with this way to pay, as card or contract.")
    ] = None,
    session: Annotated[
        str | None,
        typer.Option(help="The session that is billed: ac, dc, hpc, idle or one of your own."),
    ] = None,
    to_currency: Annotated[
        str | None, typer.Option("--in", parser=values.currency, help="The total in it as well.")
    ] = None,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """Show how the prices of a charger came about, from the operator's bytes to the figures."""
    if evse_id is None and connector is None:
        message = f"name a charger: an EVSE id, or --connector {KEY}"
        raise typer.BadParameter(message)
    chosen = chosen_settings(demo=demo)
    place = place_of(evse_id, connector)
    published = published_offers(chosen.snapshots_folder, place, to_currency)
    if not published.offers:
        message = "no such connector in the current snapshot; `klarpris harvest` renews it"
        raise FormatError(message)
    meant = _meant(published, tariff_id, method)
    _require_session(meant, session)
    found = explained(meant, _sources(chosen, session, to_currency))
    _print(found, meant, as_json=as_json)
    if not all(one.agrees for one in found):
        raise typer.Exit(1)


def _meant(
    published: PublishedOffers, tariff_id: str | None, method: str | None
) -> PublishedOffers:
    """Return the offers with the tariff and the way to pay that were named."""
    offers = published.offers
    if tariff_id is not None:
        there = {one["tariff_id"] for one in offers if one["tariff_id"]}
        wanted = tariff_id.casefold()
        offers = tuple(one for one in offers if (one["tariff_id"] or "").casefold() == wanted)
        _require(offers, f"no tariff {tariff_id!r} here", there)
    if method is not None:
        there = {way for one in offers for way in one["payment_methods"] or ()}
        offers = tuple(one for one in offers if method in (one["payment_methods"] or ()))
        _require(offers, f"no offer to pay by {method!r} here", there)
    return replace(published, offers=offers)


def _require_session(published: PublishedOffers, code: str | None) -> None:
    there = {row["session_code"] for row in published.sessions}
    _require(code is None or code in there, f"there is no session {code!r}", there)


def _require(found: object, message: str, there: set[str]) -> None:
    if not found:
        message = f"{message}; there is {', '.join(sorted(there)) or 'none'}"
        raise typer.BadParameter(message)


def _sources(chosen: Settings, session: str | None, to_currency: str | None) -> Sources:
    """Return what prices are traced with; a feed file at fault is named and costs only itself."""
    feeds, faults = load_feeds(chosen.feeds_folder)
    for fault in faults:
        print_error(fault)
    return Sources(
        archive_folder=chosen.archive_folder,
        feeds=feeds,
        max_bytes=chosen.max_document_mb * BYTES_PER_MB,
        session_code=session,
        to_currency=to_currency,
    )


def _print(found: list[Explanation], published: PublishedOffers, *, as_json: bool) -> None:
    if not as_json:
        for one in found:
            show(one, published.snapshot_id)
        return
    print_json(
        {
            "snapshot_id": published.snapshot_id,
            "published_at": published.published_at,
            "agrees": all(one.agrees for one in found),
            "explanations": [as_data(one) for one in found],
        }
    )
