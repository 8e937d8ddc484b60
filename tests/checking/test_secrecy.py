"""Tokens and keys open the server, and stand in neither the report nor the proposed file."""

import base64
import json

import pytest
from werkzeug import Response

from aggregator.checking import Given
from aggregator.errors import SettingsError
from tests.checking.conftest import locations, ocpi

KEY = "k3y-of-ours-77"


@pytest.mark.parametrize("encoding", ["plain", "base64"])
def test_the_report_says_how_the_token_was_written(httpserver, check_url, monkeypatch, encoding):
    monkeypatch.setenv("A_TOKEN", KEY)
    written = KEY if encoding == "plain" else base64.b64encode(KEY.encode()).decode()

    def answer(request):
        if request.headers.get("Authorization") != f"Token {written}":
            return Response(f'{{"status_message": "not {written}"}}', status=401)
        body = ocpi(locations(1, name=f"echo {written}"))
        return Response(json.dumps(body), headers={"X-Total-Count": "1"})

    httpserver.expect_request("/locations").respond_with_handler(answer)
    report = check_url("/locations", token_env="A_TOKEN")
    assert report.access == f"token of A_TOKEN, written in {encoding}"
    assert KEY not in repr(report)
    assert 'token_env = "A_TOKEN"' in report.proposal.text
    assert any("A_TOKEN" in what for what in report.proposal.to_fill_in)


def test_keys_in_headers_and_addresses_become_variables(httpserver, check_url, proposed):
    def answer(request):
        is_open = request.headers.get("X-Api-Key") == KEY and request.args.get("apikey") == "zz9"
        body = [*locations(1), {"id": KEY, "coordinates": {}, "evses": 1, "country": KEY}]
        return Response(json.dumps(body), status=200 if is_open else 403)

    httpserver.expect_request("/locations.json").respond_with_handler(answer)
    headers = {"X-Api-Key": KEY, "Digitraffic-User": "klarpris"}
    report = check_url("/locations.json?apikey=zz9&force=true", headers=headers)
    assert report.kept_locations >= 1
    assert KEY not in repr(report)
    assert "zz9" not in repr(report)
    feed = proposed(report)
    assert feed.headers == {"Digitraffic-User": "klarpris"}
    assert list(feed.secret_headers) == ["X-Api-Key"]
    assert list(feed.secret_query) == ["apikey"]
    assert feed.locations_url == httpserver.url_for("/locations.json?force=true")


def test_a_variable_that_holds_something_else_is_not_taken(kit, monkeypatch):
    monkeypatch.setenv("A_EXAMPLE_X_KEY", "another")
    given = Given.of("https://a.example/", kit.secrets, headers={"X-Key": KEY})
    assert given.keys["secret_headers"] == {"X-Key": "A_EXAMPLE_X_KEY_2"}
    assert kit.secrets.get("A_EXAMPLE_X_KEY_2") == KEY


def test_a_password_in_an_address_is_refused_without_showing_it(kit):
    with pytest.raises(SettingsError) as caught:
        Given.of(f"https://me:{KEY}@a.example/", kit.secrets)
    assert KEY not in str(caught.value)
