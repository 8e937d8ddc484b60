"""Settings from KLARPRIS_* variables or klarpris.toml; secrets come from elsewhere."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Self

import platformdirs
from pydantic import AfterValidator, ByteSize, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from aggregator.errors import SettingsError


def _shipped_data() -> Path:
    """Return the folder of feeds and reference data: the checkout's, else the wheel's."""
    package = Path(__file__).resolve().parent
    checkout = package.parent / "data"
    return checkout if (checkout / "feeds").is_dir() else package / "data"


UserPath = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]
PublicUrl = Annotated[str, Field(pattern=r"^(https?://[^\s/?#@]+(/[^\s?#]*)?)?$", max_length=200)]
"""Where other parties reach our OCPI server; what stands before /ocpi/versions. May be empty."""

OurParty = Annotated[str, Field(pattern=r"^([A-Z]{2}\*[A-Z0-9]{3})?$")]
"""Our country code and party id, as `SE*KLA`. May be empty."""

KeptDays = Annotated[int, Field(ge=0, le=36_500)]
"""Days for which what is over stays in the warehouse; 0: for ever."""


class Settings(BaseSettings):
    """Every setting with its default; `home` is where everything is kept that Klarpris writes."""

    model_config = SettingsConfigDict(
        env_prefix="KLARPRIS_", toml_file="klarpris.toml", extra="forbid", frozen=True
    )

    home: UserPath = Path(platformdirs.user_data_dir("klarpris", appauthor=False))
    data: UserPath = Field(default_factory=_shipped_data)
    feeds: UserPath | None = None
    contact: str = ""
    harvest_concurrency: Annotated[int, Field(ge=1, le=64)] = 4
    max_document_mb: Annotated[int, Field(ge=1, le=4096)] = 512
    publish_interval_seconds: Annotated[int, Field(ge=0)] = 300
    memory_limit: Annotated[ByteSize, Field(ge=128_000_000)] = ByteSize(1_000_000_000)
    shrink_percent: Annotated[float, Field(ge=0, le=100)] = 20
    shrink_records: Annotated[int, Field(ge=1)] = 20
    archive_days: Annotated[int, Field(ge=0)] = 30
    archive_mb: Annotated[int, Field(ge=0)] = 2_000
    keep_prices_days: KeptDays = 0
    keep_status_days: KeptDays = 90
    keep_runs_days: KeptDays = 400
    keep_rejections_days: KeptDays = 400
    secrets_file: UserPath | None = None
    ocpi_party: OurParty = ""
    public_url: PublicUrl = ""
    receiver_host: str = "127.0.0.1"
    receiver_port: Annotated[int, Field(ge=0, le=65535)] = 8502
    demo: bool = False

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Look at arguments first, then the environment, then klarpris.toml."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def feeds_folder(self) -> Path:
        """Where the feed files are."""
        return self.feeds or self.data / "feeds"

    @property
    def operators_folder(self) -> Path:
        """Where the operator files are."""
        return self.data / "operators"

    @property
    def plans_folder(self) -> Path:
        """Where the shipped plan files are."""
        return self.data / "plans"

    @property
    def own_plans_folder(self) -> Path:
        """Where the user's own plan files are."""
        return self.home / "plans"

    @property
    def reference_folder(self) -> Path:
        """Where the reference tables are."""
        return self.data / "reference"

    @property
    def own_sessions_path(self) -> Path:
        """The sessions by which the user compares prices, besides the shipped ones."""
        return self.home / "sessions.csv"

    @property
    def regions_folder(self) -> Path:
        """Where the shipped borders are."""
        return self.data / "regions"

    @property
    def imported_regions_folder(self) -> Path:
        """Where the regions are that the user imported."""
        return self.home / "regions"

    @property
    def warehouse_path(self) -> Path:
        """The file that only the harvester opens."""
        return self.home / "warehouse.duckdb"

    @property
    def backups_folder(self) -> Path:
        """Where backups are written to when no file is named."""
        return self.home / "backups"

    @property
    def memory_folder(self) -> Path:
        """What each feed's next run must know of the last."""
        return self.home / "feeds-state"

    @property
    def snapshots_folder(self) -> Path:
        """Where published snapshots and their pointer are."""
        return self.home / "snapshots"

    @property
    def rates_folder(self) -> Path:
        """Where exchange rates are kept that are newer than those of the program."""
        return self.home / "rates"

    @property
    def archive_folder(self) -> Path:
        """Where each run's documents are kept as they came."""
        return self.home / "archive"

    @property
    def secrets_path(self) -> Path:
        """The file of secrets that the environment does not hold."""
        return self.secrets_file or self.home / "secrets.toml"

    @property
    def credentials_path(self) -> Path:
        """The file of what handshakes brought; nobody else may read it."""
        return self.home / "credentials.json"

    def for_demo(self) -> Self:
        """Return the settings of the demonstration: a home and feeds of its own."""
        if self.demo:
            return self
        home = self.home / "demo"
        return self.model_copy(update={"home": home, "feeds": home / "feeds", "demo": True})


@cache
def settings() -> Settings:
    """Return the settings of this process.

    Raises:
        SettingsError: one line that names what is wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()
        )
        message = f"settings (KLARPRIS_* or klarpris.toml): {wrong}"
        raise SettingsError(message) from error
    except tomllib.TOMLDecodeError as error:
        message = f"klarpris.toml cannot be read: {error}"
        raise SettingsError(message) from error
