"""What the stages of a harvest took, told to those who ask."""

import asyncio

import pytest

from aggregator.stages import STAGES, stage_seconds, timed


def test_a_stage_that_comes_twice_adds_up():
    with stage_seconds() as seconds:
        with timed("read"):
            once = seconds["read"]
        after_one = seconds["read"]
        with timed("read"):
            pass
    assert once == 0
    assert 0 < after_one < seconds["read"]
    assert seconds["write"] == 0


def test_a_stage_that_ends_in_an_error_counts():
    with stage_seconds() as seconds, pytest.raises(ZeroDivisionError), timed("price"):
        _ = 1 / 0
    assert seconds["price"] > 0


def test_a_stage_in_another_thread_counts():
    def stage():
        with timed("write"):
            pass

    async def beside():
        await asyncio.to_thread(stage)

    with stage_seconds() as seconds:
        asyncio.run(beside())
    assert seconds["write"] > 0


def test_nothing_is_kept_where_nobody_asks():
    with stage_seconds() as seconds:
        pass
    with timed("read"):
        pass
    assert seconds == dict.fromkeys(STAGES, 0.0)
