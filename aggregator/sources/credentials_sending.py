"""What is sent to a credentials endpoint, and in words what to do when it is refused.

Sources: OCPI 2.1.1-d2, 2.2.1-d2 and 2.3.0, "Credentials module" and "Status codes".
"""

from enum import StrEnum
from typing import Any

from aggregator.errors import Refused, SourceError, Unreachable
from aggregator.feeds import Feed
from aggregator.formats.whole import decode, refuse_ocpi_error
from aggregator.sources.address import shown
from aggregator.sources.credentials_object import OurSide
from aggregator.sources.http import FeedClient
from aggregator.sources.page import naming

INCOMPLETE_HTTP = {400, 422}
INCOMPLETE_OCPI = {2001, 2002}
NO_ENTRY = {401, 403}
METHOD_NOT_ALLOWED = 405
FIRST_SERVER_ERROR = 500
CANNOT_USE_US, NO_COMMON_VERSION, ENDPOINTS_MISSING = 3001, 3002, 3003
OF_HARVESTS = ("; it may pass; the feed is tried again later", "; it is tried again later")


class Step(StrEnum):
    """What is asked of a credentials endpoint, and how."""

    REGISTER = "POST"
    RENEW = "PUT"
    END = "DELETE"


class CredentialsRefused(Refused):
    """A credentials endpoint does not want what was sent. ocpi_status: of the answer, if any."""

    ocpi_status: int | None = None

    @property
    def misses_fields(self) -> bool:
        """Whether something was missing in what was sent."""
        return self.status in INCOMPLETE_HTTP or self.ocpi_status in INCOMPLETE_OCPI


async def sent(client: FeedClient, step: Step, url: str, body: object = None) -> Any:  # noqa: ANN401 - any JSON
    """Return the document that answers; None for an empty answer to the end of a registration.

    Raises:
        CredentialsRefused: the server answers that it does not want this.
        SourceError: it does not answer, or not legibly.
    """
    try:
        answer = await client.send(step.value, url, body)
    except Refused as error:
        if error.status is None:
            raise
        refused = CredentialsRefused(_without_plans(error))
        refused.status = error.status
        raise refused from None
    if step is Step.END and not answer.content.strip():
        return None
    with naming(shown(url)):
        document = decode(answer.content, client.max_bytes)
        try:
            refuse_ocpi_error(document)
        except Refused as error:
            said = CredentialsRefused(str(error))
            said.ocpi_status = int(document["status_code"])
            raise said from None
    return document


def _without_plans(error: SourceError) -> str:
    """Return what happened without what a harvest does about it: nobody tries this again."""
    text = str(error)
    for plan in OF_HARVESTS:
        text = text.removesuffix(plan)
    return text


def with_advice(error: SourceError, advice: str) -> SourceError:
    """Return the same error with what a person can do about it, instead of what a harvest does."""
    advised = type(error)("; ".join(filter(None, (_without_plans(error), advice))))
    vars(advised).update(vars(error))
    return advised


def advice(error: SourceError, step: Step, feed: Feed, ours: OurSide) -> str:
    """Return what to do about a registration that failed, "" where nothing is known to help."""
    is_unclear = isinstance(error, Unreachable) or (
        isinstance(error, Refused) and (error.status or 0) >= FIRST_SERVER_ERROR
    )
    if is_unclear:
        return "whether the server took it is not known: try again, else ask the operator"
    if not isinstance(error, CredentialsRefused):
        return ""
    if error.status == METHOD_NOT_ALLOWED:
        return _METHOD_NOT_ALLOWED[step].format(feed=feed.feed_id)
    if error.status in NO_ENTRY and step is Step.RENEW:
        return "our token is no longer accepted: ask the operator for a new first one"
    return _OCPI_ADVICE.get(error.ocpi_status or 0, "").format(url=ours.versions_url)


_METHOD_NOT_ALLOWED = {
    Step.REGISTER: (
        "the server knows us already: `klarpris feeds register {feed} --update` renews what is "
        "kept here; where nothing is, ask the operator for a new first token"
    ),
    Step.RENEW: (
        "the server does not know us: ask the operator for a first token, then "
        "`klarpris feeds unregister {feed} --force` and `klarpris feeds register {feed}`"
    ),
}
_OCPI_ADVICE = {
    CANNOT_USE_US: "it could not use {url}: that must lead to us from outside while this runs",
    NO_COMMON_VERSION: "it does not speak the version that it offers; set ocpi_version",
    ENDPOINTS_MISSING: "it wants modules that we do not have: ask the operator to go without them",
}
