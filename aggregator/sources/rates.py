"""Fetch newer exchange rates; until they are looked through, the old ones stay."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx

from aggregator.errors import BrokenAnswer, ReferenceFileError, StoreError
from aggregator.feeds import Feed
from aggregator.normalise.currency import FILE_NAME, Rates
from aggregator.normalise.rates_check import check_newer
from aggregator.normalise.rates_file import LARGEST_BYTES, History, history_of, unpacked
from aggregator.sources.address import shown
from aggregator.sources.answer import Answer
from aggregator.sources.http import FeedClient
from aggregator.sources.locking import alone_in
from aggregator.sources.memory import FeedMemory
from aggregator.sources.secrets import Secrets
from aggregator.whole_file import whole_file

URL = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
MEMORY_NAME = "memory.json"
LARGEST_DOWNLOAD_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Update:
    """What came of an update. is_new: False where there was nothing else than what was known."""

    is_new: bool
    first_day: date
    last_day: date


async def download_rates(
    folder: Path,
    *,
    today: date,
    url: str = URL,
    contact: str = "",
    allow_private: bool = False,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Update:
    """Fetch the rates and keep them, if they have changed and can be believed.

    Args:
        folder: where they are kept.
        today: no rate can be of a later day.
        url: of the European Central Bank's whole history, or of a copy of it.
        contact: how its server's people can reach us.
        allow_private: the address may be one of this machine or network.
        transport: answers in place of the network, in tests.

    Raises:
        SourceError: nothing came, or nothing of use; the rates that were here stay.
        StoreError: the folder cannot be written; the same.
    """
    memory = FeedMemory(folder / MEMORY_NAME)
    # Nothing is asked conditionally when what would stay is gone or damaged.
    kept = _kept(folder)
    async with FeedClient.open(
        _feed(url, allow_private=allow_private),
        max_bytes=LARGEST_DOWNLOAD_BYTES,
        secrets=Secrets({}),
        memory=memory,
        contact=contact,
        transport=transport,
        obey_breaker=False,
    ) as client:
        answer = await client.get(url, name="rates", conditional=kept is not None)
    if kept and answer.not_modified:
        return Update(is_new=False, first_day=kept.days[0], last_day=kept.days[-1])
    update = _install(answer, folder, today)
    memory.remember_validators(url, answer.headers)
    memory.save()
    return update


def install_rates(path: Path, folder: Path, *, today: date) -> Update:
    """Keep the rates of a file, packed or not, if they can be believed.

    Raises:
        ReferenceFileError: they cannot; one line with the line at fault. What was here stays.
        StoreError: the folder cannot be written; the same.
    """
    update = _keep(_content(path), str(path), folder, today)
    FeedMemory(folder / MEMORY_NAME).forget_documents()
    return update


def _feed(url: str, *, allow_private: bool) -> Feed:
    return Feed.model_validate(
        {
            "feed_id": "exchange_rates",
            "name": "European Central Bank",
            "source": "ocpi_file",
            "licence": "free with its source named",
            "url": url,
            "headers": {"Accept": "application/zip, text/csv"},
            "allow_private": allow_private,
        }
    )


def _kept(folder: Path) -> History | None:
    """Return the rates that were fetched before; None where there are none of use."""
    path = folder / FILE_NAME
    try:
        return history_of(path.read_bytes(), str(path))
    except (OSError, ReferenceFileError):
        return None


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise ReferenceFileError(message) from error


def _install(answer: Answer, folder: Path, today: date) -> Update:
    try:
        return _keep(answer.content, shown(answer.url), folder, today)
    except ReferenceFileError as error:
        raise BrokenAnswer(str(error)) from error


def _keep(content: bytes, name: str, folder: Path, today: date) -> Update:
    """Look rates through and put them in the place of those that are kept."""
    table = unpacked(content, name)
    newer = history_of(table, name)
    kept = _kept(folder)
    shipped = Rates.shipped().history
    known = max((one for one in (kept, shipped) if one), key=lambda one: one.days[-1])
    check_newer(newer, known, today, name)
    _write(folder / FILE_NAME, table)
    return Update(newer != known, newer.days[0], newer.days[-1])


def _write(path: Path, content: bytes) -> None:
    """Write a file whole, or leave the one that is there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone_in(path.parent), whole_file(path) as file:
            file.write(content)
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}"
        raise StoreError(message) from error
