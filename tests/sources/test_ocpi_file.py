"""Whole documents behind plain addresses."""

import gzip

import pytest

from aggregator.errors import BrokenAnswer, Refused
from aggregator.feeds import OcpiVersion
from aggregator.sources.ocpi_file import OcpiFile
from aggregator.sources.page import BOTH, Page
from tests.sources.serving import Says, Server, moved

pytestmark = pytest.mark.anyio

LOCATIONS = "https://a.example/locations.json.gz"
TARIFFS = "https://a.example/tariffs.json"
ALL = "https://a.example/all.json?v=1"


@pytest.fixture
def file_of(client_of):
    def make(answers, **values):
        return client_of(Server(answers), source="ocpi_file", **values)

    return make


async def pages_of(client, module):
    return [page async for page in OcpiFile(client).pages(module)]


async def test_each_module_has_its_own_document(file_of):
    packed = gzip.compress(b'[{"id": "L1"}]')
    answers = {LOCATIONS: Says(packed), TARIFFS: Says(b'{"data": []}')}
    async with file_of(answers, locations_url=LOCATIONS, tariffs_url=TARIFFS) as client:
        assert await OcpiFile(client).modules() == ["locations", "tariffs"]
        assert await pages_of(client, "locations") == [Page(LOCATIONS, [{"id": "L1"}], len(packed))]
        assert await pages_of(client, "tariffs") == [Page(TARIFFS, {"data": []}, 12)]


async def test_one_document_may_hold_both_modules(file_of):
    async with file_of({ALL: Says(b"[]")}, url=ALL) as client:
        assert await OcpiFile(client).modules() == [BOTH]
        [page] = await pages_of(client, BOTH)
    assert page == Page("https://a.example/all.json", [], 2)


async def test_page_names_where_it_finally_came_from(file_of):
    answers = {TARIFFS: moved("/new/tariffs.json"), "https://a.example/new/tariffs.json": Says()}
    async with file_of(answers, locations_url=LOCATIONS, tariffs_url=TARIFFS) as client:
        [page] = await pages_of(client, "tariffs")
    assert page.url == "https://a.example/new/tariffs.json"


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
        (gzip.compress(b"[]" * 999, mtime=0)[:-9], BrokenAnswer, "the gzip file is cut off"),
        (b'{"status_code": 2000}', Refused, "the OCPI server reports error 2000: no message"),
    ],
)
async def test_document_that_cannot_be_used_is_one_line(file_of, content, kind, reason):
    async with file_of({ALL: Says(content)}, url=ALL) as client:
        with pytest.raises(kind) as caught:
            await pages_of(client, BOTH)
    line = str(caught.value)
    assert line.startswith(f"https://a.example/all.json: {reason}")
    assert line.endswith("; ask the operator, or check the feed file")


async def test_gzip_file_larger_than_allowed_when_inflated_is_refused(file_of):
    bomb = gzip.compress(b" " * 5_000_000)
    async with file_of({ALL: Says(bomb)}, url=ALL, max_bytes=1_000_000) as client:
        with pytest.raises(BrokenAnswer, match="larger than 1 MB when inflated"):
            await pages_of(client, BOTH)
