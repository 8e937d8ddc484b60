"""What is asked and understood on the way to lasting tokens; whole handshakes: tests/receiver."""

import json
import re

import httpx
import pytest

from aggregator.errors import BrokenAnswer, Refused, SourceError, Unreachable
from aggregator.feeds import OcpiVersion
from aggregator.sources.credentials_object import (
    OurSide,
    Role,
    credentials_object,
    their_credentials,
)
from aggregator.sources.credentials_offer import Endpoint, Offer, credentials_offer
from aggregator.sources.credentials_sending import Step, sent
from aggregator.sources.handshake import Handshake, Kept, new_token
from aggregator.sources.secrets import CredentialsFile, Secrets
from tests.sources.serving import Says, Server, says

pytestmark = pytest.mark.anyio
VERSIONS = "https://a.example/ocpi/versions"
NEW, OLD = "https://a.example/ocpi/2.2.1", "https://a.example/ocpi/2.1.1"
CREDENTIALS = f"{NEW}/credentials"
BOTH = [{"version": "2.1.1", "url": OLD}, {"version": "2.2.1", "url": NEW}]
OURS = OurSide("https://klarpris.example.org", "SE", "KLA")


def modules(*named):
    """Return details with these modules: (identifier, role, address)."""
    rows = [{"identifier": one, "role": role, "url": url} for one, role, url in named]
    return says({"version": "2.2.1", "endpoints": rows})


@pytest.fixture
def offer_of(client_of):
    async def ask(answers, **values):
        async with client_of(Server(answers), versions_url=VERSIONS, **values) as client:
            return await credentials_offer(client)

    return ask


@pytest.fixture
def handshake_of(feed_of, tmp_path):
    def make():
        kept = Kept(CredentialsFile(tmp_path / "credentials.json"), Secrets({}))
        return Handshake(feed_of(versions_url=VERSIONS), OURS, "token-b-of-ours", kept)

    return make


async def test_the_highest_common_version_is_agreed_on(offer_of):
    answers = {VERSIONS: says(BOTH), NEW: modules(("credentials", "SENDER", CREDENTIALS))}
    expected = (Endpoint("credentials", "SENDER", CREDENTIALS),)
    assert await offer_of(answers) == Offer(OcpiVersion.V2_2_1, CREDENTIALS, expected)


async def test_the_version_of_the_feed_file_goes_before_a_higher_one(offer_of):
    answers = {VERSIONS: says(BOTH), OLD: modules(("credentials", None, f"{OLD}/credentials"))}
    assert (await offer_of(answers, ocpi_version="2.1.1")).version is OcpiVersion.V2_1_1


async def test_a_version_that_nobody_can_register_with_makes_way_for_the_next(offer_of):
    answers = {
        VERSIONS: says(BOTH),
        NEW: modules(("locations", "SENDER", f"{NEW}/locations")),
        OLD: modules(("Credentials", None, "2.1.1/credentials")),
    }
    offer = await offer_of(answers)
    assert (offer.version, offer.credentials_url) == (OcpiVersion.V2_1_1, f"{OLD}/credentials")


@pytest.mark.parametrize("data", [{"versions": BOTH}, [{"versions": BOTH}], [BOTH]])
async def test_versions_may_be_wrapped_once_more(offer_of, data):
    answers = {VERSIONS: says(data), NEW: modules(("credentials", "SENDER", CREDENTIALS))}
    assert (await offer_of(answers)).version is OcpiVersion.V2_2_1


async def test_of_credentials_that_are_listed_twice_the_likelier_is_taken(offer_of):
    listed = modules(("credentials", "RECEIVER", f"{NEW}/r"), ("credentials", "SENDER", f"{NEW}/s"))
    assert (await offer_of({VERSIONS: says(BOTH), NEW: listed})).credentials_url == f"{NEW}/s"
    only = modules(("credentials", "RECEIVER", f"{NEW}/r"))
    assert (await offer_of({VERSIONS: says(BOTH), NEW: only})).credentials_url == f"{NEW}/r"


async def test_an_ocpi_error_over_http_200_is_an_error(offer_of):
    error = Says(b'{"status_code": 2000, "status_message": "Unknown token", "data": []}')
    with pytest.raises(Refused, match="error 2000: Unknown token"):
        await offer_of({VERSIONS: error})


async def test_a_credentials_module_on_another_host_is_not_asked(client_of, handshake_of):
    offer = Offer(OcpiVersion.V2_2_1, "https://b.example/credentials", ())
    server = Server({})
    async with client_of(server, versions_url=VERSIONS) as client:
        with pytest.raises(Refused, match="the feed file does not name this host"):
            await handshake_of().agree(client, Step.REGISTER, offer)
    assert server.asked == []


async def test_a_registration_whose_answer_is_lost_is_not_sent_twice(client_of, handshake_of):
    server = Server({CREDENTIALS: httpx.ReadError("gone")})
    async with client_of(server, versions_url=VERSIONS) as client:
        with pytest.raises(Unreachable, match="whether the server took it is not known"):
            await handshake_of().agree(
                client, Step.REGISTER, Offer(OcpiVersion.V2_2_1, CREDENTIALS, ())
            )
    assert server.asked == [CREDENTIALS]


@pytest.mark.parametrize("content", [b"", b"<html>", b"[", b"{}", b'{"data": null}'])
async def test_an_answer_that_cannot_be_used_is_said_with_its_address(
    client_of, handshake_of, content
):
    server = Server({CREDENTIALS: Says(content)})
    async with client_of(server, versions_url=VERSIONS) as client:
        with pytest.raises(SourceError, match=f"^{re.escape(CREDENTIALS)}: "):
            await handshake_of().agree(
                client, Step.REGISTER, Offer(OcpiVersion.V2_2_1, CREDENTIALS, ())
            )


async def test_what_is_sent_is_json_with_the_first_token_in_its_header(client_of):
    server = Server({CREDENTIALS: says({})})
    async with client_of(server, versions_url=VERSIONS) as client:
        await sent(client, Step.REGISTER, CREDENTIALS, {"token": "b"})
    [request] = server.requests
    assert request.method == "POST"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["authorization"] == "Token czNjcmV0"  # base64 of s3cret
    assert json.loads(request.content) == {"token": "b"}


@pytest.mark.parametrize(
    ("version", "nulls", "named"),
    [
        ("2.1.1", False, {"token", "url", "party_id", "country_code", "business_details"}),
        ("2.2", False, {"token", "url", "roles"}),
        ("2.3.0", True, {"token", "url", "roles", "hub_party_id"}),
    ],
)
def test_our_credentials_have_the_fields_of_their_version(version, nulls, named):
    said = credentials_object(OURS, OcpiVersion(version), "b", explicit_nulls=nulls)
    assert said.keys() == named
    assert said["url"] == "https://klarpris.example.org/ocpi/versions"


def test_their_credentials_are_read_in_either_wording():
    details = {"name": "  Nordlys\x1b AS "}
    party = {"party_id": "nly", "country_code": "no", "business_details": details}
    old = their_credentials({"data": {"token": "c", **party}})
    new = their_credentials({"data": [{"token": " c ", "roles": [{"role": "CPO", **party}, None]}]})
    assert old.token == new.token == "c"
    assert old.roles == (Role(None, "NO", "NLY", "Nordlys AS"),)
    assert new.roles == (Role("CPO", "NO", "NLY", "Nordlys AS"),)


@pytest.mark.parametrize("roles", [None, [], [{}], [{"party_id": 7, "business_details": None}]])
def test_roles_that_say_little_cost_only_themselves(roles):
    assert their_credentials({"data": {"token": "c", "roles": roles}}).token == "c"


@pytest.mark.parametrize("token", [None, "", "a b", "å", "a\nb", 5, "x" * 1001])
def test_a_token_that_no_header_can_carry_is_refused(token):
    with pytest.raises(BrokenAnswer, match="no token that we could use"):
        their_credentials({"data": {"token": token}})


def test_our_tokens_are_long_different_and_within_the_standard():
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(40 <= len(token) <= 64 and token.isascii() for token in tokens)
