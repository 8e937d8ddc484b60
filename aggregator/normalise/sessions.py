"""The sessions by which prices are compared: data/reference/sessions.csv, and the user's own."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import time
from decimal import Decimal
from functools import partial
from pathlib import Path

from aggregator.domain.session import ReferenceSession
from aggregator.domain.tariff import Weekday
from aggregator.errors import ReferenceFileError
from aggregator.normalise.reference_table import Lined, read_table

FILE_NAME = "sessions.csv"
COLUMNS = (
    *("code", "energy_kwh", "charging_minutes", "parking_minutes"),
    *("start_weekday", "start_time"),
)
NEEDED = ("ac", "dc", "hpc", "idle")
"""Whose totals stand in every offer."""

CODE = re.compile(r"[a-z][a-z0-9_]{0,30}")
FIGURE = re.compile(r"[0-9]{1,6}(\.[0-9]{1,3})?")
MOST = 50


def load_sessions(folder: Path, own: Path | None = None) -> list[ReferenceSession]:
    """Return the reference sessions of a folder, and after them those of the user's own file.

    own: a file of the same columns with codes of its own; it need not exist.

    Raises:
        ReferenceFileError: a file cannot be used; one line that names every line at fault.
    """
    path = folder / FILE_NAME
    found = _read(path, ())
    codes = {session.code for session in found}
    if missing := [code for code in NEEDED if code not in codes]:
        message = f"{path}: the session {missing[0]!r} is missing"
        raise ReferenceFileError(message)
    if own is not None and own.exists():
        found += _read(own, codes)
    if len(found) > MOST:
        message = f"{own or path}: {len(found)} sessions are more than {MOST}"
        raise ReferenceFileError(message)
    return found


def _read(path: Path, taken: Collection[str]) -> list[ReferenceSession]:
    """Return the sessions of a file. taken: codes that it may not use."""
    return read_table(path, COLUMNS, _session, partial(_taken, taken))


def _taken(
    taken: Collection[str], found: Sequence[Lined[ReferenceSession]]
) -> Iterator[Lined[str]]:
    known = set(taken)
    for line, session in found:
        if session.code in known:
            yield line, f"'code' {session.code!r} stands there already"
        known.add(session.code)


def _session(row: Mapping[str, str]) -> ReferenceSession:
    if not CODE.fullmatch(row["code"]):
        message = f"'code' {row['code']!r} must be small letters, figures and _"
        raise ValueError(message)
    if row["start_weekday"] not in set(Weekday):
        message = f"'start_weekday' {row['start_weekday']!r} is no day such as TUESDAY"
        raise ValueError(message)
    session = ReferenceSession(
        code=row["code"],
        energy_kwh=_figure(row, "energy_kwh"),
        charging_minutes=_figure(row, "charging_minutes"),
        parking_minutes=_figure(row, "parking_minutes"),
        start_weekday=Weekday(row["start_weekday"]),
        start_time=_clock(row["start_time"]),
    )
    if not (session.energy_kwh and session.charging_minutes):
        message = "'energy_kwh' and 'charging_minutes' must be above 0"
        raise ValueError(message)
    return session


def _figure(row: Mapping[str, str], column: str) -> Decimal:
    if not FIGURE.fullmatch(row[column]):
        message = f"{column!r} {row[column]!r} is no figure such as 12.5"
        raise ValueError(message)
    return Decimal(row[column])


def _clock(text: str) -> time:
    try:
        found = time.fromisoformat(text)
    except ValueError:
        message = f"'start_time' {text!r} is no time such as 18:00"
        raise ValueError(message) from None
    if found.tzinfo is not None:
        message = f"'start_time' {text!r} is local: without a zone"
        raise ValueError(message)
    return found
