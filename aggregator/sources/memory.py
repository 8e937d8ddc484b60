"""What one feed's next run must know of the last: one small file, and never a secret in it."""

import hashlib
import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import structlog
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from aggregator.feeds import TokenEncoding
from aggregator.sources.breaker import Breaker

log = structlog.get_logger(__name__)
SHORTEST_SAVE_SECONDS = 1.0
MOST_ADDRESSES = 500
LONGEST_VALIDATOR = 500
VALIDATORS = {"etag": "if-none-match", "last-modified": "if-modified-since"}
LONGEST_WINDOW = timedelta(days=1)
Value = TypeVar("Value")


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class _State(BaseModel):
    """The file. Addresses stand there as digests, for somebody may have put a key into one."""

    last_full_at: AwareDatetime | None = None
    last_pull_at: AwareDatetime | None = None
    not_before: AwareDatetime | None = None
    asked_at: list[AwareDatetime] = Field(default_factory=list)
    encodings: dict[str, TokenEncoding] = Field(default_factory=dict)
    validators: dict[str, dict[str, str]] = Field(default_factory=dict)
    breaker: Breaker = Field(default_factory=Breaker)


class FeedMemory:
    """What must outlive a run. path: None for a memory that ends with the process."""

    def __init__(self, path: Path | None = None, *, now: Callable[[], datetime] = utc_now) -> None:
        self.now = now
        self._path = path
        self._state = _read(path) if path else _State()
        self._saved_at = float("-inf")

    @property
    def last_full_at(self) -> datetime | None:
        """When everything was last fetched."""
        return self._state.last_full_at

    @last_full_at.setter
    def last_full_at(self, moment: datetime | None) -> None:
        self._state.last_full_at = moment
        self._changed()

    @property
    def last_pull_at(self) -> datetime | None:
        """Up to when changes are known."""
        return self._state.last_pull_at

    @last_pull_at.setter
    def last_pull_at(self, moment: datetime | None) -> None:
        self._state.last_pull_at = moment
        self._changed()

    @property
    def not_before(self) -> datetime | None:
        """Until when the server asked us to stay away; None when that is over a day ahead."""
        moment = self._state.not_before
        return moment if moment and moment <= self.now() + LONGEST_WINDOW else None

    @not_before.setter
    def not_before(self, moment: datetime | None) -> None:
        self._state.not_before = moment
        self._changed()

    @property
    def breaker(self) -> Breaker:
        """How the runs before this one went; whoever changes it calls `save`."""
        return self._state.breaker

    @property
    def asked_at(self) -> tuple[datetime, ...]:
        """When the server was asked, oldest first; the last day at most.

        A moment to come is that of a clock that was wrong and has been set since.
        """
        now = self.now()
        return tuple(moment for moment in self._state.asked_at if moment <= now)

    def asked(self, keep: int) -> None:
        """Note that the server is asked now. keep: how many such moments are needed at most."""
        now = self.now()
        recent = [moment for moment in self.asked_at if now - moment <= LONGEST_WINDOW]
        self._state.asked_at = [*recent, now][-keep:]
        self._changed()

    def encoding(self, url: str) -> TokenEncoding | None:
        """Return how the token was last written for an address and was accepted."""
        return self._state.encodings.get(_path_key(url))

    def remember_encoding(self, url: str, encoding: TokenEncoding) -> None:
        """Note how the token is to be written for an address, whatever its query."""
        _put(self._state.encodings, _path_key(url), encoding)
        self._changed()

    def validators(self, url: str) -> dict[str, str]:
        """Return the headers that ask whether a document has changed since it was loaded."""
        return dict(self._state.validators.get(_key(url), {}))

    def remember_validators(self, url: str, headers: Mapping[str, str]) -> None:
        """Note which state of a document was loaded. headers: those it came with."""
        found = {
            asks: value
            for says, asks in VALIDATORS.items()
            if (value := headers.get(says, "").strip()) and _fits(value)
        }
        self._state.validators.pop(_key(url), None)
        if found:
            _put(self._state.validators, _key(url), found)
        self._changed()

    def _changed(self) -> None:
        if time.monotonic() - self._saved_at >= SHORTEST_SAVE_SECONDS:
            self.save()

    def save(self) -> None:
        """Write the file now; readers see the old one or the new one, whole."""
        if self._path is None:
            return
        self._saved_at = time.monotonic()
        part = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(self._state.model_dump_json(exclude_defaults=True), encoding="utf-8")
            part.replace(self._path)
        except OSError as error:
            log.warning("memory not written", file=str(self._path), because=error.strerror)


def _read(path: Path) -> _State:
    try:
        return _State.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return _State()
    except (OSError, ValidationError) as error:
        # The text of a ValidationError holds what it read; the kind of error is enough here.
        log.warning("memory started afresh", file=str(path), because=type(error).__name__)
        return _State()


def _key(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:24]


def _path_key(url: str) -> str:
    return _key(urlsplit(url).path.rstrip("/"))


def _put(entries: dict[str, Value], key: str, value: Value) -> None:
    entries.pop(key, None)
    entries[key] = value
    while len(entries) > MOST_ADDRESSES:
        del entries[next(iter(entries))]


def _fits(value: str) -> bool:
    return len(value) <= LONGEST_VALIDATOR and value.isascii() and value.isprintable()
