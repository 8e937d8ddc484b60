"""`klarpris harvest --accept-shrink`: a person says that what is missing is gone."""

import json

from tests.formats.raw_records import raw_location, raw_tariff

FEED = """
name = "One"
source = "ocpi_file"
url = "{url}"
licence = "CC0-1.0"
allow_private = true
"""


def test_what_lacks_too_much_is_held_until_it_is_confirmed(klarpris, tmp_path, httpserver):
    feeds = tmp_path / "feeds"
    feeds.mkdir()
    (feeds / "one.toml").write_text(FEED.format(url=httpserver.url_for("/all.json")))

    def harvest(count, *options):
        locations = [raw_location(id=f"L{number}") for number in range(count)]
        httpserver.clear()
        content = {"locations": locations, "tariffs": [raw_tariff()]}
        httpserver.expect_request("/all.json").respond_with_json(content)
        done = klarpris("harvest", "one", "--json", *options, KLARPRIS_FEEDS=str(feeds))
        (feed,) = json.loads(done.stdout)["feeds"]
        return done.returncode, feed["objects"]["location"], feed["message"]

    assert harvest(100)[0] == 0
    code, locations, message = harvest(10)
    assert (code, locations["ended"]) == (1, 0)
    assert (locations["unchanged"], locations["waiting"], locations["live"]) == (10, 0, 100)
    assert "klarpris harvest one --accept-shrink" in message
    code, locations, message = harvest(10, "--accept-shrink")
    assert (code, locations["ended"], message) == (0, 90, None)
