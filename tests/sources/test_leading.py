"""Where a page may lead: to its own origin and its https, and never back into the clear."""

import pytest

from aggregator.errors import NotOurs
from tests.sources.serving import Says, Server, moved, says

pytestmark = pytest.mark.anyio

URL = "https://a.example/locations"
CLEAR = "http://a.example/locations"
OTHER = "https://b.example/tariffs"


@pytest.mark.parametrize(
    ("leads", "url"),
    [
        (URL, f"{URL}?offset=2"),
        ("https://A.example.:443/x", f"{URL}?offset=2"),
        (CLEAR, f"{CLEAR}?offset=2"),
        (CLEAR, f"{URL}?offset=2"),
    ],
)
async def test_page_leads_within_its_origin_and_to_its_https(client_of, leads, url):
    server = Server({url: says([])})
    async with client_of(server, locations_url=CLEAR) as client:
        await client.get(url, led_by=leads)
    assert server.asked == [url]


async def test_page_does_not_lead_to_a_host_that_the_feed_file_names_for_something_else(client_of):
    server = Server({OTHER: says([])})
    async with client_of(server, locations_url=URL, tariffs_url=OTHER) as client:
        with pytest.raises(NotOurs) as caught:
            await client.get(OTHER, led_by=f"{URL}?key=1")
        assert server.asked == []
        await client.get(OTHER)
    assert str(caught.value) == (
        f"{URL}: not followed to {OTHER}, another origin; give that address in the feed file"
    )


async def test_page_that_came_over_https_does_not_lead_into_the_clear(client_of):
    server = Server({CLEAR: says([])})
    async with client_of(server, locations_url=CLEAR) as client:
        with pytest.raises(NotOurs):
            await client.get(CLEAR, led_by=URL)
    assert server.asked == []


async def test_host_that_led_to_https_is_not_asked_in_the_clear_again(client_of):
    tariffs = "http://a.example/tariffs?limit=2"
    safe = tariffs.replace("http:", "https:")
    server = Server({CLEAR: moved(URL, 301), URL: says([]), safe: says([])})
    async with client_of(server, locations_url=CLEAR, tariffs_url=tariffs) as client:
        await client.get(CLEAR)
        answer = await client.get(tariffs)
    assert server.asked == [CLEAR, URL, safe]
    assert answer.url == safe


async def test_second_try_after_a_redirect_to_https_goes_there_at_once(client_of):
    server = Server({CLEAR: moved(URL), URL: [Says(status=503), says([])]})
    async with client_of(server, locations_url=CLEAR) as client:
        await client.get(CLEAR)
    assert server.asked == [CLEAR, URL, URL]


async def test_other_ports_and_hosts_stay_as_the_feed_file_names_them(client_of):
    port, host = "http://a.example:8080/t", "http://b.example/t"
    server = Server({CLEAR: moved(URL), URL: says([]), port: says([]), host: says([])})
    named = {"locations_url": CLEAR, "tariffs_url": port, "versions_url": host}
    async with client_of(server, **named) as client:
        for url in (CLEAR, port, host):
            await client.get(url)
    assert server.asked == [CLEAR, URL, port, host]
