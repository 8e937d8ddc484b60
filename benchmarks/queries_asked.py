"""What is asked of the made-up snapshot: by chance, but the same each time."""

from collections.abc import Callable
from math import ceil
from random import Random

import duckdb

from aggregator.store.pointer import Snapshot
from aggregator.store.queries import ConnectorKey, Near, PriceSpread, Reader
from aggregator.store.warehouse import attach
from benchmarks.queries_snapshot import ALPHA_3, METHODS

SEED = 1
SESSIONS = ("ac", "dc", "hpc")
CLASSES = ("ac", "mid", "dc", "hpc")
RADIUS_KM = 10.0
WIDE_KM = (25.0, 50.0)
PLACES = """
    select latitude, longitude
    from mart.location
    using sample reservoir (200 rows) repeatable (1)
"""
# Every fourth of them has named other tariffs before.
KEYS = """
    select feed, country_code, party_id, location_id, evse_uid, connector_id
    from (from mart.connector using sample reservoir (150 rows) repeatable (1))
    union all
    select feed, country_code, party_id, location_id, evse_uid, connector_id
    from (from mart.link_version using sample reservoir (50 rows) repeatable (1))
"""
Question = Callable[[Reader], object]


def questions(snapshot: Snapshot, count: int) -> dict[str, list[Question]]:
    """Return so many questions of each kind."""
    chance = Random(SEED)
    with duckdb.connect() as connection:
        attach(connection, snapshot.path, "snapshot", read_only=True)
        connection.execute("use snapshot")
        places = connection.execute(PLACES).fetchall()
        keys = connection.execute(KEYS).fetchall()
    return {
        "price_spread": [_spread(chance) for _ in range(count)],
        "cheapest_near": [_near(chance, chance.choice(places), RADIUS_KM) for _ in range(count)],
        "cheapest_wide": [
            _near(chance, chance.choice(places), chance.choice(WIDE_KM)) for _ in range(count)
        ],
        "region_medians": [_medians(chance) for _ in range(count)],
        "price_history": [_history(ConnectorKey(*chance.choice(keys))) for _ in range(count)],
    }


def percentile_ms(seconds: list[float], percent: int) -> float:
    """Return the least value, in milliseconds, that so many per cent do not exceed.

    >>> percentile_ms([0.003, 0.001, 0.002, 0.004], 50)
    2.0
    """
    return round(sorted(seconds)[max(0, ceil(len(seconds) * percent / 100) - 1)] * 1_000, 1)


def _spread(chance: Random) -> Question:
    region = f"Region {chance.randrange(12)}" if chance.random() < 0.5 else None
    asked = PriceSpread(
        chance.choice(ALPHA_3),
        chance.choice(CLASSES),
        chance.choice(METHODS),
        chance.choice(SESSIONS),
        region,
    )
    return lambda reader: reader.price_spread(asked)


def _near(chance: Random, place: tuple[float, float], radius_km: float) -> Question:
    methods = tuple(chance.sample(METHODS, chance.randint(1, 3)))
    session = chance.choice(SESSIONS)
    asked = Near(*place, radius_km, methods, session, limit=100)
    return lambda reader: reader.cheapest_near(asked)


def _medians(chance: Random) -> Question:
    method = chance.choice(METHODS)
    return lambda reader: reader.region_medians(method)


def _history(connector: ConnectorKey) -> Question:
    return lambda reader: reader.price_history(connector)
