"""The file of credentials that handshakes brought: whole or not at all, and for nobody else."""

from dataclasses import replace
from datetime import UTC, datetime
from stat import S_IMODE

import pytest

from aggregator.errors import ConfigError
from aggregator.sources.secrets import Credentials, CredentialsFile

CREDENTIALS = Credentials(
    token="token-c",
    our_token="token-b",
    versions_url="https://a.example/ocpi/versions",
    endpoint="https://a.example/ocpi/2.2.1/credentials",
    ocpi_version="2.2.1",
    encoding="base64",
    country_code="DE",
    party_id="ABC",
    registered_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
)


@pytest.fixture
def credentials(tmp_path):
    return CredentialsFile(tmp_path / "home" / "credentials.json")


def test_handshake_is_kept_until_it_is_forgotten(credentials):
    assert credentials.get("a_feed") is None
    credentials.keep("a_feed", CREDENTIALS)
    credentials.keep("b_feed", CREDENTIALS)
    assert credentials.get("a_feed") == CREDENTIALS
    credentials.forget("a_feed")
    credentials.forget("never_kept")
    assert (credentials.get("a_feed"), credentials.get("b_feed")) == (None, CREDENTIALS)


def test_later_handshake_takes_the_place_of_the_earlier(credentials, tmp_path):
    credentials.keep("a_feed", replace(CREDENTIALS, token="token-a"))
    credentials.keep("a_feed", CREDENTIALS)
    path = tmp_path / "home" / "credentials.json"
    assert CredentialsFile(path).get("a_feed") == CREDENTIALS


def test_only_the_owner_can_read_credentials(credentials, tmp_path):
    path = tmp_path / "home" / "credentials.json"
    path.parent.mkdir()
    path.with_name("credentials.json.part").write_text("of a crash")  # others can read this one
    credentials.keep("a_feed", CREDENTIALS)
    assert S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["credentials.json"]


def test_credentials_that_others_can_read_are_refused(credentials, tmp_path):
    credentials.keep("a_feed", CREDENTIALS)
    path = tmp_path / "home" / "credentials.json"
    path.chmod(0o640)
    for use in (credentials.get, credentials.forget, lambda feed: credentials.keep(feed, None)):
        with pytest.raises(ConfigError, match="others can read it; run: chmod 600"):
            use("a_feed")


@pytest.mark.parametrize("content", ["", "[]", '{"a_feed": {"token": "token-c"}}', "{"])
def test_damaged_credentials_are_one_line_and_stay(credentials, tmp_path, content):
    path = tmp_path / "home" / "credentials.json"
    path.parent.mkdir()
    path.touch(mode=0o600)
    path.write_text(content)
    with pytest.raises(ConfigError) as caught:
        credentials.keep("a_feed", CREDENTIALS)
    assert str(caught.value).startswith(f"{path}: cannot be understood: ")
    assert "token-c" not in str(caught.value)
    assert path.read_text() == content


def test_credentials_that_cannot_be_written_are_one_line(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "credentials.json.part").mkdir()
    path = tmp_path / "home" / "credentials.json"
    with pytest.raises(ConfigError, match=r"credentials\.json: cannot be written: Is a directory"):
        CredentialsFile(path).keep("a_feed", CREDENTIALS)


def test_credentials_do_not_show_their_tokens():
    assert "token-" not in repr(CREDENTIALS)
