"""Secrets: from the environment or a file that nobody else can read, and out of all that is said.

The credentials that handshakes brought have a file of their own, which is written here.
"""

import base64
import json
import os
import re
import shlex
import stat
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Self
from urllib.parse import quote, quote_plus

import msgspec

from aggregator.errors import ConfigError

HIDDEN = "***"
SHORT = 4  # characters; what is shorter is hidden only where it stands alone
LONG = 8  # bytes; what is longer is found within encoded text as well
PERCENT_CODE = re.compile("%[0-9A-F]{2}")


class Secrets:
    """Secrets by name: the environment's first, then the file's, then those remembered."""

    def __init__(self, values: dict[str, str], path: Path | None = None) -> None:
        self._path = path
        self._values: dict[str, str] = {}
        self._known: tuple[str, ...] = ()
        for name, value in values.items():
            self.remember(name, value)

    @classmethod
    def load(cls, path: Path | None) -> Self:
        """Return the secrets of a file, where it is there, and of the environment.

        Raises:
            ConfigError: others can read the file, or it is no list of NAME = "value".
        """
        content = read_private(path) if path else None
        if content is None:
            return cls({}, path)
        try:
            values = tomllib.loads(content.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            where = re.search(r"at line \d+", str(error))
            message = f"{path}: is no TOML{f' ({where[0]})' if where else ''}"
            raise ConfigError(message) from None  # the cause may quote a secret
        for name, value in values.items():
            if not isinstance(value, str):
                message = f'{path}: {name} must be text: {name} = "..."'
                raise ConfigError(message)
            _refuse_control_characters(value, f"{name} in {path}")
        return cls(values, path)

    def get(self, name: str) -> str:
        """Return a secret.

        Raises:
            ConfigError: it is in neither place, or it holds control characters.
        """
        value = os.environ.get(name, "").strip() or self._values.get(name, "")
        if not value:
            place = f"or in {self._path}" if self._path else "(no secrets file is set)"
            message = f"the secret {name} is missing: set it in the environment {place}"
            raise ConfigError(message)
        _refuse_control_characters(value, name)
        self._know(value)
        return value

    def known(self) -> tuple[str, ...]:
        """Return all values that have been seen so far."""
        return self._known

    def remember(self, name: str, value: str) -> None:
        """Note a secret that came another way, to hide it from now on; `get` finds it too."""
        if value.strip():
            self._values[name] = value.strip()
            self._know(value.strip())

    def _know(self, value: str) -> None:
        if value not in self._known:
            self._known = (*self._known, value)

    def redact(self, text: str) -> str:
        """Return a text with *** for each known secret, however it is spelled there."""
        spans = sorted(
            found.span()
            for value in self._known
            for spelling in _spellings(value)
            for found in spelling.finditer(text)
        )
        parts, done, hidden_to = [], 0, -1
        for start, end in spans:
            if start >= hidden_to:  # else the secrets overlap and are hidden as one
                parts += [text[done:start], HIDDEN]
            done = hidden_to = max(hidden_to, end)
        return "".join([*parts, text[done:]])


def _refuse_control_characters(value: str, name: str) -> None:
    if not value.isprintable():
        message = f"{name}: holds control characters, perhaps a line break; write it again"
        raise ConfigError(message)


@lru_cache(maxsize=1_000)
def _spellings(value: str) -> tuple[re.Pattern[str], ...]:
    """Return what finds a secret: plain, in JSON, in an address, in base64."""
    spelled = {value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}
    spelled |= {quote(value), quote(value, safe=""), quote_plus(value)}
    spelled |= {PERCENT_CODE.sub(lambda code: code[0].lower(), one) for one in spelled}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        spelled |= set(_encoded(value.encode(), encode))
    alone = (rf"(?<!\w){re.escape(one)}(?!\w)" for one in spelled if len(one) < SHORT)
    anywhere = (re.escape(one) for one in spelled if len(one) >= SHORT)
    return tuple(re.compile(one) for one in (*alone, *anywhere))


def _encoded(value: bytes, encode: Callable[[bytes], bytes]) -> Iterator[str]:
    """Yield base64 of a secret, and what it always looks like within something longer."""
    whole = encode(value).decode()
    yield from (whole, whole.rstrip("="))
    if len(value) >= LONG:
        for before in range(3):
            whole = encode(bytes(before) + value).decode()
            end = len(whole) - (0, 3, 2)[(before + len(value)) % 3]
            yield whole[(0, 2, 3)[before] : end]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a handshake brought. token: ours to use; our_token: what they use with us.

    endpoint: the other side's credentials endpoint.
    """

    token: str = field(repr=False)
    our_token: str = field(repr=False)
    versions_url: str
    endpoint: str
    ocpi_version: str
    encoding: str
    country_code: str
    party_id: str
    registered_at: datetime


class CredentialsFile:
    """The credentials of each feed, in one file that nobody else can read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    def get(self, feed_id: str) -> Credentials | None:
        """Return what the handshake with a feed's server brought, None where there was none.

        Raises:
            ConfigError: the file cannot be read, or others can read it too.
        """
        return self._read().get(feed_id)

    def keep(self, feed_id: str, credentials: Credentials) -> None:
        """Keep what a handshake brought, in place of what an earlier one did.

        Raises:
            ConfigError: the file cannot be read or written, or others can read it.
        """
        with self._lock:
            self._write(self._read() | {feed_id: credentials})

    def forget(self, feed_id: str) -> None:
        """Forget a feed's credentials, where there are any.

        Raises:
            ConfigError: the file cannot be read or written, or others can read it.
        """
        with self._lock:
            kept = self._read()
            if kept.pop(feed_id, None):
                self._write(kept)

    def _read(self) -> dict[str, Credentials]:
        content = read_private(self._path)
        if content is None:
            return {}
        try:
            return msgspec.json.decode(content, type=dict[str, Credentials])
        except msgspec.MsgspecError as error:
            message = f"{self._path}: cannot be understood: {error}; restore it or register again"
            raise ConfigError(message) from error

    def _write(self, credentials: dict[str, Credentials]) -> None:
        content = msgspec.json.format(msgspec.json.encode(credentials), indent=2)
        part = self._path.with_name(f"{self._path.name}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)  # of a crash
            with open(part, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
            _sync_folder(self._path.parent)
        except OSError as error:
            message = f"{self._path}: cannot be written: {error.strerror}"
            raise ConfigError(message) from error


def _sync_folder(folder: Path) -> None:
    """Make the new name last; a file system that cannot do so does it in its own time."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_private(path: Path) -> bytes | None:
    """Return what a file holds, None where there is none.

    Raises:
        ConfigError: it cannot be read, or its group or others may do something with it.
    """
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if os.name == "posix" and mode & 0o077:
                message = f"{path}: others can read it; run: chmod 600 {shlex.quote(str(path))}"
                raise ConfigError(message)
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise ConfigError(message) from error
