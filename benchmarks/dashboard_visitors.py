"""Visitors without a browser: they speak Streamlit's own protocol and wait for every answer."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

STREAM = "/_stcore/stream"
PATIENCE_SECONDS = 60
LARGEST_MESSAGE = 1 << 26
ARRIVALS_PER_SECOND = 20


@dataclass(frozen=True, slots=True)
class Click:
    """What a visitor looks at next: a page and the codes of its address."""

    page: str
    codes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """How long the answer to a click took, and how much of it came."""

    page: str
    milliseconds: float
    kilobytes: float


@dataclass(slots=True)
class Visitor:
    """One open page. Use as an asynchronous context."""

    url: str
    _socket: ClientConnection | None = field(default=None, init=False)

    async def __aenter__(self) -> Self:
        """Open the connection."""
        address = self.url.replace("http", "ws", 1) + STREAM
        self._socket = await connect(
            address, subprotocols=["streamlit"], max_size=LARGEST_MESSAGE, compression="deflate"
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leave."""
        if self._socket:
            await self._socket.close()

    async def see(self, click: Click) -> Answer:
        """Ask for a page and wait until all of it came.

        Raises:
            TimeoutError: nothing for a minute.
            RuntimeError: the page failed.
        """
        message = BackMsg()
        message.rerun_script.query_string = urlencode(click.codes)
        message.rerun_script.page_name = click.page
        message.rerun_script.context_info.timezone = "Europe/Berlin"
        begun = time.perf_counter()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._send(message)
            size = await self._until_finished()
        return Answer(click.page, (time.perf_counter() - begun) * 1_000, size / 1_000)

    async def _send(self, message: BackMsg) -> None:
        if self._socket is None:
            unopened = "the visitor has not come yet"
            raise RuntimeError(unopened)
        await self._socket.send(message.SerializeToString())

    async def _until_finished(self) -> int:
        """Return the bytes of everything up to the end of the page's script."""
        size = 0
        while self._socket is not None:
            data = await self._socket.recv()
            size += len(data)
            message = ForwardMsg.FromString(bytes(data))
            if message.delta.new_element.HasField("exception"):
                raise RuntimeError(message.delta.new_element.exception.message)
            if message.WhichOneof("type") == "script_finished":
                break
        return size


async def one_by_one(url: str, clicks: Sequence[Click]) -> list[Answer]:
    """Return the answers that one visitor gets; the first, of a cold page, is left out."""
    async with Visitor(url) as visitor:
        return [await visitor.see(click) for click in clicks][1:]


async def crowd(
    url: str, clicks: Sequence[Click], visitors: int, think_seconds: float, each: int
) -> tuple[list[Answer], int]:
    """Return the answers that many visitors get, and how many clicks failed.

    Everybody makes `each` clicks and thinks about so long between them; first pages do not count.
    """
    chance = Random(1)
    orders = [chance.choices(clicks, k=each + 1) for _ in range(visitors)]
    results = await asyncio.gather(
        *(
            _one_of_many(url, order, number / ARRIVALS_PER_SECOND, think_seconds, Random(number))
            for number, order in enumerate(orders)
        )
    )
    answers = [answer for found, _ in results for answer in found]
    return answers, sum(failed for _, failed in results)


async def _one_of_many(
    url: str, clicks: Sequence[Click], arrives: float, think_seconds: float, chance: Random
) -> tuple[list[Answer], int]:
    await asyncio.sleep(arrives)
    answers, failed = [], 0
    try:
        async with Visitor(url) as visitor:
            await visitor.see(clicks[0])
            for click in clicks[1:]:
                await asyncio.sleep(chance.uniform(0.5, 1.5) * think_seconds)
                answers.append(await visitor.see(click))
    except (OSError, TimeoutError, RuntimeError):
        failed += 1
    return answers, failed
