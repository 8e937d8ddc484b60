"""What a server offers to somebody who wants to register: a version, its endpoints.

Source: OCPI 2.1.1-d2, 2.2.1-d2 and 2.3.0, "Versions module".
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from aggregator.domain.text import one_line
from aggregator.errors import BrokenAnswer, FormatError, SourceError
from aggregator.feeds import OcpiVersion
from aggregator.sources.address import shown
from aggregator.sources.discovery import address_of, candidates, rows
from aggregator.sources.http import FeedClient
from aggregator.sources.page import MODULES
from aggregator.sources.small_answers import SmallAnswer, ask

CREDENTIALS = "credentials"
IDENTIFIERS = {CREDENTIALS, *MODULES}  # known where they stand as names before their addresses
LIKELIEST_ROLES = ("SENDER", None)  # the standard advises SENDER for one's own; any role is right
LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A module of the other side. role: None where OCPI 2.1.1 names none."""

    identifier: str
    role: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What the other side speaks and where."""

    version: OcpiVersion
    credentials_url: str
    endpoints: tuple[Endpoint, ...]


async def credentials_offer(client: FeedClient) -> Offer:
    """Return the highest common version that has a credentials module, and its endpoints.

    Raises:
        SourceError: there is none, or the server does not say.
    """
    versions = await ask(client, client.feed.versions_url or "", "versions")
    failures: list[SourceError | FormatError] = []
    for version, details_url in candidates(versions, client.feed):
        try:
            return _offer(version, await ask(client, details_url, "version_details"))
        except (SourceError, FormatError) as error:
            failures.append(error)
    raise failures[0]


def _offer(version: OcpiVersion, details: SmallAnswer) -> Offer:
    endpoints = tuple(_endpoints(details))
    ours = [one for one in endpoints if one.identifier == CREDENTIALS]
    if not ours:
        message = f"{shown(details.url)}: no credentials module in {version}: nobody can register"
        raise BrokenAnswer(message)
    chosen = min(ours, key=lambda one: one.role not in LIKELIEST_ROLES)  # often listed twice
    return Offer(version, chosen.url, endpoints)


def _endpoints(details: SmallAnswer) -> Iterator[Endpoint]:
    for row in rows(details.document, "identifier", IDENTIFIERS):
        role = row.get("role")
        with suppress(BrokenAnswer):  # an address that makes no sense costs itself
            if url := address_of(row, details.url):
                yield Endpoint(
                    one_line(str(row["identifier"]).strip(), LONGEST_WORD).lower(),
                    one_line(role, LONGEST_WORD).strip().upper() if isinstance(role, str) else None,
                    url,
                )
