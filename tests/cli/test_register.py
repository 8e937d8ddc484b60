"""`klarpris feeds register` and `unregister`: what people and scripts get, and never a token."""

import json
import stat

import pytest

from tests.receiver.cpo import HOST, TOKEN_A, Cpo, Place, encoded, free_port

FEED = """
name = "Simulated operator"
source = "ocpi_pull"
licence = "CC0-1.0"
versions_url = "{url}"
token_env = "FIRST_TOKEN"
handshake = true
allow_private = true
"""


@pytest.fixture(scope="module")
def place():
    with Place() as place:
        yield place


@pytest.fixture
def cpo(place):
    return place.give_to(Cpo())


@pytest.fixture
def settings(cpo, tmp_path):
    """Return the environment in which a feed, `operator`, can be registered."""
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "operator.toml").write_text(FEED.format(url=cpo.versions_url))
    (folder / "open.toml").write_text(
        'name = "Open"\nsource = "ocpi_file"\nurl = "https://open.example/"\nlicence = "CC0-1.0"\n'
    )
    port = free_port()
    return {
        "KLARPRIS_FEEDS": str(folder),
        "KLARPRIS_OCPI_PARTY": "SE*KLA",
        "KLARPRIS_PUBLIC_URL": f"http://{HOST}:{port}",
        "KLARPRIS_RECEIVER_PORT": str(port),
        "FIRST_TOKEN": TOKEN_A,
    }


@pytest.fixture
def asked(klarpris, settings, cpo):
    """Return what runs `klarpris feeds ...` and finds no token in anything that is printed."""

    def run(*arguments, **variables):
        result = klarpris("feeds", *arguments, **(settings | variables))
        for token in [TOKEN_A, cpo.token, *cpo.tokens_seen]:
            assert token not in result.stdout + result.stderr
            assert encoded(token) not in result.stdout + result.stderr
        return result

    return run


@pytest.mark.parametrize("command", ["register", "unregister"])
def test_help_says_what_it_takes(klarpris, command):
    result = klarpris("feeds", command, "--help")
    assert result.returncode == 0
    assert "token" in result.stdout


def test_registering_tells_people_what_was_agreed(asked, cpo, tmp_path):
    result = asked("register", "operator")
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    assert "Simulated operator: registered, OCPI 2.2.1, as SE*KLA" in result.stdout
    assert "asked for it while this ran" in result.stdout
    assert "SE*CPO" in result.stdout
    assert f"{cpo.url}/ocpi/2.2.1/locations" in result.stdout
    file = tmp_path / "home" / "credentials.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["operator"]["token"] == cpo.token


def test_registering_renewing_and_unregistering_tell_scripts_the_same(asked, cpo, tmp_path):
    first = json.loads(asked("register", "operator", "--json", "--role", "NSP").stdout)
    assert cpo.client["roles"][0]["role"] == "NSP"
    assert first.pop("registered_at")
    assert first == {
        "feed": "operator",
        "action": "registered",
        "ocpi_version": "2.2.1",
        "our_party": "SE*KLA",
        "our_versions_url": cpo.client["url"],
        "asked_us": True,
        "versions_url": cpo.versions_url,
        "credentials_url": cpo.credentials_url,
        "token_encoding": "base64",
        "token_accepted": True,
        "roles": [{"role": "CPO", "party": "SE*CPO", "name": "Simulated CPO"}],
        "endpoints": [
            {"module": "credentials", "role": "RECEIVER", "url": cpo.credentials_url},
            {"module": "credentials", "role": "SENDER", "url": cpo.credentials_url},
            {
                "module": "locations",
                "role": "SENDER",
                "url": cpo.credentials_url.replace("credentials", "locations"),
            },
        ],
    }
    second = json.loads(asked("register", "operator", "--update", "--json").stdout)
    assert second["action"] == "renewed"
    last = json.loads(asked("unregister", "operator", "--json").stdout)
    assert last == {"feed": "operator", "action": "unregistered", "server_failure": None}
    assert json.loads((tmp_path / "home" / "credentials.json").read_text()) == {}
    assert cpo.client is None


def test_the_address_on_the_command_line_goes_before_the_one_that_is_set(asked, cpo, settings):
    url = settings["KLARPRIS_PUBLIC_URL"]
    result = asked(
        "register", "operator", "--public-url", f"{url}/", KLARPRIS_PUBLIC_URL="https://x.example"
    )
    assert result.returncode == 0, result.stderr
    assert cpo.client["url"] == f"{url}/ocpi/versions"


def test_the_party_of_the_feed_file_goes_before_the_one_that_is_set(asked, cpo, settings, tmp_path):
    file = tmp_path / "feeds" / "operator.toml"
    file.write_text(file.read_text() + 'ocpi_from = "NO*XYZ"\n')
    assert asked("register", "operator").returncode == 0
    assert cpo.client["roles"][0]["party_id"] == "XYZ"


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        (["operator"], {"KLARPRIS_PUBLIC_URL": ""}, "--public-url or KLARPRIS_PUBLIC_URL"),
        (["operator"], {"KLARPRIS_OCPI_PARTY": ""}, "KLARPRIS_OCPI_PARTY, such as SE*KLA"),
        (["operator"], {"KLARPRIS_OCPI_PARTY": "Klarpris"}, "ocpi_party"),
        (["operator", "--public-url", "klarpris.example.org"], {}, "public-url"),
        (["operator", "--public-url", "https://a.example/?x=1"], {}, "public-url"),
        (["operator", "--role", "CPO"], {}, "--role"),
        (["nosuchfeed"], {}, "no feed nosuchfeed"),
        (["open"], {}, "does not say handshake = true"),
    ],
)
def test_wrong_use_is_said_and_nobody_is_asked(asked, cpo, arguments, variables, said):
    result = asked("register", *arguments, **variables)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert cpo.asked == []


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"FIRST_TOKEN": ""}, "FIRST_TOKEN is missing"),
        ({"FIRST_TOKEN": "wrong"}, "check the token in FIRST_TOKEN"),
        ({"KLARPRIS_RECEIVER_HOST": "192.0.2.1"}, "cannot listen on 192.0.2.1"),
    ],
)
def test_what_is_in_the_way_is_one_line(asked, variables, said):
    result = asked("register", "operator", **variables)
    assert result.returncode == 1
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_server_that_repeats_our_tokens_does_not_make_us_repeat_them(asked, cpo):
    cpo.refuses, cpo.echoes = (200, 3000), True
    result = asked("register", "operator")
    assert result.returncode == 1
    assert "error 3000" in result.stderr
    assert cpo.tokens_seen


def test_a_token_that_does_not_work_is_kept_and_wants_attention(asked, cpo, tmp_path):
    cpo.dies_after_agreeing = True
    result = asked("register", "operator", "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["token_accepted"] is False
    assert "the registration is kept" in result.stderr
    kept = json.loads((tmp_path / "home" / "credentials.json").read_text())
    assert kept["operator"]["token"] == cpo.token


def test_unregistering_keeps_the_tokens_of_a_server_that_fails_unless_forced(asked, cpo, tmp_path):
    asked("register", "operator")
    cpo.refuses = (500, 3000)
    failed = asked("unregister", "operator")
    assert failed.returncode == 1
    file = tmp_path / "home" / "credentials.json"
    assert json.loads(file.read_text())["operator"]
    forced = asked("unregister", "operator", "--force")
    assert forced.returncode == 0
    assert "The server may still count on us" in forced.stdout
    assert json.loads(file.read_text()) == {}
