"""data/feeds/*.toml -> Feed: who publishes where, under which licence, how politely to ask."""

import re
import tomllib
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from aggregator.errors import FeedFileError

FEED_ID = r"^[a-z0-9][a-z0-9_]{1,63}$"
DURATION = re.compile(r"(\d+)\s*([smhd])")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class SourceKind(StrEnum):
    """How a feed is fetched."""

    OCPI_PULL = "ocpi_pull"  # an OCPI server: versions or bare module URLs, in pages
    OCPI_FILE = "ocpi_file"  # whole documents behind plain URLs, perhaps compressed


class OcpiVersion(StrEnum):
    """Versions that can be read; the dialects of 2.2 are read as 2.2.1."""

    V2_1_1 = "2.1.1"
    V2_2_1 = "2.2.1"
    V2_3_0 = "2.3.0"


class StatedPrices(StrEnum):
    """What is known about tax in a feed's prices, beyond what its records say.

    AS_STATED: nothing; the records decide. NET / GROSS: proven, see the feed's `prices_evidence`.
    UNCLEAR: the records contradict themselves, so neither reading may be trusted.
    """

    AS_STATED = "as_stated"
    NET = "net"
    GROSS = "gross"
    UNCLEAR = "unclear"


def _duration(value: object) -> object:
    match = DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        message = 'write a whole number and a unit: "30s", "15m", "6h" or "1d"'
        raise ValueError(message)
    return timedelta(seconds=int(match[1]) * SECONDS[match[2]])


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        message = f"{value!r} is no IANA time zone such as Europe/Stockholm"
        raise ValueError(message) from error
    return value


def _address(value: str) -> str:
    parts = urlsplit(value)
    _ = parts.port  # raises ValueError, in words, when it is no number
    if parts.username or parts.password:
        message = "no user or password in an address; name a variable with token_env"
        raise ValueError(message)
    return value


Duration = Annotated[
    timedelta, BeforeValidator(_duration), Field(ge=timedelta(seconds=10), le=timedelta(days=31))
]
Url = Annotated[
    str, Field(pattern=r"^https?://[^\s/$.?#][^\s]*$", max_length=2000), AfterValidator(_address)
]


class Feed(BaseModel):
    """One connection or file that carries the locations and tariffs of one or many operators."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    feed_id: Annotated[str, Field(pattern=FEED_ID)]
    name: str
    source: SourceKind
    ocpi_version: OcpiVersion | None = None
    versions_url: Url | None = None
    locations_url: Url | None = None
    tariffs_url: Url | None = None
    url: Url | None = None
    country_code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    party_id: Annotated[str, Field(pattern=r"^[A-Z0-9]{3}$")] | None = None
    operator_name: str | None = None
    time_zone: Annotated[str, AfterValidator(_time_zone)] | None = None
    token_env: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")] | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    every: Duration = timedelta(hours=6)
    pace_seconds: Annotated[float, Field(ge=0, le=3600)] = 0
    page_limit: Annotated[int, Field(ge=1, le=10_000)] = 500
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 30
    max_pages: Annotated[int, Field(ge=1, le=100_000)] = 5_000
    prices: StatedPrices = StatedPrices.AS_STATED
    prices_evidence: str | None = None
    licence: str
    licence_url: Url | None = None
    attribution: str | None = None
    documentation_url: Url | None = None
    enabled: bool = True
    verified: bool = False
    synthetic: bool = False
    allow_private: bool = False
    notes: str | None = None

    @property
    def source_url(self) -> str:
        """The address to name beside the feed's figures."""
        return self.versions_url or self.locations_url or self.url or self.tariffs_url or ""

    @model_validator(mode="after")
    def _has_an_address(self) -> Self:
        if not (self.versions_url or self.locations_url or self.url):
            message = "give versions_url, locations_url or url"
            raise ValueError(message)
        if self.source is SourceKind.OCPI_FILE and self.versions_url:
            message = 'versions_url goes with source = "ocpi_pull"'
            raise ValueError(message)
        if self.prices is not StatedPrices.AS_STATED and not self.prices_evidence:
            message = "prices needs prices_evidence: say how it is known"
            raise ValueError(message)
        return self


def load_feed(path: Path) -> Feed:
    """Return the feed of one TOML file; its id is the file's name.

    Raises:
        FeedFileError: one line that names the file, the key and what to do.
    """
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read as TOML: {error}"
        raise FeedFileError(message) from error
    try:
        return Feed.model_validate({**content, "feed_id": path.stem})
    except ValidationError as error:
        raise FeedFileError(
            f"{path}: " + "; ".join(_in_words(e) for e in error.errors())
        ) from error


def _in_words(error: object) -> str:
    assert isinstance(error, dict)  # noqa: S101 - pydantic's own error shape
    key = ".".join(str(part) for part in error["loc"]) or "file"
    if error["type"] == "extra_forbidden":
        return f"unknown key '{key}': remove it or correct its spelling"
    if error["type"] == "missing":
        return f"key '{key}' is missing"
    if key == "feed_id":
        return "rename the file: small letters, digits and _ only, two characters at least"
    return f"key '{key}': {error['msg'].removeprefix('Value error, ')}"


def load_feeds(folder: Path) -> tuple[dict[str, Feed], list[FeedFileError]]:
    """Return the feeds of a folder by id, and the errors of files that cannot be used.

    One bad file costs only itself.
    """
    feeds, errors = {}, []
    for path in sorted(folder.glob("*.toml")):
        try:
            feeds[path.stem] = load_feed(path)
        except FeedFileError as error:
            errors.append(error)
    return feeds, errors
