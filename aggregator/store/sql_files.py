"""SQL text lives in files beside this module; nothing but fixed names is ever put into it."""

import re
from functools import cache
from importlib.resources import files

NAME = re.compile(r"[a-z_]+(, [a-z_]+)*")


@cache
def sql(*path: str, **names: str) -> str:
    """Return the text of `sql/<path>.sql`, with `${name}` replaced by our own identifiers.

    >>> sql("schema", "0001_core").startswith("-- core:")
    True

    Raises:
        ValueError: something other than identifiers was to be put into SQL.
    """
    for value in names.values():
        if not NAME.fullmatch(value):
            message = f"not an identifier: {value!r}"
            raise ValueError(message)
    folder = files("aggregator.store") / "sql"
    text = folder.joinpath(*path[:-1], f"{path[-1]}.sql").read_text(encoding="utf-8")
    for name, value in names.items():
        text = text.replace(f"${{{name}}}", value)
    return text


def sql_names(folder: str) -> list[str]:
    """Return the names of the files in one folder, in order."""
    entries = (files("aggregator.store") / "sql" / folder).iterdir()
    return sorted(
        entry.name.removesuffix(".sql") for entry in entries if entry.name.endswith(".sql")
    )
