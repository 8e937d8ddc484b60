"""What the harvester is doing and when each feed is due: a small file beside the warehouse.

Readers never open the warehouse, so the harvester leaves this for the dashboard and `feeds list`.
"""

from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import BaseModel, Field, ValidationError

from aggregator.store.pointer import replace_file

STATUS = "status.json"


class FeedStatus(BaseModel):
    """One feed's schedule and last outcome. Times are UTC.

    outcome: ok; attention (came only in part, was held, or was mostly refused); failed (nothing
        came); None before the first run.
    """

    name: str
    synthetic: bool = False
    every_seconds: int | None = None
    running_since: datetime | None = None
    last_run_at: datetime | None = None
    last_success_at: datetime | None = None
    outcome: str | None = None
    message: str | None = None
    next_run_at: datetime | None = None


class HarvestStatus(BaseModel):
    """The state of all feeds at one moment."""

    updated_at: datetime
    feeds: dict[str, FeedStatus] = Field(default_factory=dict)

    @classmethod
    def read(cls, home: Path) -> Self | None:
        """Return the last written state, or None when there is none that can be read."""
        try:
            return cls.model_validate_json((home / STATUS).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def write(self, home: Path) -> None:
        """Replace the state that readers see."""
        replace_file(home / STATUS, self.model_dump_json(indent=2))
