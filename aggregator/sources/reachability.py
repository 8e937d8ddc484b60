"""Ask quickly whether anything can be reached, before promising a harvest."""

import asyncio
from collections.abc import Collection

import httpx

from aggregator.errors import SourceError
from aggregator.feeds import Feed
from aggregator.sources.access import user_agent
from aggregator.sources.address import is_private, origin_of
from aggregator.sources.resolving import http_client

SECONDS = 5.0


async def any_reachable(feeds: Collection[Feed]) -> bool:
    """Return whether one of the feeds' servers answers at all, whatever it says."""
    asking = [asyncio.ensure_future(_answers(feed)) for feed in feeds]
    try:
        for next_answer in asyncio.as_completed(asking, timeout=2 * SECONDS):
            if await next_answer:
                return True
    except TimeoutError:
        return False
    finally:
        for task in asking:
            task.cancel()
    return False


async def _answers(feed: Feed) -> bool:
    url = feed.source_url
    if not feed.allow_private and is_private(origin_of(url).host):
        return False
    try:
        async with http_client(feed, httpx.Timeout(SECONDS)) as http:
            await http.head(url, headers={"User-Agent": user_agent()})
    except (SourceError, httpx.HTTPError, httpx.InvalidURL):
        return False
    return True
