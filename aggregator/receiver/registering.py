"""Register with a feed's server, renew, unregister: we ask, and are asked while it runs."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from aggregator.errors import ConfigError, KlarprisError, SourceError
from aggregator.feeds import Feed
from aggregator.receiver.app import receiver_app
from aggregator.receiver.serving import listening
from aggregator.receiver.state import ReceiverState
from aggregator.sources.credentials_object import OurSide
from aggregator.sources.credentials_offer import credentials_offer
from aggregator.sources.credentials_sending import Step, with_advice
from aggregator.sources.handshake import Agreed, Handshake, Kept, end, new_token
from aggregator.sources.http import FeedClient
from aggregator.sources.memory import FeedMemory
from aggregator.sources.secrets import Credentials

MAX_ANSWER_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a registration is done. host / port: where we listen; 0 takes a free port."""

    kept: Kept
    host: str
    port: int
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """A registration that is on disk.

    asked: our endpoints that the other side asked while it ran. doubt: why the new token may not
    work, empty when it was accepted.
    """

    agreed: Agreed
    ours: OurSide
    asked: frozenset[str]
    doubt: str


async def register(feed: Feed, ours: OurSide, desk: Desk, *, renew: bool = False) -> Registered:
    """Agree on new tokens with a feed's server. renew: in place of those that are kept.

    Raises:
        ConfigError: something of ours is in the way.
        SourceError: the server does not want us, or does not answer.
    """
    with _without_secrets(desk.kept):
        old = _kept(feed, desk) if renew else None
        if old is None:
            _refuse_a_second_time(feed, desk)
        _rehearse_keeping(feed, desk)
        token = new_token()
        handshake = Handshake(feed, ours, token, desk.kept)
        async with _client(feed, desk, old) as client:
            offer = await credentials_offer(client)
            state = ReceiverState(ours, offer.version, token)
            async with listening(receiver_app(state), desk.host, desk.port):
                step = Step.RENEW if renew else Step.REGISTER
                agreed = await handshake.agree(client, step, offer)
                agreed, doubt = await _proven(handshake, agreed, feed, desk)
    return Registered(agreed, ours, frozenset(state.asked), doubt)


async def unregister(feed: Feed, desk: Desk, *, force: bool = False) -> str:
    """Give the tokens back and forget them; return what the server had against it, usually "".

    Raises:
        ConfigError: there is nothing to give back.
        SourceError: the server did not take note; without `force` the tokens are kept then.
    """
    failure = ""
    with _without_secrets(desk.kept):
        kept = _kept(feed, desk)
        try:
            async with _client(feed, desk, kept) as client:
                await end(client, kept)
        except SourceError as error:
            if not force:
                raise with_advice(error, "the tokens are kept; --force forgets them") from None
            failure = desk.kept.secrets.redact(str(error))
        desk.kept.credentials.forget(feed.feed_id)
    return failure


def _kept(feed: Feed, desk: Desk) -> Credentials:
    """Return what an earlier handshake brought; its tokens are hidden from now on."""
    kept = desk.kept.credentials.get(feed.feed_id)
    if kept is None:
        message = f"{feed.feed_id}: not registered; `klarpris feeds register {feed.feed_id}` does"
        raise ConfigError(message)
    desk.kept.secrets.remember(f"kept token of {feed.feed_id}", kept.token)
    desk.kept.secrets.remember(f"our kept token for {feed.feed_id}", kept.our_token)
    return kept


def _refuse_a_second_time(feed: Feed, desk: Desk) -> None:
    if kept := desk.kept.credentials.get(feed.feed_id):
        message = (
            f"{feed.feed_id}: registered since {kept.registered_at:%Y-%m-%d %H:%M} UTC; --update "
            f"renews that, `klarpris feeds unregister {feed.feed_id}` ends it"
        )
        raise ConfigError(message)


def _rehearse_keeping(feed: Feed, desk: Desk) -> None:
    """Fail now, not when the first token is spent and the new one cannot be written down."""
    name = f"{feed.feed_id} (rehearsal)"
    nothing = Credentials("", "", "", "", "", "", "", "", datetime.now(UTC))
    desk.kept.credentials.keep(name, nothing)
    desk.kept.credentials.forget(name)


def _client(
    feed: Feed, desk: Desk, credentials: Credentials | None
) -> AbstractAsyncContextManager[FeedClient]:
    """Return a client that asks with the kept token, else with the first one."""
    changes = {"handshake": False} | ({"token_env": None} if credentials else {})
    return FeedClient.open(
        feed.model_copy(update=changes),
        max_bytes=MAX_ANSWER_BYTES,
        secrets=desk.kept.secrets,
        memory=FeedMemory(),
        credentials=credentials,
        contact=desk.contact,
        obey_breaker=False,
    )


async def _proven(
    handshake: Handshake, agreed: Agreed, feed: Feed, desk: Desk
) -> tuple[Agreed, str]:
    """Try the new token; a doubt about it is told, but the registration stands."""
    try:
        async with _client(feed, desk, agreed.credentials) as client:
            return await handshake.proven(client, agreed), ""
    except SourceError as error:
        return agreed, desk.kept.secrets.redact(str(error))


@contextmanager
def _without_secrets(kept: Kept) -> Iterator[None]:
    """Keep tokens out of what goes wrong, whoever repeats them."""
    try:
        yield
    except KlarprisError as error:
        harmless = type(error)(kept.secrets.redact(str(error)))
        vars(harmless).update(vars(error))
        raise harmless from None
