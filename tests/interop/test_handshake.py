"""`klarpris feeds register` with servers that nobody here wrote, and harvesting after it.

The commands run as people run them; the servers ask our side for its versions while they register
us: extrawest with the token that we gave it, python-ocpi without any and at an address of its own
making, `<our versions address>/2.2`.
"""

import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.interop import made_up
from tests.interop.contents import published, sizes
from tests.interop.serving import TOKEN_A, TOKEN_C, Server

FEED = """\
name = "Interop"
source = "ocpi_pull"
versions_url = "{versions_url}"
handshake = true
token_env = "INTEROP_TOKEN"
country_code = "SE"
party_id = "AAA"
page_limit = 25
allow_private = true
licence = "CC0-1.0"
"""
SERVED = {
    "extrawest, 2.2.1": ("extrawest", "2.2.1"),
    "extrawest, 2.1.1 only": ("old_extrawest", "2.1.1"),
    "python-ocpi, 2.2": ("python_ocpi", "2.2"),
}


@dataclass
class Operator:
    """A server to register with, and the folder in which we are set up for that."""

    server: Server
    contents: dict
    home: Path
    token: str = TOKEN_A

    def klarpris(self, *words):
        """Run a command as a person would."""
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("KLARPRIS_")},
            "KLARPRIS_HOME": str(self.home / "var"),
            "KLARPRIS_FEEDS": str(self.home / "feeds"),
            "KLARPRIS_OCPI_PARTY": "SE*KLA",
            "KLARPRIS_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "KLARPRIS_RECEIVER_PORT": str(self.port),
            "INTEROP_TOKEN": self.token,
        }
        return subprocess.run(
            [sys.executable, "-m", "aggregator.cli", *words],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def __post_init__(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        (self.home / "feeds").mkdir()
        feed = FEED.format(versions_url=self.server.versions_url)
        (self.home / "feeds" / "interop.toml").write_text(feed, "utf-8")


@pytest.fixture(params=SERVED.values(), ids=SERVED)
def operator(request, tmp_path):
    """Return each of the servers, at which the first token is valid."""
    name, version = request.param
    server = request.getfixturevalue(name)
    contents = made_up.feed(version)
    server.offer(version, contents, "link")
    return Operator(server, contents, tmp_path)


def said(result):
    return result.stdout + result.stderr


def test_registration_brings_a_token_with_which_everything_is_harvested(operator):
    registered = operator.klarpris("feeds", "register", "interop")
    assert registered.returncode == 0, said(registered)
    harvested = operator.klarpris("harvest", "interop", "--json")
    assert harvested.returncode == 0, said(harvested)

    [told] = json.loads(harvested.stdout)["feeds"]
    kept = {kind: numbers["kept"] for kind, numbers in told["objects"].items()}
    assert kept == sizes(published(operator.contents))


def test_first_token_is_used_up_and_no_token_is_shown(operator):
    registered = operator.klarpris("feeds", "register", "interop")
    assert registered.returncode == 0, said(registered)

    tokens = operator.server.tokens
    assert TOKEN_A not in [*tokens["a"], *tokens["c"]]
    # extrawest lists what it gave out under `c`, python-ocpi keeps it beside the client.
    [given] = {*tokens["c"], *(tokens["clients"] if not tokens["c"] else [])} - {TOKEN_C}
    assert given not in said(registered)
    assert TOKEN_A not in said(registered)


def test_renewed_registration_opens_everything_too(operator):
    assert operator.klarpris("feeds", "register", "interop").returncode == 0
    renewed = operator.klarpris("feeds", "register", "interop", "--update")
    assert renewed.returncode == 0, said(renewed)
    harvested = operator.klarpris("harvest", "interop")
    assert harvested.returncode == 0, said(harvested)


def test_registration_that_is_given_back_leaves_no_token_valid(operator):
    """Although python-ocpi ends the registration and answers that with HTTP 500."""
    assert operator.klarpris("feeds", "register", "interop").returncode == 0
    ended = operator.klarpris("feeds", "unregister", "interop")
    assert ended.returncode == 0, said(ended)
    tokens = operator.server.tokens
    assert {*tokens["c"], *(tokens["clients"] if not tokens["c"] else [])} == {TOKEN_C}


def test_first_token_that_nobody_gave_registers_nothing(operator):
    before = operator.server.tokens
    operator.token = "a-token-that-nobody-knows"
    registered = operator.klarpris("feeds", "register", "interop")
    assert registered.returncode == 1, said(registered)
    assert "nobody-knows" not in said(registered)
    assert "Traceback" not in said(registered)
    assert operator.server.tokens == before


def test_harvest_before_the_registration_names_the_command(operator):
    harvested = operator.klarpris("harvest", "interop")
    assert harvested.returncode == 1
    assert "klarpris feeds register interop" in " ".join(said(harvested).split())
