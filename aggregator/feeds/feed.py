"""What one feed file may say; an unknown key is an error."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from aggregator.feeds.access import BasicLogin, TokenEncoding
from aggregator.feeds.layout import Layout
from aggregator.feeds.paging import Paging
from aggregator.feeds.values import (
    Duration,
    FeedId,
    HeaderName,
    HeaderValue,
    JsonPath,
    Party,
    TimeZone,
    Url,
    UrlOfOne,
    Variable,
)
from aggregator.feeds.versions import OcpiVersion


class SourceKind(StrEnum):
    """How a feed is fetched."""

    OCPI_PULL = "ocpi_pull"  # an OCPI server: versions or bare module URLs, in pages
    OCPI_FILE = "ocpi_file"  # whole documents behind plain URLs, perhaps compressed


class StatedPrices(StrEnum):
    """What is known about tax in a feed's prices, beyond what its records say.

    AS_STATED: nothing; the records decide. NET / GROSS: proven, see the feed's `prices_evidence`.
    UNCLEAR: the records contradict themselves, so neither reading may be trusted.
    """

    AS_STATED = "as_stated"
    NET = "net"
    GROSS = "gross"
    UNCLEAR = "unclear"


class Feed(BaseModel):
    """One connection or file that carries the locations and tariffs of one or many operators.

    Each key is described where feeds are explained to people: data/feeds/README.md.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    # What it is
    feed_id: FeedId
    name: str
    source: SourceKind
    licence: str
    licence_url: Url | None = None
    attribution: str | None = None
    documentation_url: Url | None = None
    notes: str | None = None
    enabled: bool = True
    verified: bool = False
    synthetic: bool = False
    priority: Annotated[int, Field(ge=0, le=100)] = 50

    # Where it is
    versions_url: Url | None = None
    locations_url: Url | None = None
    tariffs_url: Url | None = None
    tariff_url: UrlOfOne | None = None
    url: Url | None = None
    ocpi_version: OcpiVersion | None = None
    allow_private: bool = False

    # How to get in
    token_env: Variable | None = None
    token_encoding: TokenEncoding = TokenEncoding.AUTO
    secret_headers: dict[HeaderName, Variable] = Field(default_factory=dict)
    secret_query: dict[str, Variable] = Field(default_factory=dict)
    basic: BasicLogin | None = None
    headers: dict[HeaderName, HeaderValue] = Field(default_factory=dict)
    handshake: bool = False
    ocpi_from: Party | None = None
    ocpi_to: Party | None = None

    # How often, and how politely
    every: Duration = timedelta(hours=6)
    incremental: bool = False
    full_every: Duration = timedelta(days=1)
    pace_seconds: Annotated[float, Field(ge=0, le=3600)] = 0
    concurrency: Annotated[int, Field(ge=1, le=16)] = 2
    requests_per_hour: Annotated[int, Field(ge=1)] | None = None
    requests_per_day: Annotated[int, Field(ge=1)] | None = None
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 30
    run_minutes: Annotated[int, Field(ge=1, le=1440)] = 120
    max_run_mb: Annotated[int, Field(ge=1, le=100_000)] = 4_000

    # How its pages follow each other
    paging: Paging = Paging.AUTO
    page_limit: Annotated[int, Field(ge=1, le=10_000)] = 500
    max_pages: Annotated[int, Field(ge=1, le=100_000)] = 5_000
    cursor_at: JsonPath | None = None
    cursor_parameter: str | None = None

    # How to read it
    country_code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    party_id: Annotated[str, Field(pattern=r"^[A-Z0-9]{3}$")] | None = None
    operator_name: str | None = None
    time_zone: TimeZone | None = None
    prices: StatedPrices = StatedPrices.AS_STATED
    prices_evidence: str | None = None
    layout: Layout = Layout()
    tariffs_from: tuple[FeedId, ...] = ()

    @property
    def source_url(self) -> str:
        """The address to name beside the feed's figures."""
        return self.versions_url or self.locations_url or self.url or self.tariffs_url or ""

    @property
    def urls(self) -> tuple[str, ...]:
        """Every address that the file names: their hosts, and no others, are asked."""
        named = (
            self.versions_url,
            self.locations_url,
            self.tariffs_url,
            self.tariff_url,
            self.url,
        )
        return tuple(url for url in named if url)

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of every secret that the file asks for."""
        basic = (self.basic.user_env, self.basic.password_env) if self.basic else ()
        token = (self.token_env,) if self.token_env else ()
        return (*token, *self.secret_headers.values(), *self.secret_query.values(), *basic)

    @model_validator(mode="after")
    def _has_an_address(self) -> Self:
        if not (self.versions_url or self.locations_url or self.url):
            message = "give versions_url, locations_url or url"
            raise ValueError(message)
        if self.source is SourceKind.OCPI_FILE and self.versions_url:
            message = 'versions_url goes with source = "ocpi_pull"'
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _says_enough(self) -> Self:
        if self.prices is not StatedPrices.AS_STATED and not self.prices_evidence:
            message = "prices needs prices_evidence: say how it is known"
            raise ValueError(message)
        if self.handshake and not (self.versions_url and self.token_env):
            message = "handshake needs versions_url and token_env, which names the first token"
            raise ValueError(message)
        if self.paging is Paging.CURSOR and not self.cursor_at:
            message = 'paging = "cursor" needs cursor_at: where the body names the next page'
            raise ValueError(message)
        if self.incremental and self.source is not SourceKind.OCPI_PULL:
            message = 'incremental goes with source = "ocpi_pull"'
            raise ValueError(message)
        return self
