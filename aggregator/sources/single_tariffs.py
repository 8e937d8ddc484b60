"""Tariffs that a server gives out one by one: one request for each that the locations name."""

from collections.abc import AsyncGenerator, Collection
from urllib.parse import quote

from aggregator.domain.problem import ObjectType
from aggregator.domain.text import one_line
from aggregator.errors import BrokenAnswer, NotNow, Refused, SourceError
from aggregator.formats.document import Document
from aggregator.sources.address import shown
from aggregator.sources.http import Answer, FeedClient
from aggregator.sources.page import Page, Remarks
from aggregator.sources.small_answers import fetched

MOST_FAILURES = 5
OF_THE_SERVER = {401, 429}  # the next tariff will fare no better


async def single_tariffs(
    client: FeedClient, tariff_ids: Collection[str], remarks: Remarks
) -> AsyncGenerator[Page, None]:
    """Yield a document for each tariff; one that cannot be had costs only itself.

    Raises:
        SourceError: the server does not deliver at all.
    """
    template, failures, in_a_row = client.feed.tariff_url, list[SourceError](), 0
    wanted = list(dict.fromkeys(tariff_ids)) if template else []
    for tariff_id in wanted[: client.feed.max_pages]:
        if not _is_part_of_an_address(tariff_id):
            failures.append(_no_part_of_an_address(client, tariff_id))
            continue
        try:
            url = (template or "").replace("{id}", quote(tariff_id, ""))
            answer = await fetched(client, url, "tariff")
        except (Refused, BrokenAnswer) as error:
            is_final = isinstance(error, Refused) and error.status in OF_THE_SERVER
            failures, in_a_row = [*failures, error], in_a_row + 1
            if is_final or isinstance(error, NotNow) or in_a_row == MOST_FAILURES:
                raise
            continue
        in_a_row = 0
        yield _page(client, answer)
    if failures or len(wanted) > client.feed.max_pages:
        missing = len(failures) + max(0, len(wanted) - client.feed.max_pages)
        reason = f": {failures[0]}" if failures else "; see max_pages"
        remarks.incomplete.add("tariffs")
        remarks.attention.append(f"{missing} of {len(wanted)} tariffs did not come{reason}")


def _is_part_of_an_address(tariff_id: str) -> bool:
    """Tell whether an id, quoted, names itself: dots alone lead elsewhere, halves of signs nowhere.

    >>> [_is_part_of_an_address(one) for one in ("a.b/../c", "..", "", chr(0xD800))]
    [True, False, False, False]
    """
    try:
        tariff_id.encode()
    except UnicodeEncodeError:
        return False
    return tariff_id not in {"", ".", ".."}


def _no_part_of_an_address(client: FeedClient, tariff_id: str) -> BrokenAnswer:
    where = shown(client.feed.tariff_url or "")
    return BrokenAnswer(f"{where}: {one_line(tariff_id, 40)!r} cannot stand in an address")


def _page(client: FeedClient, answer: Answer) -> Page:
    document = Document(
        answer.body.chunks,
        max_bytes=client.max_bytes,
        layout=client.feed.layout,
        wanted=ObjectType.TARIFF,
    )
    return Page(shown(answer.url), document, answer.body)
