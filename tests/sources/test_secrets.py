"""Secrets: where they come from, who may read them, and that nothing said shows them."""

import base64
import json
from urllib.parse import quote

import pytest

from aggregator.config import Settings
from aggregator.errors import ConfigError
from aggregator.sources.secrets import Secrets

TOKEN = 'a/b+c "ü"?d'


@pytest.fixture
def write(tmp_path):
    """Return a writer of the secrets file."""

    def make(text, mode=0o600):
        path = tmp_path / "secrets.toml"
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    return make


def redacted(text, *values):
    secrets = Secrets.load(None)
    for value in values:
        secrets.remember("A_TOKEN", value)
    return secrets.redact(text)


def test_secret_comes_from_the_file(write):
    assert Secrets.load(write('A_TOKEN = "from the file"')).get("A_TOKEN") == "from the file"


def test_environment_goes_before_the_file(write, monkeypatch):
    monkeypatch.setenv("A_TOKEN", " from outside ")
    assert Secrets.load(write('A_TOKEN = "from the file"')).get("A_TOKEN") == "from outside"


def test_empty_variable_does_not_hide_the_file(write, monkeypatch):
    monkeypatch.setenv("A_TOKEN", " ")
    assert Secrets.load(write('A_TOKEN = "from the file"')).get("A_TOKEN") == "from the file"


def test_missing_secret_is_named_with_both_places(tmp_path):
    path = tmp_path / "secrets.toml"
    with pytest.raises(ConfigError) as caught:
        Secrets.load(path).get("A_TOKEN")
    assert str(caught.value) == (
        f"the secret A_TOKEN is missing: set it in the environment or in {path}"
    )


def test_missing_secret_without_a_file_is_named():
    with pytest.raises(ConfigError, match="A_TOKEN is missing: set it in the environment"):
        Secrets.load(None).get("A_TOKEN")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o660])
def test_file_that_others_can_read_is_refused(write, mode):
    path = write('A_TOKEN = "s3cret"', mode)
    with pytest.raises(ConfigError) as caught:
        Secrets.load(path)
    assert str(caught.value) == f"{path}: others can read it; run: chmod 600 {path}"


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_file_of_the_owner_alone_is_read(write, mode):
    assert Secrets.load(write('A_TOKEN = "s3cret"', mode)).get("A_TOKEN") == "s3cret"


def test_folder_in_the_place_of_the_file_is_one_line(tmp_path):
    with pytest.raises(ConfigError) as caught:
        Secrets.load(tmp_path)
    assert str(caught.value) == f"{tmp_path}: cannot be read: Is a directory"


def test_damaged_file_is_one_line_that_quotes_nothing(write):
    path = write('A_TOKEN = "good"\nB_TOKEN = s3cret')
    with pytest.raises(ConfigError) as caught:
        Secrets.load(path)
    assert str(caught.value) == f"{path}: is no TOML (at line 2)"


@pytest.mark.parametrize("text", ["A_TOKEN = 12345", '[A_TOKEN]\nvalue = "s3cret"'])
def test_secret_that_is_no_text_is_refused(write, text):
    with pytest.raises(ConfigError, match=r"secrets\.toml: A_TOKEN must be text"):
        Secrets.load(write(text))


def test_control_characters_in_the_file_are_refused_without_quoting(write):
    with pytest.raises(ConfigError) as caught:
        Secrets.load(write(r'A_TOKEN = "s3\ncret"'))
    assert "A_TOKEN in" in str(caught.value)
    assert "s3" not in str(caught.value)


def test_control_characters_in_the_environment_are_refused(monkeypatch):
    monkeypatch.setenv("A_TOKEN", "s3\ncret")
    with pytest.raises(ConfigError, match="A_TOKEN: holds control characters"):
        Secrets.load(None).get("A_TOKEN")


def test_known_are_those_of_the_file_those_asked_for_and_those_remembered(write, monkeypatch):
    monkeypatch.setenv("B_TOKEN", "two")
    secrets = Secrets.load(write('A_TOKEN = "one"'))
    secrets.get("B_TOKEN")
    secrets.remember("C_TOKEN", "three")
    secrets.remember("C_TOKEN", "four")
    secrets.remember("D_TOKEN", " ")
    assert secrets.known() == ("one", "two", "three", "four")
    assert secrets.get("C_TOKEN") == "four"


@pytest.mark.parametrize(
    "spelled",
    [
        TOKEN,
        base64.b64encode(TOKEN.encode()).decode(),
        base64.b64encode(TOKEN.encode()).decode().rstrip("="),
        base64.urlsafe_b64encode(TOKEN.encode()).decode(),
        "a%2Fb%2Bc%20%22%C3%BC%22%3Fd",
        "a%2fb%2bc%20%22%c3%bc%22%3fd",
        "a/b%2Bc%20%22%C3%BC%22%3Fd",
        "a%2Fb%2Bc+%22%C3%BC%22%3Fd",
        r"a/b+c \"\u00fc\"?d",
        r"a/b+c \"ü\"?d",
    ],
)
def test_secret_is_hidden_in_every_spelling(spelled):
    assert redacted(f"sent as [{spelled}].", TOKEN) == "sent as [***]."


def test_secret_is_hidden_in_json_and_in_a_query():
    text = json.dumps({"token": TOKEN}) + " https://a.example/?key=" + quote(TOKEN, safe="")
    assert redacted(text, TOKEN) == '{"token": "***"} https://a.example/?key=***'


@pytest.mark.parametrize("user", ["", "u", "us", "use"])
def test_secret_is_hidden_within_an_encoded_login(user):
    password = "correct-horse-battery"
    encoded = base64.b64encode(f"{user}:{password}:x".encode()).decode()
    said = redacted(f"Basic {encoded}", password)
    assert "***" in said
    # What is left is the login around the password and at most a part of a letter of it.
    assert len(said) <= len("Basic ***") + len(encoded) - 4 * (len(password) // 3 - 1)


def test_of_two_secrets_the_longer_is_hidden_whole():
    assert redacted("token-long and token", "token", "token-long") == "*** and ***"


def test_secrets_that_overlap_are_hidden_as_one():
    assert redacted("<abcdefgh>", "abcde", "cdefgh") == "<***>"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("the pin is abc.", "the pin is ***."),
        ("abc", "***"),
        ("key=abc&x", "key=***&x"),
        ("an abcdef is no secret", "an abcdef is no secret"),
    ],
)
def test_very_short_secret_is_hidden_where_it_stands_alone(said, shown):
    assert redacted(said, "abc") == shown


def test_text_without_secrets_stays_as_it_is():
    assert redacted("nothing to hide", "s3cret") == redacted("nothing to hide") == "nothing to hide"


def test_settings_say_where_secrets_and_documents_are(tmp_path):
    settings = Settings(home=tmp_path)
    assert settings.secrets_path == tmp_path / "secrets.toml"
    assert settings.archive_folder == tmp_path / "archive"
    assert (settings.archive_days, settings.archive_mb) == (30, 2_000)
    elsewhere = Settings(home=tmp_path, secrets_file=tmp_path / "run" / "klarpris.toml")
    assert elsewhere.secrets_path == tmp_path / "run" / "klarpris.toml"
