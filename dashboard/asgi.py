"""The dashboard as an ASGI application: pages, downloads, health."""

import gc
import logging
from pathlib import Path

import plotly.graph_objects  # noqa: F401 - loaded now, so that no visitor waits for it
import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from dashboard.export import export
from dashboard.reading import reader

log = logging.getLogger(__name__)
LEAST_BYTES_TO_COMPRESS = 1024
COMPRESSION_LEVEL = 5


def health(_request: Request) -> JSONResponse:
    """Answer whether the dashboard runs and which snapshot it shows."""
    found = reader()
    return JSONResponse(
        {"status": "ok", "snapshot_id": found.snapshot.snapshot_id if found else None}
    )


def _note_error(error: Exception) -> None:
    log.error("page failed", exc_info=error)


def make_app() -> st.App:
    """Return the application; what is loaded by now is never looked at by the garbage collector."""
    app = st.App(
        Path(__file__).with_name("main.py"),
        routes=[Route("/healthz", health), Route("/export.csv", export)],
        middleware=[
            Middleware(
                GZipMiddleware,
                minimum_size=LEAST_BYTES_TO_COMPRESS,
                compresslevel=COMPRESSION_LEVEL,
            )
        ],
        on_script_error=_note_error,
    )
    gc.collect()
    gc.freeze()
    return app
