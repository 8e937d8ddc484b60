"""Why an offer costs what it costs: every step from the operator's own bytes to the figures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from aggregator.domain import contents
from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import PriceList
from aggregator.feeds import Feed, OcpiVersion
from aggregator.invoices.answers import usual_code
from aggregator.invoices.archived_tariffs import Asked, Wanted, aliases_of
from aggregator.invoices.evidence import Evidence, Search, find_evidence
from aggregator.invoices.figures import (
    WITH_TAX,
    Figure,
    Row,
    Terms,
    figures,
    quoted,
    sessions_of,
    with_tax_by_law,
)
from aggregator.invoices.rounding import InCurrency, Rounding, in_currency, rounding_of
from aggregator.invoices.stated_parts import StatedPart, stated_parts
from aggregator.invoices.tax_step import TaxStep, tax_step
from aggregator.pricing.bill import Bill, bill
from aggregator.pricing.quote import NO_PRICE_APPLIES
from aggregator.pricing.reference import placed, zone_named
from aggregator.store.published_offers import PublishedOffers

BEYOND_ALL_BOUNDS = {"too_complex", "absurd_price"}
"""Reasons by which a snapshot leaves a price list out that the exact engine would price."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One offer, step by step; a step that there is nothing to say of is None or empty.

    offer: its row of `store.published_offers`. wanted: its tariff; None without a usable one.
    why_no_evidence: why the archived document is not there, where it should be.
    price_list: as the operator states it; of the document, else as the snapshot keeps it.
    session: the one that is billed, and session_code its code.
    refused: why it has no bill, a code of mart.offer.state_reason.
    """

    offer: Row
    wanted: Wanted | None = None
    evidence: Evidence | None = None
    why_no_evidence: str | None = None
    stated: tuple[StatedPart, ...] = ()
    price_list: PriceList | None = None
    tax: TaxStep | None = None
    session_code: str | None = None
    session: ChargingSession | None = None
    bill: Bill | None = None
    refused: str | None = None
    rounding: Rounding | None = None
    figures: tuple[Figure, ...] = ()
    flags: Mapping[str, str] | None = None
    display: InCurrency | None = None

    @property
    def different(self) -> tuple[Figure, ...]:
        """The figures that are not those of the snapshot."""
        return tuple(one for one in self.figures if not one.is_same)

    @property
    def agrees(self) -> bool:
        """Whether the document is there and every figure is the one in the snapshot."""
        return self.why_no_evidence is None and not self.different

    def figure(self, name: str, session_code: str | None = None) -> Figure | None:
        """Return a figure by its name, None where there is none."""
        key = (name, session_code)
        return next((one for one in self.figures if (one.name, one.session_code) == key), None)


@dataclass(frozen=True, slots=True)
class Sources:
    """What prices are traced with. feeds: by id, of the feed files. max_bytes: of one document.

    session_code: of the session that is billed; None: by which the offer's price is decided.
    """

    archive_folder: Path
    feeds: Mapping[str, Feed]
    max_bytes: int
    session_code: str | None = None
    to_currency: str | None = None


def explained(published: PublishedOffers, sources: Sources) -> list[Explanation]:
    """Return the explanation of each offer, in order.

    Raises:
        StoreError: the archive cannot be read.
    """
    searches = dict(_searches(published.offers, sources))
    return [_explained(offer, published, sources, searches) for offer in published.offers]


def _searches(offers: Iterable[Row], sources: Sources) -> Iterator[tuple[str, Search]]:
    """Yield the search in each feed that the offers' tariffs are of."""
    wanted: dict[str, set[Wanted]] = defaultdict(set)
    versions: dict[str, str | None] = {}
    for offer in offers:
        if one := _wanted(offer):
            wanted[offer["tariff_feed"]].add(one)
            versions[offer["tariff_feed"]] = offer["ocpi_version"]
    for feed_id, tariffs in wanted.items():
        asked = Asked(
            feed_id=feed_id,
            feed=sources.feeds.get(feed_id),
            ocpi_version=_version(versions[feed_id]),
            max_bytes=sources.max_bytes,
        )
        yield feed_id, find_evidence(sources.archive_folder, asked, tariffs)


def _version(text: str | None) -> OcpiVersion | None:
    return OcpiVersion(text) if text in set(OcpiVersion) else None


def _wanted(offer: Row) -> Wanted | None:
    if offer["tariff_feed"] is None:
        return None
    names = ("tariff_country_code", "tariff_party_id", "stated_tariff_id", "content_hash")
    return Wanted(*(offer[name] for name in names))


def _explained(
    offer: Row, published: PublishedOffers, sources: Sources, searches: Mapping[str, Search]
) -> Explanation:
    codes = (offer["flags"] or "").split()
    steps: dict[str, Any] = {"flags": {code: published.meanings.get(code, code) for code in codes}}
    wanted = _wanted(offer)
    if wanted is None:
        if offer["content_hash"] or offer["state"] != "unknown":
            steps["why_no_evidence"] = "no tariff of the snapshot has this id and price list"
        return Explanation(offer, **steps)
    feed_id = offer["tariff_feed"]
    feed, search = sources.feeds.get(feed_id), searches[feed_id]
    evidence = search.found.get(wanted)
    if evidence:
        asked = Asked(feed_id, feed, evidence.tariff.ocpi_version, sources.max_bytes)
        read = evidence.tariff
        steps["stated"] = stated_parts(read.raw, read.json_path, aliases_of(asked))
        price_list = read.price_list
    else:
        steps["why_no_evidence"] = search.why_not(wanted, feed_id)
        price_list = contents.from_json(offer["price_list"])
    steps["tax"] = tax_step(
        price_list,
        offer["vat_rate"],
        offer["vat_source"],
        evidence.tariff if evidence else None,
        feed,
    )
    steps |= _priced(offer, price_list, published, sources)
    return Explanation(offer, wanted, evidence, price_list=price_list, **steps)


def _priced(
    offer: Row, price_list: PriceList, published: PublishedOffers, sources: Sources
) -> dict[str, Any]:
    """Return the steps from a price list to its figures."""
    if offer["state_reason"] in BEYOND_ALL_BOUNDS:
        return {}
    sessions = sessions_of(published.sessions)
    terms = Terms(
        time_zone=offer["time_zone"],
        session_code=offer["session_code"] or usual_code(offer["power_class"]),
        vat_rate=offer["vat_rate"],
        day=published.published_at.date(),
        sessions=sessions,
    )
    code = sources.session_code or terms.session_code
    usual = next(one for one in sessions if one.code == code)
    session = placed(usual, terms.day, zone_named(terms.time_zone) or UTC)
    steps = {
        "session_code": code,
        "session": session,
        "figures": figures(offer, price_list, terms),
    }
    found = quoted(price_list, terms)
    if code not in found.totals:
        return steps | {"refused": found.state_reason or NO_PRICE_APPLIES}
    billed = bill(with_tax_by_law(price_list, terms.vat_rate), session)
    rounding = rounding_of(billed, with_tax=found.tax_basis in WITH_TAX)
    to = sources.to_currency
    display = in_currency(offer, rounding.total, to) if to else None
    return steps | {"bill": billed, "rounding": rounding, "display": display}
