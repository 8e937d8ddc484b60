"""Workers read what the harvest would read, and nothing is lost with one of them."""

import gc
import json
import signal
import socket
import threading
from threading import BoundedSemaphore
from time import monotonic

import pytest

from aggregator.formats.defaults import Defaults
from aggregator.workers import pool
from aggregator.workers.frames import Gone, receive, send
from aggregator.workers.plain import Raw, Task, read_plain, uncollected
from tests.formats.raw_records import raw_evse, raw_location

SECONDS = 30


def task_of(*locations, first=1):
    records = [
        Raw(number, f"$[{number}]", json.dumps(one).encode())
        for number, one in enumerate(locations, first)
    ]
    return Task("one", Defaults(), records)


def mixed():
    """Return a task of two plain locations, with an unusual one between them."""
    odd = raw_location(id="odd", evses=[raw_evse(status="WORKING")])
    return task_of(raw_location(id="a"), odd, raw_location(id="b"))


@pytest.fixture
def one_place(monkeypatch):
    places = BoundedSemaphore(1)
    monkeypatch.setattr(pool, "PLACES", places)
    monkeypatch.setattr(pool, "IS_OF_USE", True)
    return places


@pytest.fixture
def workers(one_place):
    del one_place
    found = pool.Workers()
    found.come()
    yield found
    found.close()


def ready(workers):
    """Return the one worker when it is there."""
    (worker,) = workers._workers
    worker._started.result(SECONDS)
    return worker


def test_a_helper_returns_what_would_be_read_here(workers):
    worker = ready(workers)
    answer = workers.read(mixed())
    assert worker._tasks == [answer]  # it was asked, nobody else
    here = read_plain(mixed())
    assert answer.result(SECONDS).left == here.left == [1]
    assert answer.result().rows.holds_twice is here.rows.holds_twice
    for name, table in here.rows.tables.items():
        assert answer.result().rows.tables[name].equals(table)


def test_until_a_helper_is_there_all_is_read_here(one_place):
    workers = pool.Workers()
    assert workers.read(mixed()).done()
    assert one_place.acquire(blocking=False)


def test_who_is_busy_gets_no_more(workers):
    worker = ready(workers)
    tasks = [workers.read(task_of(*[raw_location(id=str(n)) for n in range(500)]))]
    tasks += [workers.read(mixed()) for _ in range(8)]
    assert sum(one in worker._tasks for one in tasks) <= pool.TASKS_AHEAD + 1
    assert [one.result(SECONDS).left for one in tasks] == [[], *[[1]] * 8]


def test_what_a_lost_helper_had_to_do_is_read_here(workers):
    worker = ready(workers)
    worker._process.kill()
    worker._process.wait()
    assert workers.read(mixed()).result(SECONDS).left == [1]
    assert worker._process is None
    assert workers.read(mixed()).result(SECONDS).left == [1]


def test_where_no_helper_can_be_started_all_is_read_here(one_place, monkeypatch):
    del one_place
    monkeypatch.setattr(pool, "COMMAND", ["/nowhere/python"])
    workers = pool.Workers()
    workers.come()
    ready(workers)
    assert workers.read(mixed()).result(SECONDS).left == [1]
    workers.close()


def test_a_helper_that_cannot_read_is_no_helper(one_place, monkeypatch):
    del one_place
    monkeypatch.setattr(pool, "COMMAND", [pool.sys.executable, "-c", "import sys; sys.exit(3)"])
    workers = pool.Workers()
    workers.come()
    ready(workers)
    assert workers.read(mixed()).result(SECONDS).left == [1]
    workers.close()


def test_there_are_no_more_workers_than_places(workers, one_place):
    assert not one_place.acquire(blocking=False)
    others = pool.Workers()
    others.come()
    assert others.read(mixed()).done()
    workers.close()
    assert one_place.acquire(blocking=False)


def test_closing_ends_the_process_and_what_it_had_not_begun(workers):
    process = ready(workers)._process
    workers.close()
    assert process.poll() is not None
    workers.close()


def test_a_helper_ends_with_the_harvest(workers):
    worker = ready(workers)
    worker._channel.shutdown(socket.SHUT_RDWR)  # as when the harvest is killed
    assert worker._process.wait(SECONDS) == 0


def test_objects_of_any_size_cross_whole():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        value = [b"x" * 3_000_000, "é"]
        sender = threading.Thread(target=send, args=(ours, value))
        sender.start()
        assert receive(theirs) == value
        sender.join()
        ours.close()
        with pytest.raises(Gone):
            receive(theirs)


def test_a_worker_of_other_code_is_not_asked(one_place, monkeypatch):
    del one_place
    monkeypatch.setattr(pool, "code_digest", lambda: "of another release")
    workers = pool.Workers()
    workers.come()
    worker = ready(workers)
    assert worker._process is None
    assert workers.read(mixed()).result(SECONDS).left == [1]
    workers.close()


def test_a_worker_that_says_nothing_is_given_up(one_place, monkeypatch):
    del one_place
    monkeypatch.setattr(pool, "PATIENCE_SECONDS", 2.0)
    workers = pool.Workers()
    workers.come()
    worker = ready(workers)
    worker._process.send_signal(signal.SIGSTOP)
    assert workers.read(mixed()).result(SECONDS).left == [1]
    assert worker._process is None
    workers.close()


def test_who_cannot_start_a_thread_reads_alone(one_place, monkeypatch):
    def refuse():
        raise RuntimeError

    monkeypatch.setattr(pool, "_Worker", refuse)
    workers = pool.Workers()
    workers.come()
    assert workers.read(mixed()).done()
    assert one_place.acquire(blocking=False)


def test_closing_does_not_wait_for_a_worker_that_is_still_coming(one_place, monkeypatch):
    del one_place
    slow = [pool.sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(pool, "COMMAND", slow)
    workers = pool.Workers()
    workers.come()
    begun = monotonic()
    workers.close()
    assert monotonic() - begun < SECONDS


def test_the_collector_is_off_while_anybody_reads():
    assert gc.isenabled()
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
