"""Threads share heaps where the C library lets them, and nothing breaks where it does not."""

import ctypes

import pytest

from dashboard.serving.memory import FEW, M_ARENA_MAX, share_arenas


class Library:
    def __init__(self):
        self.asked = []

    def mallopt(self, option, value):
        self.asked.append((option, value))


def test_glibc_is_told(monkeypatch):
    library = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: library)
    share_arenas()
    assert library.asked == [(M_ARENA_MAX, FEW)]


@pytest.mark.parametrize("error", [OSError, TypeError, AttributeError])
def test_another_library_is_left_alone(monkeypatch, error):
    def missing(_name):
        raise error

    monkeypatch.setattr(ctypes, "CDLL", missing)
    share_arenas()
