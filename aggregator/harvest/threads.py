"""Work beside the event loop that is never torn away from its connection."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Result = TypeVar("Result")


async def in_thread(work: Callable[..., Result], *arguments: object) -> Result:
    """Do work beside the event loop; when cancelled, wait until it has let go of its connection."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *arguments))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles: reading makes millions of objects and hardly a cycle."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
