"""A document that is read as a whole: its JSON value, or what is wrong with it."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic_core import from_json

from aggregator.domain.text import one_line
from aggregator.errors import BrokenAnswer, Refused
from aggregator.formats.unpacking import unpacked

FIRST_OCPI_ERROR = 2000
OCPI_STATUS = re.compile(r"[0-9]{4}")
EXCERPT = 80


def decode(content: bytes, max_bytes: int) -> Any:  # noqa: ANN401 - any JSON
    """Return the JSON value of a small document, packed or not.

    Raises:
        BrokenAnswer: it is not JSON, is cut off, or is larger than allowed when inflated.
    """
    return whole(unpacked([content], max_bytes), max_bytes)


def whole(text: Iterable[bytes], max_bytes: int) -> Any:  # noqa: ANN401 - any JSON
    """Return the value of a whole document, of which no more than allowed is ever in memory."""
    parts, size = [], 0
    for part in text:
        parts.append(part)
        size += len(part)
        if size > max_bytes:
            message = f"the document is larger than {max_bytes // 1_000_000} MB"
            raise BrokenAnswer(message)
    content = b"".join(parts)
    try:
        return from_json(content, allow_inf_nan=False, cache_strings="keys")
    except ValueError as error:
        raise BrokenAnswer(not_json(content, error)) from error


def not_json(content: bytes, error: ValueError) -> str:
    """Return what a document is instead of JSON, as far as its beginning tells."""
    start = content[:EXCERPT].decode("utf-8", "replace").strip()
    if start[:1] == "<":
        return f"the answer is a web page or XML, not JSON: {start!r}"
    if not start:
        return "the answer is empty"
    if "EOF" in str(error):
        return f"the answer breaks off in the middle of the JSON ({error})"
    return f"the answer is not JSON ({error}): {start!r}"


def refuse_ocpi_error(document: Any) -> None:  # noqa: ANN401 - any JSON
    """Raise Refused when an OCPI envelope reports an error, whatever the HTTP status said."""
    if not isinstance(document, dict):
        return
    status = document.get("status_code")
    if isinstance(status, str) and OCPI_STATUS.fullmatch(status.strip()):
        status = int(status)
    if isinstance(status, int) and status >= FIRST_OCPI_ERROR:
        said = one_line(str(document.get("status_message") or "no message"), 200)
        message = f"the OCPI server reports error {status}: {said}"
        raise Refused(message)
