"""`klarpris feeds register` and `klarpris feeds unregister`: the OCPI handshake with a server."""

import asyncio
from enum import StrEnum
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter, ValidationError

from aggregator.cli.output import print_error, print_json, print_line, print_table
from aggregator.cli.selection import chosen_settings, known_feeds, pick
from aggregator.cli.snapshot import Demo, Json
from aggregator.config import PublicUrl, Settings
from aggregator.errors import SettingsError
from aggregator.feeds import Feed
from aggregator.receiver import registering
from aggregator.receiver.registering import Desk, Registered
from aggregator.sources.address import shown
from aggregator.sources.credentials_object import OurSide
from aggregator.sources.handshake import Kept
from aggregator.sources.secrets import CredentialsFile, Secrets


class OurRole(StrEnum):
    """What we say we are to the other side: OCPI's roles of those who receive prices."""

    EMSP = "EMSP"
    NSP = "NSP"
    NAP = "NAP"
    OTHER = "OTHER"


def _address(value: str) -> str:
    """Return an address that the setting of the same name would take too."""
    try:
        return TypeAdapter(PublicUrl).validate_python(value)
    except ValidationError as error:
        message = "write http:// or https://, a host, perhaps a path, and nothing behind it"
        raise typer.BadParameter(message) from error


FeedName = Annotated[str, typer.Argument(help="The feed, as `klarpris feeds list` names it.")]


def register(
    feed: FeedName,
    public_url: Annotated[
        str,
        typer.Option(
            callback=_address,
            help="Where the operator's server reaches us, such as https://klarpris.example.org; "
            "it asks there for /ocpi/versions. KLARPRIS_PUBLIC_URL when left out.",
        ),
    ] = "",
    role: Annotated[
        OurRole, typer.Option(help="What we say we are; OCPI 2.1.1 has no roles.")
    ] = OurRole.EMSP,
    update: Annotated[
        bool, typer.Option("--update", help="Renew the tokens of a registration that exists.")
    ] = False,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """Register with a feed's OCPI server: trade the first token for a lasting one.

    The feed file says handshake = true, and its token_env names where the token stands that the
    operator wrote to you. That token works once. What the server gives in its place is kept in
    credentials.json in the home, readable by you alone, and used from then on.

    While this runs, and only then, we listen on KLARPRIS_RECEIVER_HOST and KLARPRIS_RECEIVER_PORT
    (127.0.0.1:8502 unless set), because the server may ask who we are: let your public address
    lead there. Who we are stands in KLARPRIS_OCPI_PARTY, such as SE*KLA, or in the feed file as
    ocpi_from.

    Exit code 1 when the server does not want us, or does not accept the token that it gave.
    """
    chosen = chosen_settings(demo=demo)
    found = _chosen_feed(chosen, feed)
    ours = _our_side(chosen, found, public_url, role)
    done = asyncio.run(registering.register(found, ours, _desk(chosen), renew=update))
    _tell(done, found, renewed=update, as_json=as_json)
    if done.doubt:
        print_error(f"the registration is kept, but its token is not accepted yet: {done.doubt}")
    raise typer.Exit(1 if done.doubt else 0)


def unregister(
    feed: FeedName,
    force: Annotated[
        bool, typer.Option("--force", help="Forget the tokens even when the server fails.")
    ] = False,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """End the registration with a feed's OCPI server, and forget its tokens.

    When the server does not take note, the tokens are kept, so that you can try again; --force
    forgets them all the same. To register again you need a new first token from the operator.
    """
    chosen = chosen_settings(demo=demo)
    found = _chosen_feed(chosen, feed)
    failure = asyncio.run(registering.unregister(found, _desk(chosen), force=force))
    told = {"feed": found.feed_id, "action": "unregistered", "server_failure": failure or None}
    if as_json:
        print_json(told)
        return
    print_line(f"{found.feed_id}: unregistered; its tokens are forgotten")
    if failure:
        print_line(f"The server may still count on us: {failure}")


def _chosen_feed(chosen: Settings, name: str) -> Feed:
    feeds, _ = known_feeds(chosen)
    [feed] = pick(feeds, [name])
    if not feed.handshake:
        message = f"{name} needs no registration: its feed file does not say handshake = true"
        raise typer.BadParameter(message)
    return feed


def _our_side(chosen: Settings, feed: Feed, public_url: str, role: OurRole) -> OurSide:
    """Return who we are; what was given here goes before what is set."""
    address = public_url or chosen.public_url
    if not address:
        message = "say where the operator's server reaches us: --public-url or KLARPRIS_PUBLIC_URL"
        raise SettingsError(message)
    party = feed.ocpi_from or chosen.ocpi_party
    if not party:
        message = (
            "say who we are: KLARPRIS_OCPI_PARTY, such as SE*KLA, or ocpi_from in the feed file"
        )
        raise SettingsError(message)
    country_code, party_id = party.split("*")
    return OurSide(address.rstrip("/"), country_code, party_id, role.value)


def _desk(chosen: Settings) -> Desk:
    secrets = Secrets.load(chosen.secrets_path)
    kept = Kept(CredentialsFile(chosen.credentials_path), secrets)
    return Desk(kept, chosen.receiver_host, chosen.receiver_port, chosen.contact)


def _tell(done: Registered, feed: Feed, *, renewed: bool, as_json: bool) -> None:
    told = _told(done, feed, renewed=renewed)
    if as_json:
        print_json(told)
        return
    print_line(
        f"{feed.name}: {told['action']}, OCPI {told['ocpi_version']}, as {told['our_party']}"
    )
    looked = "asked for it while this ran" if told["asked_us"] else "did not ask for it"
    print_line(f"Our address is {told['our_versions_url']}; the server {looked}.")
    roles = [(row["role"], row["party"], row["name"]) for row in told["roles"]]
    print_table("Their parties", ("Role", "Party", "Name"), roles)
    endpoints = [(row["module"], row["role"], row["url"]) for row in told["endpoints"]]
    print_table("Their modules", ("Module", "Role", "Address"), endpoints)


def _told(done: Registered, feed: Feed, *, renewed: bool) -> dict[str, Any]:
    """Return what was agreed, without any token."""
    kept, offer = done.agreed.credentials, done.agreed.offer
    roles = done.agreed.roles
    return {
        "feed": feed.feed_id,
        "action": "renewed" if renewed else "registered",
        "ocpi_version": kept.ocpi_version,
        "registered_at": kept.registered_at,
        "our_party": done.ours.party,
        "our_versions_url": done.ours.versions_url,
        "asked_us": bool(done.asked),
        "versions_url": shown(kept.versions_url),
        "credentials_url": shown(kept.endpoint),
        "token_encoding": kept.encoding,
        "token_accepted": not done.doubt,
        "roles": [
            {"role": one.role, "party": f"{one.country_code}*{one.party_id}", "name": one.name}
            for one in roles
        ],
        "endpoints": [
            {"module": one.identifier, "role": one.role, "url": shown(one.url)}
            for one in offer.endpoints
        ],
    }
