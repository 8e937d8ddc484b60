"""The sessions by which prices are compared: data/reference/sessions.csv, and the user's own."""

import csv
import re
from collections.abc import Iterator
from datetime import time
from decimal import Decimal, InvalidOperation
from pathlib import Path

from aggregator.domain.session import ReferenceSession
from aggregator.domain.tariff import Weekday
from aggregator.errors import ReferenceFileError

FILE_NAME = "sessions.csv"
COLUMNS = (
    *("code", "energy_kwh", "charging_minutes", "parking_minutes"),
    *("start_weekday", "start_time"),
)
NEEDED = ("ac", "dc", "hpc", "idle")
"""Whose totals stand in every offer."""

CODE = re.compile(r"[a-z][a-z0-9_]{0,30}")
FIGURE = re.compile(r"\d{1,6}(\.\d{1,3})?")
MOST = 50


def load_sessions(folder: Path, own: Path | None = None) -> list[ReferenceSession]:
    """Return the reference sessions of a folder, and after them those of the user's own file.

    own: a file of the same columns with codes of its own; it need not exist.

    Raises:
        ReferenceFileError: a file cannot be used; one line that names every line at fault.
    """
    path = folder / FILE_NAME
    found = _read(path, set())
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


def _read(path: Path, taken: set[str]) -> list[ReferenceSession]:
    """Return the sessions of a file. taken: codes that it may not use."""
    codes, sessions, faults = set(taken), [], []
    for line, row in _rows(path):
        try:
            session = _session(row)
            if session.code in codes:
                message = f"'code' {session.code!r} stands there already"
                raise ValueError(message)
            codes.add(session.code)
            sessions.append(session)
        except (ValueError, InvalidOperation) as error:
            faults.append(f"line {line}: {error}")
    if faults:
        message = f"{path}: {'; '.join(faults)}"
        raise ReferenceFileError(message)
    return sessions


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV file with their lines."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="more", restval="", strict=True)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                message = f"the columns must be {','.join(COLUMNS)}"
                raise ValueError(message)
            for row in reader:
                yield reader.line_num, {name: str(value).strip() for name, value in row.items()}
    except (OSError, ValueError, csv.Error) as error:
        message = f"{path}: cannot be read: {error}"
        raise ReferenceFileError(message) from error


def _session(row: dict[str, str]) -> ReferenceSession:
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


def _figure(row: dict[str, str], column: str) -> Decimal:
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
