"""Answers as OCPI wraps them.

Source: OCPI 2.2.1-d2, "Transport and format, Response format" and "Status codes".
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.responses import Response

SUCCESS = 1000
CLIENT_ERROR = 2000


def answer(data: object) -> Response:
    """Return a successful answer."""
    return _wrapped({"data": data, "status_code": SUCCESS, "status_message": "OK"}, 200)


def refusal(http_status: int, reason: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer that says no, and why; it carries no data."""
    return _wrapped({"status_code": CLIENT_ERROR, "status_message": reason}, http_status, headers)


def _wrapped(
    body: dict[str, object], http_status: int, headers: Mapping[str, str] | None = None
) -> Response:
    body["timestamp"] = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(content, http_status, headers, media_type="application/json")
