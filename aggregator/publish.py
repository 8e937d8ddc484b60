"""core -> normalise -> price -> one read-only snapshot file, swapped in atomically.

Whatever is equal is worked out once: distinct price lists, zones, capabilities; then joined back.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from aggregator.config import Settings
from aggregator.domain import contents
from aggregator.domain.session import ReferenceSession
from aggregator.domain.tariff import PriceList
from aggregator.normalise.payment import FREE, load_methods, payments
from aggregator.normalise.sessions import load_sessions
from aggregator.normalise.time_zone import local_zone
from aggregator.pricing.quote import Quote, QuoteState, quote
from aggregator.store import marts
from aggregator.store.pointer import Snapshot
from aggregator.store.snapshot import write_snapshot
from aggregator.store.warehouse import WRITING, Connection, cursor, with_little_memory

log = structlog.get_logger(__name__)
MICRO = Decimal("0.000001")
MOST_ELEMENTS = 300
MOST_MONEY = Decimal(10**10)


def publish(connection: Connection, settings: Settings) -> Snapshot:
    """Build a snapshot of everything known now and make it the current one."""
    own = cursor(connection)
    try:
        with WRITING:
            build = partial(_build, own, settings, datetime.now(UTC))
            rows, most = marts.size(own), int(settings.memory_limit)
            snapshot = with_little_memory(own, rows, most, build)
    finally:
        own.close()
    log.info("published", snapshot=snapshot.snapshot_id, rows=snapshot.rows)
    return snapshot


def _build(connection: Connection, settings: Settings, now: datetime) -> Snapshot:
    reference = settings.reference_folder
    marts.prepare(connection)
    marts.add_places(connection, _placed(marts.places(connection)))
    marts.link(connection, now)
    marts.add_quotes(connection, _quoted(marts.quote_keys(connection), reference, now.date()))
    marts.add_payments(connection, _paid(marts.payment_keys(connection), reference))
    return write_snapshot(connection, settings.snapshots_folder, now)


def _placed(places: Iterable[marts.Row]) -> Iterator[marts.Row]:
    for stated, latitude, longitude in places:
        yield (stated, latitude, longitude, *local_zone(stated, latitude, longitude))


def _paid(keys: Iterable[marts.Row], reference: Path) -> Iterator[marts.Row]:
    methods = load_methods(reference)
    for capabilities, tariff_type in keys:
        yield (capabilities, tariff_type, True, FREE.method, FREE.certainty)
        for way in payments(capabilities, tariff_type, methods):
            yield (capabilities, tariff_type, False, way.method, way.certainty)


def _quoted(keys: Iterable[marts.Row], reference: Path, today: date) -> Iterator[marts.Row]:
    sessions = load_sessions(reference)
    for content_hash, time_zone, session_code, price_list in keys:
        found = _quote(contents.from_json(price_list), time_zone, sessions, session_code, today)
        yield (content_hash, time_zone, session_code, *_quote_columns(found))


def _quote(
    price_list: PriceList,
    time_zone: str | None,
    sessions: Sequence[ReferenceSession],
    session_code: str,
    today: date,
) -> Quote:
    """Return the quote; a price list that is beyond all bounds costs only itself."""
    if len(price_list.elements) > MOST_ELEMENTS:
        return Quote(QuoteState.NOT_COMPUTABLE, "too_complex")
    found = quote(price_list, time_zone, sessions, session_code, today)
    prices = (found.price_per_kwh, found.price_per_minute, found.parking_price_per_minute)
    amounts = [*found.totals.values(), *filter(None, (*prices, found.start_fee))]
    if any(amount > MOST_MONEY for amount in amounts):
        return Quote(QuoteState.NOT_COMPUTABLE, "absurd_price")
    return found


def _quote_columns(found: Quote) -> tuple[Any, ...]:
    is_priced = found.state != "not_computable"
    return (
        found.state,
        found.state_reason,
        found.tax_basis if is_priced else None,
        _to_micro(found.price_per_kwh),
        _to_micro(found.price_per_minute),
        _to_micro(found.parking_price_per_minute),
        _to_micro(found.start_fee),
        found.price_varies if is_priced else None,
        None if found.fee_after_minutes is None else int(found.fee_after_minutes),
        found.totals.get("ac"),
        found.totals.get("dc"),
        found.totals.get("hpc"),
    )


def _to_micro(price: Decimal | None) -> Decimal | None:
    """Return a unit price as precise as the snapshot keeps it: millionths, half up."""
    return None if price is None else price.quantize(MICRO, ROUND_HALF_UP)
