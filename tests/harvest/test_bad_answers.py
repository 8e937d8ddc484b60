"""Every bad answer ends as one clear line, and nothing that was there before disappears."""

import json

import pytest
from werkzeug import Response

LOCATION = {
    "id": "L1",
    "country_code": "SE",
    "party_id": "AAA",
    "coordinates": {"latitude": "57.7", "longitude": "11.9"},
    "evses": [{"uid": "E1", "connectors": [{"id": "1", "tariff_ids": ["T1"]}]}],
}
TARIFF = {
    "id": "T1",
    "country_code": "SE",
    "party_id": "AAA",
    "currency": "SEK",
    "elements": [{"price_components": [{"type": "ENERGY", "price": 5, "vat": 25}]}],
}
HTML = "<!doctype html><title>Just a moment...</title>"


def envelope(*records, status_code=1000, message="OK"):
    return {"data": list(records), "status_code": status_code, "status_message": message}


@pytest.fixture
def answers(httpserver):
    """Return a function that says what the server answers from now on."""

    def answer(path, response):
        httpserver.expect_request(path).respond_with_handler(lambda _request: response)

    return answer


@pytest.fixture
def known(harvest_now, feed_at, httpserver):
    """Return a feed of which one location and one tariff are known."""
    httpserver.expect_request("/locations").respond_with_json(envelope(LOCATION))
    httpserver.expect_request("/tariffs").respond_with_json(envelope(TARIFF))
    feed = feed_at()
    assert harvest_now(feed)["one"].outcome == "ok"
    httpserver.clear()
    return feed


def as_json(content, status=200, **headers):
    text = content if isinstance(content, str) else json.dumps(content)
    return Response(text, status, headers, content_type="application/json")


CUT = json.dumps(envelope(LOCATION))[:-40]
BAD_ANSWERS = {
    "wrong token": (as_json({"error": "x"}, 401), "the server answers 401; check the token"),
    "no such page": (as_json("{}", 404), "the server answers 404; check the address"),
    "HTML": (Response(HTML, content_type="text/html"), "a web page or XML, not JSON"),
    "cut in the middle": (as_json(CUT), "breaks off in the middle of the JSON"),
    "200 with an OCPI error": (
        as_json(envelope(status_code=3000, message="Server error")),
        "the OCPI server reports error 3000: Server error",
    ),
    "empty body": (as_json(""), "the answer is empty"),
    "no list": (as_json({"data": "nothing", "status_code": 1000}), "holds no list of locations"),
    "empty list": (as_json(envelope()), "the answer held no locations; the 1 known ones are kept"),
    "not a number": (as_json('{"data": [{"id": NaN}]}'), "the 1 known ones are kept"),
}


@pytest.mark.parametrize(("response", "said"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_a_bad_answer_is_one_line_that_names_the_address_and_costs_nothing(
    known, answers, harvest_now, warehouse, httpserver, response, said
):
    answers("/locations", response)
    answers("/tariffs", as_json(envelope(TARIFF)))

    run = harvest_now(known)["one"]

    assert run.outcome == "attention"
    assert said in run.message
    assert "\n" not in run.message
    assert httpserver.url_for("/locations") in run.message or "known ones are kept" in run.message
    live = "select count(*) from core.location where valid_to is null"
    assert warehouse.execute(live).fetchone() == (1,)


def test_a_server_that_is_gone_fails_the_run_and_costs_nothing(
    known, harvest_now, warehouse, httpserver
):
    gone = known.model_copy(
        update={"locations_url": "http://127.0.0.1:9/locations", "tariffs_url": None}
    )
    run = harvest_now(gone)["one"]

    assert run.outcome == "failed"
    assert "http://127.0.0.1:9/locations: cannot be reached" in run.message
    for table in ("location", "evse", "connector", "tariff"):
        live = f"select count(*) from core.{table} where valid_to is null"  # noqa: S608
        assert warehouse.execute(live).fetchone() == (1,)


def test_a_failing_feed_never_disturbs_another(feed_at, harvest_now, httpserver):
    httpserver.expect_request("/locations").respond_with_json(envelope(LOCATION))
    httpserver.expect_request("/tariffs").respond_with_json(envelope(TARIFF))
    runs = harvest_now(
        feed_at("good"), feed_at("bad", locations_url="http://127.0.0.1:9/x", tariffs_url=None)
    )
    assert {name: run.outcome for name, run in runs.items()} == {"good": "ok", "bad": "failed"}


def test_a_missing_token_is_said_before_anything_is_sent(feed_at, harvest_now, httpserver):
    run = harvest_now(feed_at(token_env="KLARPRIS_TEST_NO_SUCH_TOKEN"))["one"]
    assert run.message == (
        "the secret KLARPRIS_TEST_NO_SUCH_TOKEN is missing: "
        "set it in the environment (no secrets file is set)"
    )
    assert httpserver.log == []


def test_pages_before_a_broken_one_still_count_but_end_nothing(
    feed_at, harvest_now, httpserver, warehouse
):
    def page(request):
        if request.args.get("offset") == "0":
            link = f'<{httpserver.url_for("/locations")}?offset=1>; rel="next"'
            return as_json(envelope(LOCATION | {"id": "L2"}), Link=link)
        return as_json(CUT)

    httpserver.expect_request("/tariffs").respond_with_json(envelope(TARIFF))
    httpserver.expect_ordered_request("/locations").respond_with_json(envelope(LOCATION))
    feed = feed_at()
    harvest_now(feed)
    httpserver.expect_request("/locations").respond_with_handler(page)

    run = harvest_now(feed)["one"]

    assert run.outcome == "attention"
    ids = "select location_id from core.location where valid_to is null order by all"
    assert warehouse.execute(ids).fetchall() == [("L1",), ("L2",)]


def test_no_token_stands_in_messages_or_in_the_warehouse(
    feed_at, harvest_now, httpserver, warehouse, monkeypatch, capfd
):
    monkeypatch.setenv("KLARPRIS_TEST_TOKEN", "very-secret-token")
    httpserver.expect_request("/locations").respond_with_json({}, status=401)
    httpserver.expect_request("/tariffs").respond_with_json(envelope(TARIFF))
    feed = feed_at(token_env="KLARPRIS_TEST_TOKEN", ocpi_version="2.1.1")
    run = harvest_now(feed)["one"]

    assert httpserver.log[0][0].headers["Authorization"] == "Token very-secret-token"
    assert "check the token in KLARPRIS_TEST_TOKEN" in run.message
    tables = warehouse.execute(
        "select table_name from duckdb_tables() where schema_name = 'core'"
    ).fetchall()
    everything = [warehouse.execute(f"select * from core.{t}").fetchall() for (t,) in tables]  # noqa: S608
    assert "very-secret" not in repr(everything) + repr(run) + "".join(capfd.readouterr())
