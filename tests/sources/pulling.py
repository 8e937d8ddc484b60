"""Read pages as the harvest does: each to its end before the next is asked for."""

import json
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from aggregator.errors import KlarprisError
from aggregator.sources.ocpi_pull import OcpiPull
from tests.sources.serving import Server, says

URL = "https://a.example/locations"


@dataclass
class Pulled:
    """What came of one module. pages: ids page by page; error: what ended it, if anything did."""

    server: Server
    pages: list[list[Any]] = field(default_factory=list)
    totals: list[int | None] = field(default_factory=list)
    error: KlarprisError | None = None
    attention: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    incomplete: set[str] = field(default_factory=set)

    @property
    def asked(self):
        """The addresses that were asked, without what all have in common."""
        return [url.removeprefix(URL) for url in self.server.asked]

    @property
    def is_proven(self):
        """Whether the end of the module is proven."""
        return self.error is None and not self.incomplete


def ids_in(page):
    """Read a page to its end; return the ids of its records."""
    records = [record for batch in page.document.batches() for record in batch.records]
    return [json.loads(record).get("id") for record in records]


async def pull(client_of, answers, *, module="locations", since=None, **values):
    """Return what came of a module from a server that gives these answers."""
    server = Server(answers) if isinstance(answers, dict) else answers
    pulled = Pulled(server)
    async with client_of(server, **({"locations_url": URL} | values)) as client:
        source = OcpiPull(client, since)
        try:
            await read(source.pages(module), pulled)
        except KlarprisError as error:
            pulled.error = error
        pulled.attention = source.remarks.attention
        pulled.notes = source.remarks.notes
        pulled.incomplete = source.remarks.incomplete
    return pulled


async def read(generator, pulled):
    """Read every page to its end."""
    async with aclosing(generator) as pages:
        async for page in pages:
            pulled.totals.append(page.total)
            pulled.pages.append(ids_in(page))


def sites(*ids):
    """Return locations with these ids."""
    return [{"id": str(i), "evses": []} for i in ids]


def page_of(*ids, **headers):
    """Return an answer with locations of these ids."""
    return says(sites(*ids), **headers)


def at(offset, limit=2):
    """Return the address of a counted page."""
    return f"{URL}?offset={offset}&limit={limit}"


def following(url):
    """Return a Link header that names the next page."""
    return f'<{url}>; rel="next"'
