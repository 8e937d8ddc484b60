"""Whole documents behind plain addresses."""

import gzip
import io
import json
import zipfile
from contextlib import aclosing

import pytest

from aggregator.errors import BrokenAnswer, Refused
from aggregator.feeds import OcpiVersion
from aggregator.sources.ocpi_file import OcpiFile
from aggregator.sources.page import BOTH
from tests.sources.pulling import ids_in
from tests.sources.serving import Says, Server, moved

pytestmark = pytest.mark.anyio

LOCATIONS = "https://a.example/locations.json.gz"
TARIFFS = "https://a.example/tariffs.json"
ALL = "https://a.example/all.json?v=1"
SITE = b'{"id": "L1", "evses": []}'


@pytest.fixture
def file_of(client_of):
    def make(answers, **values):
        server = answers if isinstance(answers, Server) else Server(answers)
        return client_of(server, source="ocpi_file", **values)

    return make


async def read(source, module):
    """Return the addresses and the ids of a module's documents."""
    async with aclosing(source.pages(module)) as pages:
        return [(page.url, ids_in(page)) async for page in pages]


async def test_each_module_has_its_own_document(file_of):
    packed = gzip.compress(b"[%s]" % SITE)
    answers = {LOCATIONS: Says(packed), TARIFFS: Says(b'{"data": []}')}
    async with file_of(answers, locations_url=LOCATIONS, tariffs_url=TARIFFS) as client:
        source = OcpiFile(client)
        assert await source.modules() == ["locations", "tariffs"]
        assert await read(source, "locations") == [(LOCATIONS, ["L1"])]
        assert await read(source, "tariffs") == [(TARIFFS, [])]


async def test_page_has_the_bytes_as_they_came(file_of):
    packed = gzip.compress(b"[%s]" % SITE)
    async with file_of({LOCATIONS: Says(packed)}, locations_url=LOCATIONS) as client:
        [page] = [page async for page in OcpiFile(client).pages("locations")]
    assert page.body.read() == packed


async def test_one_document_may_hold_both_modules(file_of):
    tariff = b'{"id": "T1", "currency": "EUR", "elements": []}'
    content = b'{"data": {"locations": [%s], "tariffs": [%s]}}' % (SITE, tariff)
    async with file_of({ALL: Says(content)}, url=ALL) as client:
        source = OcpiFile(client)
        assert await source.modules() == [BOTH]
        assert await read(source, BOTH) == [("https://a.example/all.json", ["L1", "T1"])]


async def test_page_names_where_it_finally_came_from(file_of):
    answers = {
        TARIFFS: moved("/new/tariffs.json"),
        "https://a.example/new/tariffs.json": Says(b'{"data": []}'),
    }
    async with file_of(answers, locations_url=LOCATIONS, tariffs_url=TARIFFS) as client:
        [(url, _)] = await read(OcpiFile(client), "tariffs")
    assert url == "https://a.example/new/tariffs.json"


@pytest.mark.parametrize("version", [None, "2.1.1"])
async def test_version_is_the_one_that_the_feed_file_states(file_of, version):
    async with file_of({}, url=ALL, ocpi_version=version) as client:
        expected = OcpiVersion(version) if version else None
        assert await OcpiFile(client).version() is expected


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (b"<html>", BrokenAnswer, "the answer is a web page or XML"),
        (b'{"data": [', BrokenAnswer, "the answer breaks off"),
        (b"", BrokenAnswer, "the answer is empty"),
        (gzip.compress(b"[%s]" % SITE, mtime=0)[:-9], BrokenAnswer, "the gzip file is cut off"),
        (b'{"status_code": 2000}', Refused, "the OCPI server reports error 2000: no message"),
    ],
)
async def test_document_that_cannot_be_used_is_one_line(file_of, content, kind, reason):
    async with file_of({ALL: Says(content)}, url=ALL) as client:
        with pytest.raises(kind) as caught:
            await read(OcpiFile(client), BOTH)
    assert str(caught.value).startswith(reason)


async def test_gzip_file_larger_than_allowed_when_inflated_is_refused(file_of):
    bomb = gzip.compress(b" " * 5_000_000)
    async with file_of({ALL: Says(bomb)}, url=ALL, max_bytes=1_000_000) as client:
        with pytest.raises(BrokenAnswer, match="larger than 1 MB when inflated"):
            await read(OcpiFile(client), BOTH)


async def test_two_packed_documents_are_read_one_after_the_other(file_of):
    def packed(ids):
        content = json.dumps({"Locations": [{"id": i, "evses": []} for i in ids]}).encode()
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("data.json", b"\xef\xbb\xbf" + content)
        return Says(file.getvalue())

    answers = {LOCATIONS: packed(["1", "2"]), ALL: packed(["1"])}
    async with file_of(answers, locations_url=LOCATIONS, url=ALL) as client:
        source = OcpiFile(client)
        assert await source.modules() == ["locations", BOTH]
        assert await read(source, "locations") == [(LOCATIONS, ["1", "2"])]
        assert await read(source, BOTH) == [("https://a.example/all.json", ["1"])]


STATES = {"ETag": '"v1"', "Last-Modified": "Wed, 21 Oct 2026 07:28:00 GMT"}


async def test_document_that_has_not_changed_since_it_was_loaded_is_told_and_not_read(file_of):
    server = Server({LOCATIONS: [Says(b"[%s]" % SITE, headers=STATES), Says(status=304)]})
    async with file_of(server, locations_url=LOCATIONS) as client:
        first = OcpiFile(client)
        assert await read(first, "locations") == [(LOCATIONS, ["L1"])]
        first.loaded()
        second = OcpiFile(client)
        assert await read(second, "locations") == []
    assert first.remarks.unchanged == set()
    assert second.remarks.unchanged == {"locations"}
    assert server.requests[1].headers["if-none-match"] == '"v1"'


async def test_document_that_was_not_loaded_is_asked_for_again(file_of):
    server = Server({LOCATIONS: Says(b"[%s]" % SITE, headers=STATES)})
    async with file_of(server, locations_url=LOCATIONS) as client:
        await read(OcpiFile(client), "locations")
        await read(OcpiFile(client), "locations")
    assert "if-none-match" not in server.requests[1].headers


async def test_document_that_broke_off_is_asked_for_again_although_others_were_loaded(file_of):
    server = Server(
        {
            LOCATIONS: Says(b"[%s" % SITE, headers=STATES),
            TARIFFS: Says(b"[]", headers=STATES),
        }
    )
    async with file_of(server, locations_url=LOCATIONS, tariffs_url=TARIFFS) as client:
        first, second = OcpiFile(client), OcpiFile(client)
        for source in first, second:
            with pytest.raises(BrokenAnswer):
                await read(source, "locations")
            await read(source, "tariffs")
            source.loaded()
    conditional = ["if-none-match" in request.headers for request in server.requests]
    assert conditional == [False, False, False, True]


async def test_document_that_has_not_changed_comes_all_the_same_when_it_is_needed(file_of):
    server = Server({LOCATIONS: Says(b"[%s]" % SITE, headers=STATES)})
    async with file_of(server, locations_url=LOCATIONS) as client:
        first, second = OcpiFile(client), OcpiFile(client)
        await read(first, "locations")
        first.loaded()
        second.forget_conditions()
        assert await read(second, "locations") == [(LOCATIONS, ["L1"])]
        third = OcpiFile(client, conditional=False)
        assert await read(third, "locations") == [(LOCATIONS, ["L1"])]
    assert not any("if-none-match" in request.headers for request in server.requests)
