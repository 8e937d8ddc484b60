"""The sessions by which prices are compared: data/reference/sessions.csv."""

import csv
from datetime import time
from decimal import Decimal
from pathlib import Path

from aggregator.domain.session import ReferenceSession
from aggregator.domain.tariff import Weekday


def load_sessions(folder: Path) -> list[ReferenceSession]:
    """Return the reference sessions of data/reference/sessions.csv."""
    with (folder / "sessions.csv").open(encoding="utf-8", newline="") as file:
        return [
            ReferenceSession(
                code=row["code"],
                energy_kwh=Decimal(row["energy_kwh"]),
                charging_minutes=Decimal(row["charging_minutes"]),
                parking_minutes=Decimal(row["parking_minutes"]),
                start_weekday=Weekday(row["start_weekday"]),
                start_time=time.fromisoformat(row["start_time"]),
            )
            for row in csv.DictReader(file)
        ]
