"""What visitors look at: another place, charge and way to pay each time, so none is in memory."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from aggregator.store.queries import Near, Reader, current_reader
from benchmarks.dashboard_visitors import Click
from dashboard.choosing.filters import METHODS
from dashboard.choosing.station_link import station_id

SEED = 1
PLACES = 200
RADIUS_KM = 25.0
SHARES = {"compare": 15, "station": 3, "plans": 2}


def some(snapshots_folder: Path, count: int) -> dict[str, list[Click]]:
    """Return so many clicks on each page."""
    reader = current_reader(snapshots_folder)
    if reader is None:
        nothing = "nothing has been published"
        raise RuntimeError(nothing)
    chance = Random(SEED)
    return {
        "compare": _compare(reader, chance, count),
        "station": _station(reader, chance, count),
        "plans": [
            Click("plans", {"kwh": str(kwh)}) for kwh in chance.sample(range(50, 500), count)
        ],
    }


def mixed(asked: Mapping[str, Sequence[Click]]) -> list[Click]:
    """Return the clicks of all pages, each page as often as people look at it."""
    return [click for page, share in SHARES.items() for click in asked[page] for _ in range(share)]


def _compare(reader: Reader, chance: Random, count: int) -> list[Click]:
    places = [row["place"] for row in reader.largest_places(None, PLACES)]
    return [
        Click(
            "",
            {
                "place": chance.choice(places),
                "kwh": str(chance.randrange(10, 80)),
                "pay": chance.choice(list(METHODS)),
            },
        )
        for _ in range(count)
    ]


def _station(reader: Reader, chance: Random, count: int) -> list[Click]:
    place = reader.largest_places(None, 1)[0]
    near = Near(place["latitude"], place["longitude"], RADIUS_KM, METHODS["any"], "dc", limit=500)
    rows = reader.cheapest_near(near)
    return [
        Click(
            "station", {"id": station_id(chance.choice(rows)), "kwh": str(chance.randrange(10, 80))}
        )
        for _ in range(count)
    ]
