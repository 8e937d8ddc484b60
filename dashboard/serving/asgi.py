"""The dashboard as an ASGI application: pages, downloads, health."""

import atexit
import gc
import logging
from pathlib import Path
from secrets import token_hex

import plotly.graph_objects  # noqa: F401 - loaded now, so that no visitor waits for it
import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from dashboard.frame import engine
from dashboard.frame.reading import fault, reader
from dashboard.serving.compression import CompressedStaticFiles
from dashboard.serving.export import export
from dashboard.serving.privacy import PrivacyHeaders
from dashboard.wording.labels import text

log = logging.getLogger(__name__)


def health(_request: Request) -> JSONResponse:
    """Answer whether the dashboard runs and which snapshot it shows; 503 when it cannot be read."""
    found = reader()
    if found is None and fault():
        return JSONResponse({"status": "snapshot cannot be read", "snapshot_id": None}, 503)
    shown = found.snapshot.snapshot_id if found else None
    return JSONResponse(
        {"status": "ok", "snapshot_id": shown, "is_engine_ready": engine.is_ready()}
    )


def _note_error(error: Exception) -> bool:
    """Log a page's failure and show the code under which it stands in the log, nothing else."""
    code = token_hex(4)
    log.error("page failed, code %s", code, exc_info=error)
    st.error(text("app.error", code=code))
    return True


def make_app() -> st.App:
    """Return the application; what is loaded by now is never looked at by the garbage collector."""
    app = st.App(
        Path(__file__).parents[1] / "main.py",
        routes=[Route("/healthz", health), Route("/export.csv", export)],
        middleware=[Middleware(PrivacyHeaders), Middleware(CompressedStaticFiles)],
        on_script_error=_note_error,
    )
    engine.start()
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # or libraries take what was frozen for leaks
    return app
