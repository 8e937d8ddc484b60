"""Read whole documents record by record, and count what was kept."""

import asyncio
from collections import Counter
from contextlib import suppress

from aggregator.domain.problem import Account
from aggregator.errors import FormatError, SourceError
from aggregator.formats.defaults import Defaults
from aggregator.formats.reading import Reader
from aggregator.formats.records import read_record
from aggregator.formats.shapes import guess_version
from aggregator.sources.local_file import LocalFeed, LocalFiles
from tests.formats.json_texts import CONNECTOR, EVSE, LIMIT, LOCATION, TARIFF


def read_all(document, defaults=None):
    """Read a document as far as it goes; return the account and what was kept."""
    account, kept = Account(), Counter()
    reader = Reader(account)
    with suppress(FormatError, SourceError):
        for batch in document.batches():
            version = guess_version(batch.object_type, batch.sample())
            defaults = defaults or Defaults(ocpi_version=version)
            for position, raw in enumerate(batch.records, start=batch.first):
                path = f"{batch.json_path}[{position}]"
                kept.update(kept_of(read_record(batch.object_type, raw, path, defaults, reader)))
    return account, kept


def kept_of(found):
    """Return how many records of each type one record turned out to be."""
    kept = Counter({TARIFF: len(found.tariffs)})
    if found.location:
        evses = found.location.record.evses
        connectors = sum(len(evse.connectors) for evse in evses)
        kept.update({LOCATION: 1, EVSE: len(evses), CONNECTOR: connectors})
    return kept


def read_file(path):
    """Read a file as far as it goes; nothing is received where it holds no records."""
    with suppress(SourceError):
        return read_all(asyncio.run(_document_in(path)))
    return Account(), Counter()


async def _document_in(path):
    """Return the document of a file, or of the response that is recorded in it."""
    files = LocalFiles(LocalFeed(path.stem, (path,)), LIMIT)
    [page] = [page async for page in files.pages(str(path))]
    return page.document
