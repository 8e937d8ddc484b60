"""Newer exchange rates are fetched, looked through, and take the old ones' place; or nothing."""

from datetime import timedelta

import pytest

from aggregator.errors import BrokenAnswer, NotOurs, Refused, StoreError, Unreachable
from aggregator.normalise.currency import FILE_NAME, Rates
from aggregator.sources import rates as rates_module
from aggregator.sources.rates import download_rates
from tests.sources.serving import Says, Server, moved

URL = "https://rates.example/eurofxref-hist.zip"
SHIPPED = Rates.shipped().history
NEXT = SHIPPED.days[-1] + timedelta(days=1)
TODAY = NEXT + timedelta(days=2)

pytestmark = pytest.mark.anyio


def table(first_line=""):
    """Return the shipped history with a line before its first."""
    lines = [",".join(["Date", *SHIPPED.currencies]), first_line, *reversed(SHIPPED.lines)]
    return "\n".join(filter(None, lines)).encode()


def newer(day=NEXT, factor=1):
    figures = SHIPPED.lines[-1].split(",")[1:]
    figures[0] = f"{float(figures[0]) * factor:.4f}"
    return table(",".join([day.isoformat(), *figures]))


@pytest.fixture
def download(tmp_path):
    """Return a function that downloads from a server into one folder."""

    async def run(server, folder=tmp_path):
        return await download_rates(folder, today=TODAY, url=URL, transport=server.transport)

    return run


def kept(folder):
    return (folder / FILE_NAME).read_bytes()


def files(folder):
    return sorted(path.name for path in folder.iterdir())


async def test_newer_rates_are_kept_and_used(download, tmp_path):
    update = await download(Server({URL: Says(newer())}))
    assert (update.is_new, update.first_day, update.last_day) == (True, SHIPPED.days[0], NEXT)
    assert Rates.load(tmp_path).last_day == NEXT
    assert files(tmp_path) == [FILE_NAME, "memory.json"]


async def test_unchanged_rates_are_not_sent_again(download, tmp_path):
    said = Says(newer(), headers={"ETag": '"a"', "Last-Modified": "Fri, 30 Oct 2026 15:00:00 GMT"})
    server = Server({URL: [said, Says(status=304)]})
    await download(server)
    update = await download(server)
    assert (update.is_new, update.last_day) == (False, NEXT)
    assert "if-none-match" not in server.requests[0].headers
    assert server.requests[1].headers["if-none-match"] == '"a"'
    assert server.requests[1].headers["if-modified-since"] == "Fri, 30 Oct 2026 15:00:00 GMT"


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_text("x")])
async def test_all_is_asked_for_when_the_kept_file_is_gone_or_damaged(download, tmp_path, damage):
    server = Server({URL: Says(newer(), headers={"ETag": '"a"'})})
    await download(server)
    damage(tmp_path / FILE_NAME)
    assert (await download(server)).is_new
    assert "if-none-match" not in server.requests[1].headers
    assert Rates.load(tmp_path).last_day == NEXT


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        (Says(b"<html>later</html>"), BrokenAnswer, "line 1: no table of exchange rates"),
        (Says(newer(factor=2.1)), BrokenAnswer, "line 2: USD: "),
        (Says(newer(TODAY + timedelta(days=1))), BrokenAnswer, "is still to come"),
        (Says(newer()[:-2000]), BrokenAnswer, "line "),
        (Says(b"PK damaged"), BrokenAnswer, "cannot be unpacked"),
        (Says(status=404), Refused, "answers 404"),
        (Says(status=503), Refused, "answers 503"),
        (moved("https://elsewhere.example/rates.zip"), NotOurs, "elsewhere.example"),
        (moved("http://rates.example/rates.zip"), NotOurs, "http://rates.example"),
    ],
)
async def test_what_is_of_no_use_leaves_the_kept_rates_as_they_were(
    download, tmp_path, said, error, words
):
    good = Says(newer(), headers={"ETag": '"a"'})
    server = Server({URL: [good, said, said, said, said]})
    await download(server)
    before = kept(tmp_path)
    with pytest.raises(error, match=words):
        await download(server)
    assert kept(tmp_path) == before
    assert files(tmp_path) == [FILE_NAME, "memory.json"]


async def test_refused_rates_are_not_taken_for_known_ones_next_time(download, tmp_path):
    said = Says(newer(factor=3), headers={"ETag": '"bad"'})
    server = Server({URL: [Says(newer(), headers={"ETag": '"a"'}), said]})
    await download(server)
    for _ in range(2):
        with pytest.raises(BrokenAnswer):
            await download(server)
    assert [r.headers.get("if-none-match") for r in server.requests] == [None, '"a"', '"a"']


async def test_answer_that_is_too_large_is_broken_off(download, tmp_path, monkeypatch):
    monkeypatch.setattr(rates_module, "LARGEST_DOWNLOAD_BYTES", 1000)
    with pytest.raises(BrokenAnswer, match=r"rates\.example"):
        await download(Server({URL: Says(newer())}))
    assert not (tmp_path / FILE_NAME).exists()


async def test_private_address_is_not_asked_unless_allowed(tmp_path):
    url = "http://127.0.0.1:9/rates.zip"
    with pytest.raises(Refused, match="private address"):
        await download_rates(tmp_path, today=TODAY, url=url)
    with pytest.raises(Unreachable):
        await download_rates(tmp_path, today=TODAY, url=url, allow_private=True)


async def test_folder_that_cannot_be_written_is_one_line(download, tmp_path):
    (tmp_path / "rates").write_text("a file")
    with pytest.raises(StoreError, match="cannot be written"):
        await download(Server({URL: Says(newer())}), tmp_path / "rates")
