"""Bodies of requests, never larger than what we are ready to hold."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aggregator.receiver.envelopes import refusal

CONTENT_TOO_LARGE = 413


class BoundedBodies:
    """Refuses a request whose body is larger than allowed, announced or not."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        """Stand before `app`; max_bytes: of one body."""
        self._app, self._max_bytes = app, max_bytes
        self._reason = f"a body may have {max_bytes} bytes"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or refuse it."""
        if scope["type"] == "http" and _announced(scope) > self._max_bytes:
            closing = {"Connection": "close"}
            await refusal(CONTENT_TOO_LARGE, self._reason, closing)(scope, receive, send)
            return
        room = self._max_bytes

        async def bounded() -> Message:
            nonlocal room
            message = await receive()
            room -= len(message.get("body", b""))
            if room < 0:  # the application makes an answer of it
                raise HTTPException(CONTENT_TOO_LARGE, self._reason)
            return message

        await self._app(scope, bounded, send)


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0
