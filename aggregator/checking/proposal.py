"""A feed file for what was checked: what is known already stays, what was found is added."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from aggregator.checking.names import (
    country_code_of,
    host_word,
    id_of,
    name_of,
    operator_of,
    party_id_of,
)
from aggregator.checking.report import CheckReport, Dialect, Proposal
from aggregator.checking.toml import feed_text
from aggregator.feeds import Feed

USUAL_LIMIT = Feed.model_fields["page_limit"].default
NOT_STATED = "not stated"
CAREFUL_PACE_SECONDS = 6
MADE_UP = {"feed_id", "name", "licence"}
EXAMPLE = "https://example.org"
LICENCE = (
    "To fill in: the licence as an SPDX id or in the publisher's words, licence_url, attribution."
)


def propose(
    report: CheckReport,
    feed: Feed | None,
    countries: Mapping[str, int],
    today: date,
    *,
    is_named: bool,
) -> Proposal:
    """Return a feed file for what was checked.

    Args:
        report: of the check.
        feed: as it was checked; None for a local document.
        countries: of the locations.
        today: stands in the file.
        is_named: whether the feed has a file, with a name, an id and a licence of its own.
    """
    country_code = country_code_of(report.parties, countries)
    address = (feed.source_url if feed else "") or _first_address(report)
    operator = operator_of(report.parties)
    publisher = operator or (host_word(address) if address else report.subject)
    keys = _own_keys(feed, is_named=is_named) if feed else _local_keys(report)
    found = {
        "name": name_of(country_code, publisher),
        "licence": NOT_STATED,
        "every": "6h",
        "verified": False,
        **_reading(report, country_code, operator),
        **_politeness(report),
    }
    keys = {**found, **keys}
    comments = _comments(report, feed, keys)
    head = [
        f"Proposed by `klarpris feeds check` on {today}, which found {_figures(report)}.",
        "Look it through: what nobody but you can know says so.",
    ]
    feed_id = feed.feed_id if feed and is_named else id_of(country_code, publisher)
    return Proposal(feed_id, feed_text(keys, comments, head), _to_fill_in(feed, keys))


def _own_keys(feed: Feed, *, is_named: bool) -> dict[str, Any]:
    """Return what the feed says already, but for what a check makes up."""
    left_out = {"feed_id"} if is_named else MADE_UP
    return {key: getattr(feed, key) for key in feed.model_fields_set - left_out}


def _local_keys(report: CheckReport) -> dict[str, Any]:
    """Return addresses for local documents: those that were recorded, else an example."""
    address = _first_address(report) or f"{EXAMPLE}/{quote(report.subject)}"
    both = len([kind for kind in report.dialect.records_at if kind in {"location", "tariff"}]) > 1
    return {"source": "ocpi_file", "url" if both else "locations_url": address}


def _first_address(report: CheckReport) -> str:
    addresses = (module.address for module in report.modules)
    return next((one for one in addresses if one.startswith(("http://", "https://"))), "")


def _reading(
    report: CheckReport, country_code: str | None, operator: str | None
) -> dict[str, str | None]:
    guessed = report.ocpi_version if report.version_how == "guessed" else None
    return {
        "ocpi_version": guessed,
        "country_code": country_code,
        "party_id": party_id_of(report.parties),
        "operator_name": operator,
    }


def _politeness(report: CheckReport) -> dict[str, Any]:
    """Return how many records are asked for at once, and how fast."""
    limits = [module.server_limit for module in report.modules if module.server_limit]
    pages = [one.largest_page for one in report.modules if one.is_partial or one.documents > 1]
    smallest = min([*limits, *pages], default=0)
    found: dict[str, Any] = {}
    if 0 < smallest < USUAL_LIMIT:
        found["page_limit"] = smallest
    if report.limits:
        found["pace_seconds"] = CAREFUL_PACE_SECONDS
    return found


def _comments(report: CheckReport, feed: Feed | None, keys: Mapping[str, Any]) -> dict[str, str]:
    dialect = report.dialect
    said = {
        "name": "For people: country or region, then who publishes.",
        "every": "How often it is asked; see data/feeds/README.md for what else can be said.",
        "verified": "Set to true when a harvest over the internet has proven this file.",
        "prices": _prices(dialect),
    }
    if keys["licence"] == NOT_STATED:
        said["licence"] = LICENCE
    if feed is None:
        said["url" if "url" in keys else "locations_url"] = "To fill in: the address."
    if report.version_how == "guessed" and "ocpi_version" in keys:
        said["ocpi_version"] = "Guessed from the records."
    if report.version_how == "agreed":
        said["versions_url"] = f"OCPI {report.ocpi_version} was agreed on with the server."
    if "page_limit" in keys:
        said["page_limit"] = "The server gave out no more at once."
    if report.limits and "pace_seconds" in keys:
        limits = ", ".join(f"{name}: {value}" for name, value in report.limits.items())
        said["pace_seconds"] = f"The server speaks of a limit ({limits}); a careful guess."
    if "cursor_at" in keys and not keys.get("cursor_parameter"):
        said["cursor_at"] = 'The parameter that takes it: cursor_parameter = "cursor" unless said.'
    if dialect.times_without_offset and not keys.get("time_zone"):
        said["time_zone"] = (
            f'time_zone = "Europe/..."  is needed: {dialect.times_without_offset:,} times have no '
            "offset and are read as UTC."
        )
    if secrets := feed.variables if feed else ():
        said["token_env"] = (
            f"Set in the environment or in the secrets file: {', '.join(secrets)}. "
            "What is no secret may stand under [headers] or in the address instead."
        )
    return said


def _prices(dialect: Dialect) -> str:
    bases = ", ".join(f"{count:,} {basis}" for basis, count in dialect.price_bases.items())
    vat = f"{dialect.price_components_with_vat:,} of {dialect.price_components:,}"
    return (
        f'prices = "net" or "gross", with prices_evidence, only where that is proven. As stated: '
        f"VAT at {vat} price components; tariffs by basis: {bases or 'none'}."
    )


def _figures(report: CheckReport) -> str:
    kept = {one.object_type: one.kept for one in report.counts}
    part = " in a first part of it" if report.is_partial else ""
    figures = (f"{count:,} {name}(s)" for name, count in kept.items() if count)
    return ", ".join(figures) + part


def _to_fill_in(feed: Feed | None, keys: Mapping[str, Any]) -> tuple[str, ...]:
    wanted = ["licence, licence_url and attribution"] if keys["licence"] == NOT_STATED else []
    if feed is None:
        wanted.append("the address")
    variables = feed.variables if feed else ()
    wanted += [f"the secret {name}, in the environment or the secrets file" for name in variables]
    return tuple(wanted)
