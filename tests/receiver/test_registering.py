"""Registering, renewing and unregistering with real servers on loopback, and their habits."""

import asyncio
import json
import logging
import stat
from dataclasses import replace

import pytest
import stamina

from aggregator.errors import ConfigError, Refused, SourceError, Unreachable
from aggregator.feeds import Feed
from aggregator.receiver.registering import Desk, register, unregister
from aggregator.sources.credentials_object import OurSide, Role
from aggregator.sources.handshake import Kept
from aggregator.sources.secrets import CredentialsFile, Secrets
from tests.receiver.cpo import HOST, TOKEN_A, TOKEN_C, Cpo, Place, encoded, free_port

pytestmark = pytest.mark.anyio
VERSIONS = ["2.1.1", "2.2.1", "2.3.0"]


@pytest.fixture(autouse=True)
def _tries_without_waiting():
    stamina.set_testing(True, attempts=2)
    yield
    stamina.set_testing(False)


@pytest.fixture(scope="module")
def place():
    with Place() as place:
        yield place


@pytest.fixture
def file(tmp_path):
    return CredentialsFile(tmp_path / "home" / "credentials.json")


@pytest.fixture
def with_cpo(place, file, monkeypatch):
    """Return what does something while an operator's server runs."""
    monkeypatch.setenv("FIRST_TOKEN", TOKEN_A)
    port = free_port()
    ours = OurSide(f"http://{HOST}:{port}", "SE", "KLA")
    desk = Desk(Kept(file, Secrets({})), HOST, port)

    def feed_of(cpo, **values):
        plain = {
            "feed_id": "a_feed",
            "name": "A feed",
            "source": "ocpi_pull",
            "licence": "CC0-1.0",
            "versions_url": cpo.versions_url,
            "token_env": "FIRST_TOKEN",
            "handshake": True,
            "allow_private": True,
        }
        return Feed.model_validate(plain | values)

    async def do(cpo, *steps, **values):
        place.give_to(cpo)
        return [await step(feed_of(cpo, **values), ours, desk) for step in steps]

    return do


async def registering(feed, ours, desk):
    return await register(feed, ours, desk)


async def renewing(feed, ours, desk):
    return await register(feed, ours, desk, renew=True)


async def unregistering(feed, _, desk):
    return await unregister(feed, desk)


async def unregistering_by_force(feed, _, desk):
    return await unregister(feed, desk, force=True)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("looks", ["with token", "without token", "never"])
async def test_registering_works_however_the_server_looks_at_us(with_cpo, file, version, looks):
    cpo = Cpo(version, looks)
    [done] = await with_cpo(cpo, registering)
    kept = file.get("a_feed")
    assert kept == done.agreed.credentials
    assert (kept.token, kept.our_token) == (cpo.token, cpo.client["token"])
    assert kept.token.startswith(TOKEN_C)
    assert (kept.ocpi_version, kept.endpoint) == (version, cpo.credentials_url)
    assert kept.encoding == ("plain" if version == "2.1.1" else "base64")
    assert (kept.country_code, kept.party_id) == ("SE", "CPO")
    assert done.asked == (set() if looks == "never" else {"versions", "details"})
    assert done.doubt == ""


@pytest.mark.parametrize("version", VERSIONS)
async def test_we_introduce_ourselves_as_the_version_words_it(with_cpo, version):
    cpo = Cpo(version)
    [done] = await with_cpo(cpo, registering)
    given = dict(cpo.client)
    assert given.pop("token")
    assert given.pop("url") == done.ours.versions_url
    details = {"name": "Klarpris", "website": done.ours.public_url}
    party = {"party_id": "KLA", "country_code": "SE", "business_details": details}
    assert given == (party if version == "2.1.1" else {"roles": [{"role": "EMSP", **party}]})


@pytest.mark.parametrize(("version", "role"), [("2.1.1", None), ("2.2.1", "CPO")])
async def test_what_was_agreed_names_their_parties_and_modules(with_cpo, version, role):
    [done] = await with_cpo(Cpo(version), registering)
    assert done.agreed.roles == (Role(role, "SE", "CPO", "Simulated CPO"),)
    modules = [one.identifier for one in done.agreed.offer.endpoints]
    assert modules == ["credentials", "credentials", "locations"]


@pytest.mark.parametrize("version", VERSIONS)
async def test_one_object_may_come_as_a_list_of_one(with_cpo, file, version):
    cpo = Cpo(version, one_as_list=True)
    await with_cpo(cpo, registering)
    assert file.get("a_feed").token == cpo.token


@pytest.mark.parametrize("version", VERSIONS)
async def test_fields_that_are_missed_are_sent_as_nulls_once(with_cpo, file, version):
    cpo = Cpo(version, wants_nulls=True)
    await with_cpo(cpo, registering)
    party = cpo.client if version == "2.1.1" else cpo.client["roles"][0]
    assert party["business_details"]["logo"] is None
    assert ("hub_party_id" in cpo.client) == (version == "2.3.0")
    assert cpo.asked.count("POST credentials") == 2
    assert file.get("a_feed").token == cpo.token


@pytest.mark.parametrize("refuses", [(400, 2000), (422, 2001), (200, 2001)])
async def test_a_server_that_misses_something_else_is_asked_twice_not_for_ever(
    with_cpo, file, refuses
):
    cpo = Cpo(refuses=refuses)
    with pytest.raises(Refused):
        await with_cpo(cpo, registering)
    assert cpo.asked.count("POST credentials") == 2
    assert file.get("a_feed") is None


async def test_a_token_that_comes_encoded_is_kept_as_given_with_the_way_that_works(with_cpo, file):
    cpo = Cpo(gives_encoded=True)
    [done] = await with_cpo(cpo, registering)
    kept = file.get("a_feed")
    assert kept.token == encoded(cpo.token)
    assert kept.encoding == "plain"
    assert done.doubt == ""


async def test_a_server_that_takes_tokens_as_they_are_is_served_so(with_cpo, file):
    await with_cpo(Cpo(takes_plain=True, looks="never"), registering)
    assert file.get("a_feed").encoding == "plain"


async def test_a_first_token_that_is_not_accepted_is_said_with_where_it_stands(with_cpo, file):
    with pytest.raises(Refused, match=r"/ocpi/versions: .*401.*FIRST_TOKEN"):
        await with_cpo(Cpo(token="another"), registering)
    assert file.get("a_feed") is None


@pytest.mark.parametrize(
    ("refuses", "said"),
    [
        ((405, 2000), "klarpris feeds register a_feed --update"),
        ((200, 3001), r"http://127.0.0.1:\d+/ocpi/versions: that must lead to us from outside"),
        ((200, 3002), "set ocpi_version"),
        ((200, 3003), "modules that we do not have"),
        ((200, 2000), "the OCPI server reports error 2000"),
        ((500, 3000), "whether the server took it is not known"),
        ((403, 2000), "403"),
    ],
)
async def test_a_refused_registration_is_one_line_with_what_to_do(with_cpo, file, refuses, said):
    cpo = Cpo(refuses=refuses)
    with pytest.raises(Refused, match=said) as caught:
        await with_cpo(cpo, registering)
    assert "\n" not in str(caught.value)
    assert "tried again later" not in str(caught.value)
    assert cpo.asked.count("POST credentials") <= 2
    assert file.get("a_feed") is None


async def test_a_server_that_cannot_reach_us_says_so_and_nothing_is_kept(with_cpo, file):
    async def elsewhere(feed, ours, desk):
        return await register(feed, replace(ours, public_url=f"http://{HOST}:9"), desk)

    with pytest.raises(Refused, match=r"error 3001.*must lead to us"):
        await with_cpo(Cpo(), elsewhere)
    assert file.get("a_feed") is None


async def test_a_server_without_a_credentials_module_lets_nobody_register(with_cpo):
    with pytest.raises(SourceError, match=r"no credentials module in 2\.2\.1"):
        await with_cpo(Cpo(modules=["locations"]), registering)


async def test_a_server_without_a_common_version_is_said(with_cpo):
    with pytest.raises(SourceError, match=r"no common version; the server offers 3\.0\.0, we read"):
        await with_cpo(Cpo("3.0.0"), registering)


@pytest.mark.parametrize("gives", [{}, {"token": None}, {"token": " "}, {"token": "a b"}, [1, 2]])
async def test_an_answer_without_a_token_is_said(with_cpo, file, gives):
    with pytest.raises(SourceError, match="holds no token that we could use"):
        await with_cpo(Cpo(gives=gives), registering)
    assert file.get("a_feed") is None


async def test_the_new_token_is_on_disk_before_anything_else_can_fail(with_cpo, file):
    cpo = Cpo(dies_after_agreeing=True)
    [done] = await with_cpo(cpo, registering)
    assert file.get("a_feed").token == cpo.token
    assert "500" in done.doubt


async def test_a_registration_that_is_broken_off_after_it_was_agreed_can_be_renewed(with_cpo, file):
    cpo = Cpo(hangs_after_agreeing=True)

    async def breaking_off(feed, ours, desk):
        task = asyncio.create_task(register(feed, ours, desk))
        assert await asyncio.to_thread(cpo.hangs.wait, 10)
        assert file.get("a_feed").token == cpo.token
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        cpo.hangs_after_agreeing = False

    _, done = await with_cpo(cpo, breaking_off, renewing)
    assert file.get("a_feed") == done.agreed.credentials
    assert done.doubt == ""


async def test_the_first_token_is_not_spent_when_nothing_could_be_kept(with_cpo, tmp_path):
    (tmp_path / "home").write_text("a file where the home should be")
    cpo = Cpo()
    with pytest.raises(ConfigError, match=r"credentials\.json"):
        await with_cpo(cpo, registering)
    assert cpo.asked == []


async def test_nobody_else_can_read_what_is_kept(with_cpo, tmp_path):
    await with_cpo(Cpo(), registering)
    [path] = (tmp_path / "home").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(json.loads(path.read_text())) == ["a_feed"]


async def test_registering_a_second_time_is_refused_before_anybody_is_asked(with_cpo):
    cpo = Cpo()
    with pytest.raises(ConfigError, match=r"registered since .* --update renews"):
        await with_cpo(cpo, registering, registering)
    assert cpo.asked.count("POST credentials") == 1


@pytest.mark.parametrize("version", VERSIONS)
async def test_renewing_changes_both_tokens(with_cpo, file, version):
    cpo = Cpo(version)
    first, second = await with_cpo(cpo, registering, renewing)
    old, new = first.agreed.credentials, second.agreed.credentials
    assert cpo.asked.count("PUT credentials") == 1
    assert (new.token, new.our_token) == (cpo.token, cpo.client["token"])
    assert old.token != new.token
    assert old.our_token != new.our_token
    assert file.get("a_feed") == new


@pytest.mark.parametrize("step", [renewing, unregistering])
async def test_what_was_never_registered_can_be_neither_renewed_nor_ended(with_cpo, step):
    with pytest.raises(ConfigError, match="klarpris feeds register a_feed"):
        await with_cpo(Cpo(), step)


async def test_a_server_that_lost_us_tells_to_register_anew_and_the_old_tokens_stay(with_cpo, file):
    cpo = Cpo()

    async def losing(*_):
        cpo.client = None

    with pytest.raises(Refused, match=r"does not know us.*unregister a_feed --force"):
        await with_cpo(cpo, registering, losing, renewing)
    assert file.get("a_feed").token == cpo.token


async def test_a_token_that_ran_out_tells_to_ask_for_a_new_first_one(with_cpo):
    cpo = Cpo()

    async def forgetting(*_):
        cpo.token = "another"

    with pytest.raises(Refused, match="401") as caught:
        await with_cpo(cpo, registering, forgetting, renewing)
    assert "FIRST_TOKEN" not in str(caught.value)


@pytest.mark.parametrize("empty", [True, False])
@pytest.mark.parametrize("version", VERSIONS)
async def test_unregistering_ends_it_on_both_sides(with_cpo, file, version, empty):
    cpo = Cpo(version, empty_delete=empty)
    _, failure = await with_cpo(cpo, registering, unregistering)
    assert failure == ""
    assert cpo.client is None
    assert file.get("a_feed") is None


async def test_server_that_lets_us_go_and_fails_over_the_answer_is_understood(with_cpo, file):
    cpo = Cpo(ends_with_a_failure=True)
    _, failure = await with_cpo(cpo, registering, unregistering)
    assert failure == ""
    assert file.get("a_feed") is None
    assert "DELETE credentials" in cpo.asked
    assert cpo.asked[-1] == "GET credentials"


@pytest.mark.parametrize("refuses", [(500, 3000), (405, 2000), (200, 3000)])
async def test_when_the_server_does_not_let_us_go_the_tokens_are_kept_unless_forced(
    with_cpo, file, refuses
):
    cpo = Cpo()

    async def failing(*_):
        cpo.refuses = refuses

    with pytest.raises(Refused, match=r"the tokens are kept; --force forgets them$"):
        await with_cpo(cpo, registering, failing, unregistering)
    assert file.get("a_feed").token == cpo.token
    [failure] = await with_cpo(cpo, unregistering_by_force)
    assert failure
    assert "kept" not in failure
    assert file.get("a_feed") is None


async def test_a_server_that_is_gone_is_unregistered_by_force_only(with_cpo, file):
    cpo = Cpo()
    await with_cpo(cpo, registering)
    gone = {"versions_url": f"http://{HOST}:9/ocpi/versions"}
    file.keep("a_feed", replace(file.get("a_feed"), endpoint=f"http://{HOST}:9/c"))
    with pytest.raises(Unreachable):
        await with_cpo(cpo, unregistering, **gone)
    assert file.get("a_feed")
    [failure] = await with_cpo(cpo, unregistering_by_force, **gone)
    assert "cannot be reached" in failure
    assert file.get("a_feed") is None


@pytest.mark.parametrize(
    "refuses", [(400, 2000), (403, 2000), (405, 2000), (200, 3000), (200, 2001)]
)
async def test_tokens_that_a_server_repeats_are_not_repeated_by_us(with_cpo, file, refuses):
    cpo = Cpo(refuses=refuses, echoes=True)
    with pytest.raises(Refused) as caught:
        await with_cpo(cpo, registering)
    for token in [TOKEN_A, encoded(TOKEN_A), *cpo.tokens_seen]:
        assert token not in str(caught.value)
    assert cpo.tokens_seen


@pytest.mark.parametrize("version", VERSIONS)
async def test_no_log_holds_a_token_however_much_is_logged(with_cpo, caplog, capfd, version):
    caplog.set_level(logging.DEBUG)
    cpo = Cpo(version)
    first, second, _ = await with_cpo(cpo, registering, renewing, unregistering)
    printed = capfd.readouterr()
    logged = caplog.text + printed.out + printed.err
    assert "registered" in logged
    kept = [one.agreed.credentials for one in (first, second)]
    for token in [TOKEN_A, *(one.token for one in kept), *(one.our_token for one in kept)]:
        assert token not in logged
        assert encoded(token) not in logged
        assert token not in f"{first!r} {second!r}"
