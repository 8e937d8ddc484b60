"""core -> normalise -> price -> one read-only snapshot file, swapped in atomically.

Whatever is equal is worked out once: distinct price lists, zones, capabilities; then joined back.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from itertools import islice

import structlog

from aggregator.config import Settings
from aggregator.domain.session import ReferenceSession
from aggregator.errors import ReferenceFileError
from aggregator.normalise.sessions import load_sessions
from aggregator.publish.flags import find_flags, find_outliers
from aggregator.publish.identity import match_evses, name_operators
from aggregator.publish.money import keep_rates
from aggregator.publish.named_places import name_places
from aggregator.publish.paying import find_acceptance, find_payments
from aggregator.publish.places import find_places
from aggregator.publish.quoting import Quoted, quoted, session_rows
from aggregator.publish.taxing import ask_the_law, tell_net_feeds
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
    sessions = _sessions(settings)
    with timed("gather"):
        marts.prepare(connection)
        find_places(connection, settings)
        tell_net_feeds(connection, settings)
        marts.gather(connection, now)
        name_operators(connection, settings.operators_folder)
        ask_the_law(connection, settings, now.date())
        name_places(connection)
    with timed("price"):
        marts.keep(connection, "session", session_rows(sessions))
        _keep_quotes(connection, quoted(marts.quote_keys(connection), sessions, now.date()))
    with timed("gather"):
        match_evses(connection, reference)
        find_payments(connection, reference)
        find_flags(connection, reference, now.date())
        keep_rates(connection, settings, now.date())
        marts.order_offers(connection)
        find_outliers(connection)
        find_acceptance(connection, reference)
    with timed("write"):
        return write_snapshot(connection, settings.snapshots_folder, now, origin)


def _sessions(settings: Settings) -> list[ReferenceSession]:
    """Return the sessions; without the user's own where their file is at fault."""
    try:
        return load_sessions(settings.reference_folder, settings.own_sessions_path)
    except ReferenceFileError as error:
        log.warning("sessions", error=str(error))
        return load_sessions(settings.reference_folder)


def _keep_quotes(connection: Connection, found: Iterable[Quoted]) -> None:
    remaining = iter(found)
    while some := list(islice(remaining, marts.BATCH)):
        marts.keep(connection, "quote", (one.row for one in some))
        marts.keep(connection, "session_total", (row for one in some for row in one.totals))
