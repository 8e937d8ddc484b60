"""The handshake: a first token becomes one for every day, is renewed, is given back.

Tokens as the standard names them: A is what the operator wrote to us, B what we give, C what we
get. C is on disk before anything else is done with it: A is worth nothing any more by then.

Sources: OCPI 2.1.1-d2, 2.2.1-d2 and 2.3.0, "Credentials module".
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from secrets import token_urlsafe

import structlog

from aggregator.errors import Refused, SourceError
from aggregator.feeds import Feed, OcpiVersion, TokenEncoding
from aggregator.sources.access import VERSIONS
from aggregator.sources.address import shown
from aggregator.sources.credentials_object import (
    OurSide,
    Role,
    TheirCredentials,
    credentials_object,
    their_credentials,
)
from aggregator.sources.credentials_offer import Offer
from aggregator.sources.credentials_sending import (
    FIRST_SERVER_ERROR,
    NO_ENTRY,
    CredentialsRefused,
    Step,
    advice,
    sent,
    with_advice,
)
from aggregator.sources.http import FeedClient
from aggregator.sources.page import naming
from aggregator.sources.secrets import Credentials, CredentialsFile, Secrets
from aggregator.sources.small_answers import ask

log = structlog.get_logger(__name__)
TOKEN_BYTES = 32  # 43 characters; the standard allows 64


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a handshake brought. roles: the other side's parties."""

    offer: Offer
    credentials: Credentials
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Where what a handshake brings is put, and hidden from all that is said."""

    credentials: CredentialsFile
    secrets: Secrets


def new_token() -> str:
    """Return a token for the other side to show us."""
    return token_urlsafe(TOKEN_BYTES)


class Handshake:
    """One feed's handshake, as the side that starts it."""

    def __init__(self, feed: Feed, ours: OurSide, token: str, kept: Kept) -> None:
        """Prepare; token: B, which the other side shall show us from now on."""
        self._feed, self._ours, self._token, self._kept = feed, ours, token, kept
        kept.secrets.remember(f"our token for {feed.feed_id}", token)

    async def agree(self, client: FeedClient, step: Step, offer: Offer) -> Agreed:
        """Give the other side our credentials and keep what it gives us, before all else.

        Args:
            client: asks with token A to register, with token C to renew.
            step: one of these two.
            offer: the version and the endpoint to agree on.

        Raises:
            SourceError: it does not want us, with what to do.
            ConfigError: what it gave could not be kept.
        """
        try:
            theirs = await self._exchanged(client, step, offer)
        except SourceError as error:
            todo = advice(error, step, self._feed, self._ours)
            raise with_advice(error, todo) from None
        self._kept.secrets.remember(f"token of {self._feed.feed_id}", theirs.token)
        agreed = Agreed(offer, self._credentials(theirs, offer), theirs.roles)
        self._kept.credentials.keep(self._feed.feed_id, agreed.credentials)
        log.info("registered", feed=self._feed.feed_id, version=str(offer.version))
        return agreed

    async def _exchanged(self, client: FeedClient, step: Step, offer: Offer) -> TheirCredentials:
        """Send our credentials; where fields are missed, once more with all that there are."""
        url = offer.credentials_url
        try:
            document = await sent(client, step, url, self._object(offer.version))
        except CredentialsRefused as error:
            if not error.misses_fields:
                raise
            full = self._object(offer.version, explicit_nulls=True)
            document = await sent(client, step, url, full)
        with naming(shown(url)):
            return their_credentials(document)

    def _object(self, version: OcpiVersion, *, explicit_nulls: bool = False) -> dict[str, object]:
        return credentials_object(self._ours, version, self._token, explicit_nulls=explicit_nulls)

    def _credentials(self, theirs: TheirCredentials, offer: Offer) -> Credentials:
        party = theirs.roles[0] if theirs.roles else None
        return Credentials(
            token=theirs.token,
            our_token=self._token,
            versions_url=self._feed.versions_url or "",
            endpoint=offer.credentials_url,
            ocpi_version=offer.version.value,
            encoding=_usual_encoding(self._feed, offer.version).value,
            country_code=party.country_code if party else "",
            party_id=party.party_id if party else "",
            registered_at=datetime.now(UTC),
        )

    async def proven(self, client: FeedClient, agreed: Agreed) -> Agreed:
        """Ask for the versions with token C, written one way or the other; keep which way worked.

        Raises:
            SourceError: it is not accepted either way.
        """
        url = agreed.credentials.versions_url
        await ask(client, url, VERSIONS)
        encoding = client.memory.encoding(url) or agreed.credentials.encoding
        credentials = replace(agreed.credentials, encoding=str(encoding))
        self._kept.credentials.keep(self._feed.feed_id, credentials)
        return replace(agreed, credentials=credentials)


async def end(client: FeedClient, credentials: Credentials) -> None:
    """Tell the other side that its token and ours are not valid any more.

    Some servers end it and fail over the answer; then their token is not accepted any more.

    Raises:
        SourceError: it did not take note.
    """
    try:
        await sent(client, Step.END, credentials.endpoint)
    except SourceError as error:
        if not (_is_unclear(error) and await _is_forgotten(client, credentials)):
            raise with_advice(error, "") from None
    log.info("unregistered", feed=client.feed.feed_id)


def _is_unclear(error: SourceError) -> bool:
    return isinstance(error, Refused) and (error.status or 0) >= FIRST_SERVER_ERROR


async def _is_forgotten(client: FeedClient, credentials: Credentials) -> bool:
    """Tell whether the other side does not accept its token any more; versions may be open."""
    try:
        await client.get(credentials.endpoint, name="credentials")
    except SourceError as error:
        return isinstance(error, Refused) and error.status in NO_ENTRY
    return False


def _usual_encoding(feed: Feed, version: OcpiVersion) -> TokenEncoding:
    if feed.token_encoding is not TokenEncoding.AUTO:
        return feed.token_encoding
    return TokenEncoding.PLAIN if version is OcpiVersion.V2_1_1 else TokenEncoding.BASE64
