"""Feed files as text: keys in their usual order, each with what is to be said about it."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from aggregator.domain.text import one_line
from aggregator.feeds import Feed

BARE = re.compile(r"[A-Za-z0-9_-]+")
UNITS = (("d", 86400), ("h", 3600), ("m", 60))
ORDER = [name for name in Feed.model_fields if name != "feed_id"]


def feed_text(keys: Mapping[str, Any], comments: Mapping[str, str], head: list[str]) -> str:
    """Return the text of a feed file.

    Args:
        keys: what it states.
        comments: by key; what is said above it. Without the key, the comment stands alone.
        head: what is said at the top.
    """
    lines = [f"# {one_line(line)}" for line in head]
    tables: list[str] = []
    for key in ORDER:
        if key in comments:
            lines.append(f"# {one_line(comments[key])}")
        value = plain(keys.get(key))
        if isinstance(value, Mapping):
            tables += _table([key], value)
        elif value is not None:
            lines.append(f"{key} = {_value(value)}")
    return "\n".join([*lines, *tables]) + "\n"


def plain(value: Any) -> Any:  # noqa: ANN401 - any key's value
    """Return a key's value as a feed file writes it; None where there is nothing to write."""
    if isinstance(value, BaseModel):
        value = value.model_dump(exclude_defaults=True)
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        unit, size = next(((u, s) for u, s in UNITS if seconds % s == 0), ("s", 1))
        return f"{seconds // size}{unit}"
    return None if value == {} else value


def _table(path: list[str], table: Mapping[str, Any]) -> Iterator[str]:
    own = {name: value for name, value in table.items() if not isinstance(value, Mapping)}
    if own:
        yield ""
        yield f"[{'.'.join(map(_key, path))}]"
        yield from (f"{_key(name)} = {_value(value)}" for name, value in own.items())
    for name, inner in table.items():
        if isinstance(inner, Mapping):
            yield from _table([*path, str(name)], inner)


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _value(str(name))


def _value(value: Any) -> str:  # noqa: ANN401 - any key's value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(one_line(str(value)), ensure_ascii=False)
