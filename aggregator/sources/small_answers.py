"""Answers that are looked into at once: versions and their details, and errors in small bodies."""

import re
from typing import Any, NamedTuple

from aggregator.errors import Refused
from aggregator.formats.whole import decode, refuse_ocpi_error
from aggregator.sources.address import shown
from aggregator.sources.answer import OcpiRefused
from aggregator.sources.body import Body
from aggregator.sources.http import Answer, FeedClient
from aggregator.sources.page import naming

SMALL_BYTES = 1 << 16
OCPI_ERROR = re.compile(rb'"status_code"\s*:\s*"?([2-9][0-9]{3})\b')
BLANKS = b"\xef\xbb\xbf \t\r\n"  # a mark of the byte order, too
NO_DATA = {b"", b"<"}  # how answers begin that are empty or web pages


class SmallAnswer(NamedTuple):
    """The JSON of an answer, and the address that it finally came from."""

    document: Any
    url: str


async def ask(client: FeedClient, url: str, name: str) -> SmallAnswer:
    """Return a small document.

    Raises:
        SourceError: it did not come, is no JSON, or reports an OCPI error.
    """
    answer = await fetched(client, url, name)
    with naming(shown(url)):
        document = decode(answer.content, client.max_bytes)
        refuse_ocpi_error(document)
    return SmallAnswer(document, answer.url)


async def fetched(client: FeedClient, url: str, name: str, *, led_by: str | None = None) -> Answer:
    """Return an answer that is no small OCPI error; those in large bodies show while reading.

    led_by: the address of the answer that named this one.

    Raises:
        SourceError: it did not come, or reports an OCPI error behind HTTP 200.
    """

    def has_data(answer: Answer) -> bool:
        _refuse_error_in(answer.body, url, client.max_bytes)
        return next(answer.body.chunks(), b"").lstrip(BLANKS)[:1] not in NO_DATA

    return await client.get(url, name=name, has_data=has_data, led_by=led_by)


def _refuse_error_in(body: Body, url: str, max_bytes: int) -> None:
    if body.size_bytes > SMALL_BYTES or not (found := OCPI_ERROR.search(content := body.read())):
        return
    try:
        with naming(shown(url)):
            refuse_ocpi_error(decode(content, max_bytes))
    except Refused as error:
        refused = OcpiRefused(str(error))
        refused.ocpi_status = int(found[1])
        raise refused from None
