"""What one feed's next run must know of the last: one small file, and never a secret in it.

A check beside the service keeps to the same limits: each takes over what the other has noted.
"""

import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import structlog
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from aggregator.feeds import TokenEncoding
from aggregator.sources.breaker import Breaker
from aggregator.sources.locking import alone_in

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
        self._state = (_read(path) if path else None) or _State()
        self._saved_at = float("-inf")
        self._file_as_saved: os.stat_result | None = None

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
        return self._credible(self._state.not_before)

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

    def asked(self, keep: int, *, at_once: bool = False) -> None:
        """Note that the server is asked now.

        Args:
            keep: how many such moments are needed at most.
            at_once: write it down before the request is sent, whatever becomes of the process.
        """
        self._state.asked_at = self._recent([*self._state.asked_at, self.now()])[-keep:]
        if at_once:
            self.save()
        else:
            self._changed()

    def _recent(self, moments: Iterable[datetime]) -> list[datetime]:
        now = self.now()
        return sorted(one for one in moments if now - LONGEST_WINDOW <= one <= now)

    def _credible(self, until: datetime | None) -> datetime | None:
        """Return the moment unless a clock that has been set since must have made it up."""
        return until if until and until <= self.now() + LONGEST_WINDOW else None

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

    def forget_documents(self) -> None:
        """Forget what was loaded, so that the next run fetches everything; limits stay."""
        self._state.last_full_at = self._state.last_pull_at = None
        self._state.validators.clear()
        self.save()

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
            with alone_in(self._path.parent):
                self._take_over(self._path)
                content = self._state.model_dump_json(exclude_defaults=True)
                part.write_text(content, encoding="utf-8")
                part.replace(self._path)
                self._file_as_saved = self._path.stat()
        except OSError as error:
            log.warning("memory not written", file=str(self._path), because=error.strerror)

    def _take_over(self, path: Path) -> None:
        """Add what another process has noted of its requests, and of what the server asked for."""
        if self._is_as_saved(path) or not (noted := _read(path)):
            return
        own = self._state
        both = Counter(own.asked_at) | Counter(noted.asked_at)
        own.asked_at = self._recent(both.elements())
        wishes = [self._credible(own.not_before), self._credible(noted.not_before)]
        own.not_before = max((one for one in wishes if one), default=None)

    def _is_as_saved(self, path: Path) -> bool:
        try:
            now, then = path.stat(), self._file_as_saved
        except FileNotFoundError:
            return True
        return then is not None and (now.st_ino, now.st_mtime_ns) == (then.st_ino, then.st_mtime_ns)


def _read(path: Path) -> _State | None:
    try:
        return _State.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        # The text of a ValidationError holds what it read; the kind of error is enough here.
        log.warning("memory started afresh", file=str(path), because=type(error).__name__)
        return None


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
