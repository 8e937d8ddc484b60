"""What two processes, or one that is killed, leave in the memory of a feed."""

import fcntl
import os
import subprocess
import sys
from datetime import timedelta

import pytest

from aggregator.sources.memory import FeedMemory
from tests.sources.serving import Server, says
from tests.sources.waiting import NOON

pytestmark = pytest.mark.anyio

URL = "https://a.example/locations"
CHILD = """
import sys
from pathlib import Path
from aggregator.sources.memory import FeedMemory
memory = FeedMemory(Path(sys.argv[1]))
for _ in range(50):
    memory.asked(500, at_once=True)
"""


@pytest.mark.parametrize(
    "limit", [{"requests_per_hour": 50}, {"requests_per_day": 50}, {"pace_seconds": 1}]
)
async def test_each_request_under_a_limit_is_noted_before_it_is_sent(
    client_of, memory_of, clock, limit
):
    noted = []

    def note(_):
        noted.append(memory_of().asked_at)

    server = Server({URL: says([])})
    answer = server.said_to
    server.said_to = lambda request: note(request) or answer(request)
    times = 1 if "pace_seconds" in limit else 3
    async with client_of(server, locations_url=URL, memory=memory_of(), **limit) as client:
        for _ in range(times):
            clock.later(seconds=2)
            await client.get(URL)
    assert [len(moments) for moments in noted] == [1, 2, 3][:times]
    assert [moments[-1] for moments in noted] == [
        NOON + timedelta(seconds=2 * n) for n in range(1, times + 1)
    ]


async def test_requests_of_feeds_without_a_limit_are_written_once_a_second(client_of, memory_of):
    server = Server({URL: says([])})
    memory = memory_of()
    async with client_of(server, locations_url=URL, memory=memory) as client:
        await client.get(URL)
        first = memory_of().asked_at
        await client.get(URL)
        assert memory_of().asked_at == first


def test_what_two_processes_asked_is_added_up(memory_of, clock):
    one, two = memory_of(), memory_of()
    for _ in range(10):
        one.asked(30, at_once=True)
        clock.later(seconds=1)
        two.asked(30, at_once=True)
        clock.later(seconds=1)
    one.save()
    assert len(memory_of().asked_at) == len(one.asked_at) == 20


def test_processes_that_write_at_once_lose_nothing(tmp_path):
    path = tmp_path / "feeds" / "a_feed.json"
    children = [subprocess.Popen([sys.executable, "-c", CHILD, path]) for _ in range(3)]
    assert [child.wait() for child in children] == [0, 0, 0]
    assert len(FeedMemory(path).asked_at) == 150
    assert [file.name for file in path.parent.iterdir()] == ["a_feed.json"]


def test_wish_of_the_server_is_kept_whichever_process_heard_it(memory_of):
    one, two = memory_of(), memory_of()
    one.not_before = NOON + timedelta(hours=2)
    two.not_before = NOON + timedelta(hours=1)
    two.save()
    assert memory_of().not_before == two.not_before == NOON + timedelta(hours=2)


def test_wish_from_a_clock_that_was_wrong_does_not_hide_another(memory_of, clock):
    clock.later(days=3_000)
    memory_of().not_before = clock() + timedelta(hours=1)
    clock.later(days=-3_000)
    memory = memory_of()
    memory.not_before = NOON + timedelta(hours=1)
    memory.save()
    assert memory_of().not_before == NOON + timedelta(hours=1)


def test_run_that_sent_nothing_forgets_nothing(memory_of):
    memory = memory_of()
    for _ in range(5):
        memory.asked(30, at_once=True)
    memory_of().save()
    assert len(memory_of().asked_at) == 5


def test_file_that_was_damaged_meanwhile_costs_nothing_of_ours(memory_of, memory_path):
    memory = memory_of()
    memory.asked(30, at_once=True)
    memory_path.write_bytes(b"{")
    memory.asked(30, at_once=True)
    assert len(memory_of().asked_at) == 2


def test_process_that_hangs_with_the_lock_keeps_nobody_from_writing(memory_of, memory_path):
    memory_path.parent.mkdir()
    held = os.open(memory_path.parent, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        memory_of().last_full_at = NOON
    finally:
        os.close(held)
    assert memory_of().last_full_at == NOON
