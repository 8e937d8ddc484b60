"""Ask quickly whether anything can be reached, before promising a harvest."""

import asyncio
from collections.abc import Collection

import httpx

from aggregator.feeds import Feed
from aggregator.sources.http import user_agent

SECONDS = 5.0


async def any_reachable(feeds: Collection[Feed]) -> bool:
    """Return whether one of the feeds' servers answers at all, whatever it says."""
    async with httpx.AsyncClient(timeout=SECONDS, headers={"User-Agent": user_agent()}) as http:
        asking = [asyncio.ensure_future(_answers(http, feed.source_url)) for feed in feeds]
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


async def _answers(http: httpx.AsyncClient, url: str) -> bool:
    try:
        await http.head(url)
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
    return True
