"""Work beside the event loop that is never torn away from its connection."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

Result = TypeVar("Result")


async def in_thread(work: Callable[..., Result], *arguments: object) -> Result:
    """Do work beside the event loop; when cancelled, wait until it has let go of its connection."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *arguments))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():  # whoever cancels again waits as well
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        raise
