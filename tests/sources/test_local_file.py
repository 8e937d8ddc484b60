"""Recorded responses and documents on disk as feeds."""

import gzip
import io
import json
import zipfile

import pytest

from aggregator.errors import BrokenAnswer, ConfigError, Refused, SourceError
from aggregator.feeds import Layout, OcpiVersion
from aggregator.sources.local_file import (
    SUFFIXES,
    LocalFeed,
    LocalFiles,
    local_feeds,
    recorded_body,
)
from tests.formats.raw_records import raw_location, raw_tariff

LIMIT = 1_000_000


@pytest.fixture
def write(tmp_path):
    """Return a writer of files below a folder, by name."""

    def make(*names, content=b"[]"):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return tmp_path

    return make


def found(path, known=()):
    return {
        feed.feed_id: [file.relative_to(path).as_posix() for file in feed.files]
        for feed in local_feeds(path, known)
    }


async def pages_of(path, max_bytes=LIMIT, layout=None):
    files = LocalFiles(LocalFeed("a_feed", (path,)), max_bytes, layout=layout)
    return [page for module in await files.modules() async for page in files.pages(module)]


def records_of(page):
    return [json.loads(raw) for batch in page.document.batches() for raw in batch.records]


def zipped(content):
    archive_file = io.BytesIO()
    with zipfile.ZipFile(archive_file, "w") as archive:
        archive.writestr("all.json", content)
    return archive_file.getvalue()


def test_subfolders_are_feeds_of_the_files_below_them(write):
    folder = write("mfg/tariffs.json", "mfg/locations.json", "mer/2026/all.json.gz", "mer/x.txt")
    assert found(folder) == {
        "mer": ["mer/2026/all.json.gz"],
        "mfg": ["mfg/locations.json", "mfg/tariffs.json"],
    }


def test_files_are_feeds_where_there_are_no_subfolders(write):
    folder = write("mfg.json", "mer.json.gz", "notes.txt")
    assert found(folder) == {"mfg": ["mfg.json"], "mer": ["mer.json.gz"]}


def test_files_of_one_name_are_one_feed(write):
    folder = write("acme.json", "acme.ndjson", "acme_2.json")
    assert found(folder) == {"acme": ["acme.json", "acme.ndjson"], "acme_2": ["acme_2.json"]}
    assert len(local_feeds(folder, ())) == 2


def test_one_file_is_one_feed(write):
    file = write("mer.json.gz") / "mer.json.gz"
    assert local_feeds(file, ()) == [LocalFeed("mer", (file,))]


def test_folder_named_like_a_known_feed_is_that_feed(write):
    folder = write("gb_mfg/tariffs.json", "gb_mfg/more/locations.json") / "gb_mfg"
    assert found(folder, {"gb_mfg"}) == {"gb_mfg": ["more/locations.json", "tariffs.json"]}


def test_subfolder_without_documents_is_no_feed(write):
    folder = write("mfg/tariffs.json", "empty/readme.txt")
    assert found(folder) == {"mfg": ["mfg/tariffs.json"]}


@pytest.mark.parametrize("name", ["readme.txt", "empty/readme.txt"])
def test_folder_without_documents_is_an_error_that_says_what_is_needed(write, name):
    folder = write(name)
    with pytest.raises(ConfigError) as caught:
        local_feeds(folder, ())
    needed = ", ".join(SUFFIXES)
    assert str(caught.value) == f"{folder}: no files of documents found to read ({needed})"


def test_folder_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match="found to read"):
        local_feeds(tmp_path / "nowhere", ())


@pytest.mark.anyio
async def test_plain_document_is_its_own_body(write):
    path = write("all.json", content=b'{"data": []}') / "all.json"
    [page] = await pages_of(path)
    assert (page.url, records_of(page), page.document.head) == ("all.json", [], {"data": []})
    assert (page.body.size_bytes, page.body.path, page.total) == (12, path, None)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("all.json", bytes),
        ("all.json.gz", gzip.compress),
        ("all.json.zip", zipped),
        ("all.geojson", bytes),
        ("all.ndjson", lambda text: text[1:-1].replace(b"}, {", b"}\n{")),
    ],
)
async def test_records_are_read_however_the_file_is_packed(write, name, pack):
    records = [raw_tariff(), raw_tariff(id="T2")]
    path = write(name, content=pack(json.dumps(records).encode())) / name
    [page] = await pages_of(path)
    assert records_of(page) == records
    assert records_of(page) == records  # from the front, as often as needed


@pytest.mark.anyio
async def test_layout_of_the_feed_file_of_the_same_name_says_where_records_are(write):
    document = {"here": [raw_location()], "data": [raw_location(id="L2"), raw_location(id="L3")]}
    path = write("all.json", content=json.dumps(document).encode()) / "all.json"
    [page] = await pages_of(path, layout=Layout(locations_at="here"))
    assert records_of(page) == [raw_location()]


@pytest.mark.anyio
async def test_recorded_response_gives_its_body_and_address(write):
    recording = {
        "request": {"url": "https://user:x@a.example/tariffs?key=s3cret"},
        "response": {"status_code": 200, "headers": {}, "body": [raw_tariff()]},
    }
    path = write("t.json", content=json.dumps(recording).encode()) / "t.json"
    [page] = await pages_of(path)
    assert (page.url, records_of(page)) == ("https://a.example/tariffs", [raw_tariff()])


@pytest.mark.anyio
async def test_document_that_only_speaks_of_requests_and_responses_is_no_recording(write):
    document = {"request": "GET", "response": "OK", "data": [raw_tariff()]}
    path = write("t.json", content=json.dumps(document).encode()) / "t.json"
    [page] = await pages_of(path)
    assert (page.url, records_of(page)) == ("t.json", [raw_tariff()])


@pytest.mark.parametrize(
    ("document", "url", "body"),
    [
        ({"request": {}, "response": {}}, "t.json", None),
        ({"request": {"url": "https://[x"}, "response": {"body": 1}}, None, 1),
        ({"request": "GET", "response": {}}, "t.json", {"request": "GET", "response": {}}),
        ({"request": {}, "response": None}, "t.json", {"request": {}, "response": None}),
        ({"request": {}}, "t.json", {"request": {}}),
        ([], "t.json", []),
    ],
)
def test_recording_is_told_from_a_document_by_its_shape(tmp_path, document, url, body):
    named, content = recorded_body(document, tmp_path / "t.json")
    assert named == (url or "an address that makes no sense")
    assert content == body


@pytest.mark.anyio
async def test_recorded_ocpi_error_is_refused(write):
    recording = {"request": {}, "response": {"body": {"status_code": 3000}}}
    path = write("t.json", content=json.dumps(recording).encode()) / "t.json"
    with pytest.raises(Refused, match=r"t\.json: the OCPI server reports error 3000"):
        await pages_of(path)


@pytest.mark.anyio
async def test_broken_recording_is_one_line_that_names_it(write):
    content = b'{"request": {}, "response": {"body"'
    path = write("t.json", content=content) / "t.json"
    with pytest.raises(BrokenAnswer) as caught:
        await pages_of(path)
    assert str(caught.value).startswith(f"{path}: the answer breaks off")


@pytest.mark.anyio
async def test_broken_document_is_told_when_it_is_read(write):
    path = write("t.json", content=b'{"data"') / "t.json"
    [page] = await pages_of(path)
    with pytest.raises(BrokenAnswer, match="the answer breaks off"):
        records_of(page)


@pytest.mark.anyio
async def test_damaged_gzip_is_one_line_that_names_it(write):
    path = write("t.json.gz", content=b"\x1f\x8b" + bytes(20)) / "t.json.gz"
    with pytest.raises(BrokenAnswer) as caught:
        await pages_of(path)
    assert str(caught.value).startswith(f"{path}: the gzip file is damaged")


@pytest.mark.anyio
async def test_file_that_goes_while_it_is_read_is_no_crash(write):
    path = write("t.json") / "t.json"
    [page] = await pages_of(path)
    path.unlink()
    with pytest.raises(SourceError, match="cannot be read: No such file or directory"):
        records_of(page)


@pytest.mark.anyio
async def test_file_that_is_gone_is_one_line_that_names_it(tmp_path):
    path = tmp_path / "gone.json"
    with pytest.raises(SourceError) as caught:
        await pages_of(path)
    assert str(caught.value) == f"{path}: cannot be read: No such file or directory"


@pytest.mark.anyio
@pytest.mark.parametrize("version", [None, OcpiVersion.V2_1_1])
async def test_version_is_the_one_of_the_feed_file_of_the_same_name(tmp_path, version):
    files = LocalFiles(LocalFeed("a", (tmp_path / "a.json",)), LIMIT, version)
    assert await files.version() is version


def test_recordings_do_not_prove_that_they_are_complete():
    assert LocalFiles.complete is False


@pytest.mark.anyio
async def test_files_hold_no_tariffs_beside_those_in_them(tmp_path):
    files = LocalFiles(LocalFeed("a", (tmp_path / "a.json",)), LIMIT)
    files.forget_conditions()
    files.loaded()
    assert [page async for page in files.single_tariffs(["T1"])] == []
