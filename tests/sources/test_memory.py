"""What one feed's next run knows of the last, also after a restart or a crash."""

import json
from datetime import timedelta

import pytest
import structlog

from aggregator.sources.memory import MOST_ADDRESSES, FeedMemory
from tests.sources.serving import Says, Server, says
from tests.sources.waiting import NOON

pytestmark = pytest.mark.anyio

URL = "https://a.example/locations"
SECRET_URL = f"{URL}?key=s3cret"


def test_first_run_remembers_nothing(memory_of):
    memory = memory_of()
    assert memory.last_full_at is None
    assert memory.last_pull_at is None
    assert memory.not_before is None
    assert memory.asked_at == ()
    assert memory.validators(URL) == {}
    assert memory.breaker.may_ask(NOON) is None


def test_moments_survive_a_restart(memory_of):
    memory = memory_of()
    memory.last_full_at, memory.last_pull_at = NOON, NOON + timedelta(hours=1)
    memory.not_before = NOON + timedelta(hours=2)
    memory.asked(keep=5)
    memory.save()
    again = memory_of()
    assert (again.last_full_at, again.last_pull_at) == (NOON, NOON + timedelta(hours=1))
    assert again.not_before == NOON + timedelta(hours=2)
    assert again.asked_at == (NOON,)


def test_memory_without_a_file_lasts_as_long_as_the_process(tmp_path, clock):
    memory = FeedMemory(now=clock)
    memory.last_full_at = NOON
    memory.save()
    assert memory.last_full_at == NOON
    assert list(tmp_path.iterdir()) == []


def test_only_as_many_requests_are_remembered_as_are_needed(memory_of, clock):
    memory = memory_of()
    for _ in range(5):
        memory.asked(keep=2)
        clock.later(minutes=1)
    assert memory.asked_at == (NOON + timedelta(minutes=3), NOON + timedelta(minutes=4))


def test_requests_of_the_day_before_are_forgotten(memory_of, clock):
    memory = memory_of()
    memory.asked(keep=100)
    clock.later(hours=24, seconds=1)
    memory.asked(keep=100)
    assert memory.asked_at == (NOON + timedelta(hours=24, seconds=1),)


def test_clock_that_was_wrong_and_set_right_keeps_nobody_from_asking(memory_of, clock):
    memory = memory_of()
    clock.later(days=3_000)
    memory.asked(keep=5)
    memory.breaker.until = memory.not_before = clock() + timedelta(hours=1)
    clock.later(days=-3_000)
    assert memory.asked_at == ()
    assert memory.breaker.may_ask(clock()) is None
    assert memory.not_before is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"asked_at": ["yesterday"]}', b'{"breaker": 1}', b"\xff", b'"s3cret"'],
)
def test_damaged_file_is_a_fresh_start_with_a_warning(memory_of, memory_path, content):
    memory_path.parent.mkdir()
    memory_path.write_bytes(content)
    with structlog.testing.capture_logs() as logs:
        memory = memory_of()
    assert memory.last_full_at is None
    [line] = logs
    assert line["event"] == "memory started afresh"
    assert line["log_level"] == "warning"
    assert "s3cret" not in str(line)
    memory.last_full_at = NOON
    memory.save()
    assert memory_of().last_full_at == NOON


def test_file_of_a_later_version_is_still_read(memory_of, memory_path):
    memory_path.parent.mkdir()
    memory_path.write_text('{"last_full_at": "2026-10-21T12:00:00Z", "of_tomorrow": 1}')
    assert memory_of().last_full_at == NOON


def test_changes_are_written_at_once_and_then_at_most_every_second(memory_of, memory_path):
    memory = memory_of()
    memory.last_full_at = NOON
    first = memory_path.read_bytes()
    memory.last_pull_at = NOON
    assert memory_path.read_bytes() == first
    memory.save()
    assert memory_path.read_bytes() != first
    assert [file.name for file in memory_path.parent.iterdir()] == [memory_path.name]


def test_folder_that_cannot_be_written_costs_the_memory_only(clock, tmp_path):
    (tmp_path / "feeds").write_text("a file, not a folder")
    with structlog.testing.capture_logs() as logs:
        memory = FeedMemory(tmp_path / "feeds" / "a_feed.json", now=clock)
        memory.last_full_at = NOON
    assert memory.last_full_at == NOON
    assert {"memory not written"} <= {line["event"] for line in logs}


def test_validators_are_remembered_for_the_very_address(memory_of):
    memory = memory_of()
    memory.remember_validators(URL, {"etag": '"7"', "last-modified": "Wed, 21 Oct 2026 07:28:00"})
    memory.save()
    asks = {"if-none-match": '"7"', "if-modified-since": "Wed, 21 Oct 2026 07:28:00"}
    assert memory_of().validators(URL) == asks
    assert memory_of().validators(f"{URL}?offset=2") == {}


def test_document_that_came_without_validators_has_none_any_more(memory_of):
    memory = memory_of()
    memory.remember_validators(URL, {"etag": '"7"'})
    memory.remember_validators(URL, {})
    assert memory.validators(URL) == {}


@pytest.mark.parametrize("etag", ['"7\r\nX-Evil: 1"', '"é"', '"' + "7" * 10_000 + '"', " "])
def test_validator_that_no_header_should_carry_is_not_remembered(memory_of, etag):
    memory = memory_of()
    memory.remember_validators(URL, {"etag": etag})
    assert memory.validators(URL) == {}


def test_oldest_addresses_are_forgotten(memory_of):
    memory = memory_of()
    for number in range(MOST_ADDRESSES + 1):
        memory.remember_validators(f"{URL}?{number}", {"etag": '"7"'})
    assert memory.validators(f"{URL}?0") == {}
    assert memory.validators(f"{URL}?{MOST_ADDRESSES}") == {"if-none-match": '"7"'}


def test_no_address_stands_in_the_file(memory_of, memory_path):
    memory = memory_of()
    memory.remember_validators(SECRET_URL, {"etag": '"7"'})
    memory.save()
    content = memory_path.read_text()
    assert json.loads(content)
    assert "s3cret" not in content
    assert "a.example" not in content


async def test_unchanged_document_is_asked_for_and_not_sent_again(client_of, memory_of):
    server = Server({URL: [Says(b"[1]", headers={"ETag": '"7"'}), Says(b"", status=304)]})
    memory = memory_of()
    async with client_of(server, locations_url=URL, memory=memory) as client:
        answer = await client.get(URL, conditional=True)
        assert not answer.not_modified
        memory.remember_validators(URL, answer.headers)
    async with client_of(server, locations_url=URL, memory=memory_of()) as client:
        answer = await client.get(URL, conditional=True)
    assert answer.not_modified
    assert answer.content == b""
    assert "if-none-match" not in server.requests[0].headers
    assert server.requests[1].headers["if-none-match"] == '"7"'


async def test_document_that_was_not_loaded_is_asked_for_in_full(client_of, memory_of):
    server = Server({URL: Says(b"[1]", headers={"ETag": '"7"'})})
    for _ in range(2):
        async with client_of(server, locations_url=URL, memory=memory_of()) as client:
            await client.get(URL, conditional=True)
    assert not [r for r in server.requests if "if-none-match" in r.headers]


async def test_validators_are_sent_only_where_the_caller_can_do_without_the_document(
    client_of, memory_of
):
    server = Server({URL: says([])})
    memory = memory_of()
    memory.remember_validators(URL, {"etag": '"7"'})
    async with client_of(server, locations_url=URL, memory=memory) as client:
        await client.get(URL)
    assert "if-none-match" not in server.requests[0].headers
