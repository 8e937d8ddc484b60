"""What is tried again, how often, and after how long."""

from collections.abc import Awaitable, Callable

import stamina
import structlog

from aggregator.errors import SourceError
from aggregator.sources.answer import Answer

log = structlog.get_logger(__name__)
TRIES = 3
FIRST_WAIT_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 10.0


class TryAgain(Exception):
    """A failure that may pass. wait_seconds: as the server asked for, None where it did not.

    was_sent: whether the server may have seen the request.
    """

    def __init__(
        self, error: SourceError, wait_seconds: float | None = None, *, was_sent: bool = True
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait_seconds = wait_seconds
        self.was_sent = was_sent


def _log_retry(details: stamina.instrumentation.RetryDetails) -> None:
    log.debug("asked again", because=str(details.caused_by), wait_seconds=details.wait_for)


stamina.instrumentation.set_on_retry_hooks([_log_retry])


def may_pass(error: Exception) -> bool | float:
    """Tell whether to try again, or after how many seconds."""
    if not isinstance(error, TryAgain):
        return False
    return True if error.wait_seconds is None else error.wait_seconds


def was_not_sent(error: Exception) -> bool | float:
    """As `may_pass`, for requests that must not arrive twice."""
    return isinstance(error, TryAgain) and not error.was_sent


async def persistently(
    work: Callable[[], Awaitable[Answer]], on: Callable[[Exception], bool | float]
) -> Answer:
    """Return what the work brings, tried again with waits that grow and are never quite the same.

    Raises:
        SourceError: what the last try ended with.
    """
    failure: TryAgain
    try:
        async for attempt in stamina.retry_context(
            on=on,
            attempts=TRIES,
            timeout=None,
            wait_initial=FIRST_WAIT_SECONDS,
            wait_max=LONGEST_WAIT_SECONDS,
        ):
            with attempt:
                return await work()
    except TryAgain as last:
        failure = last
    raise failure.error
