"""core -> normalise -> price -> one read-only snapshot file, swapped in atomically.

Whatever is equal is worked out once: distinct price lists, zones, capabilities; then joined back.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog

from aggregator.config import Settings
from aggregator.normalise.payment import FREE, load_methods, payments
from aggregator.normalise.time_zone import local_zone
from aggregator.publish.identity import match_evses, name_operators
from aggregator.publish.quoting import quoted
from aggregator.stages import timed
from aggregator.store import marts
from aggregator.store.origin import origin_of
from aggregator.store.pointer import Snapshot
from aggregator.store.snapshot import write_snapshot
from aggregator.store.warehouse import (
    WRITING,
    Connection,
    cursor,
    path_of,
    telling,
    with_little_memory,
)

log = structlog.get_logger(__name__)


def publish(connection: Connection, settings: Settings) -> Snapshot:
    """Build a snapshot of everything known now and make it the current one."""
    own = cursor(connection)
    try:
        with WRITING, telling(path_of(own)):
            build = partial(_build, own, settings, datetime.now(UTC))
            rows, most = marts.size(own), int(settings.memory_limit)
            snapshot = with_little_memory(own, rows, most, build)
    finally:
        own.close()
    log.info("published", snapshot=snapshot.snapshot_id, rows=snapshot.rows)
    return snapshot


def _build(connection: Connection, settings: Settings, now: datetime) -> Snapshot:
    reference = settings.reference_folder
    origin = origin_of(connection, settings)  # first: what is changed meanwhile is news
    with timed("gather"):
        marts.prepare(connection)
        marts.add_places(connection, _placed(marts.places(connection)))
        marts.gather(connection, now)
        name_operators(connection, settings.operators_folder)
    with timed("price"):
        marts.add_quotes(connection, quoted(marts.quote_keys(connection), reference, now.date()))
    with timed("gather"):
        match_evses(connection, reference)
        marts.add_payments(connection, _paid(marts.payment_keys(connection), reference))
    with timed("write"):
        return write_snapshot(connection, settings.snapshots_folder, now, origin)


def _placed(places: Iterable[marts.Row]) -> Iterator[marts.Row]:
    for stated, latitude, longitude in places:
        yield (stated, latitude, longitude, *local_zone(stated, latitude, longitude))


def _paid(keys: Iterable[marts.Row], reference: Path) -> Iterator[marts.Row]:
    methods = load_methods(reference)
    for capabilities, tariff_type in keys:
        yield (capabilities, tariff_type, True, FREE.method, FREE.certainty)
        for way in payments(capabilities, tariff_type, methods):
            yield (capabilities, tariff_type, False, way.method, way.certainty)
