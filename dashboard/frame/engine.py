"""The compiled price engine, made ready beside the first pages: slow once after installing."""

from functools import cache
from threading import Thread

import streamlit as st

from aggregator.pricing.kernel.prices import warm_up
from dashboard.wording.labels import text

SHORT_SECONDS = 0.3  # shorter than that, nobody is told to wait


@cache
def _warming() -> Thread:
    thread = Thread(target=warm_up, name="price engine", daemon=True)
    thread.start()
    return thread


def start() -> None:
    """Begin to make the engine ready; pages are served meanwhile."""
    _warming()


def is_ready() -> bool:
    """Tell whether nobody has to wait for the engine."""
    return not _warming().is_alive()


def wait() -> None:
    """Wait until the engine is ready, and say so where that takes long."""
    _warming().join(SHORT_SECONDS)
    if _warming().is_alive():
        with st.spinner(text("compare.preparing")):
            _warming().join()
