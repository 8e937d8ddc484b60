"""What every harvest has at hand: bounds, archive, secrets, and what the last runs left."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from aggregator.config import Settings
from aggregator.sources.archive import Archive
from aggregator.sources.memory import FeedMemory
from aggregator.sources.secrets import Credentials, CredentialsFile, Secrets
from aggregator.store.shrink import HOLDS_EMPTY, ShrinkGuard

BYTES_PER_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Equipment:
    """Bounds and belongings of a harvest.

    concurrency: feeds at once. guard: what may end without a person's word.
    archive, credentials, memory_folder: None where nothing is kept.
    """

    concurrency: int
    max_document_bytes: int
    contact: str = ""
    secrets: Secrets = field(default_factory=lambda: Secrets({}))
    archive: Archive | None = None
    credentials: CredentialsFile | None = None
    memory_folder: Path | None = None
    guard: ShrinkGuard = field(default_factory=ShrinkGuard)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return what the settings state.

        Raises:
            ConfigError: the secrets file can be read by others, or makes no sense.
        """
        return cls(
            concurrency=settings.harvest_concurrency,
            max_document_bytes=settings.max_document_mb * BYTES_PER_MB,
            contact=settings.contact,
            secrets=Secrets.load(settings.secrets_path),
            archive=Archive(settings.archive_folder, settings.archive_days, settings.archive_mb),
            credentials=CredentialsFile(settings.credentials_path),
            memory_folder=settings.memory_folder,
            guard=_guard(settings),
        )

    def memory(self, feed_id: str) -> FeedMemory:
        """Return what the runs before left about a feed."""
        folder = self.memory_folder
        return FeedMemory(folder / f"{feed_id}.json" if folder else None)

    def credentials_of(self, feed_id: str) -> Credentials | None:
        """Return what a handshake brought."""
        return self.credentials.get(feed_id) if self.credentials else None


def _guard(settings: Settings) -> ShrinkGuard:
    """Return what the settings state; a simulation may change its size as it likes."""
    if settings.demo:
        return HOLDS_EMPTY
    return ShrinkGuard(settings.shrink_percent / 100, settings.shrink_records)
