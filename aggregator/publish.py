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
from aggregator.normalise.payment import FREE, load_methods, payments
from aggregator.normalise.sessions import load_sessions
from aggregator.normalise.time_zone import local_zone
from aggregator.pricing.quote import Quote, QuoteState
from aggregator.pricing.quotes import Asked, quotes
from aggregator.store import marts
from aggregator.store.pointer import Snapshot
from aggregator.store.snapshot import write_snapshot
from aggregator.store.warehouse import WRITING, Connection, cursor, with_little_memory

log = structlog.get_logger(__name__)
MICRO = Decimal("0.000001")
MOST_ELEMENTS = 300
SHORT = 10_000  # characters of JSON; 300 elements have more
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


def _quoted(keys: Sequence[marts.Row], reference: Path, today: date) -> Iterator[marts.Row]:
    sessions = load_sessions(reference)
    sane = [key for key in keys if not _is_too_complex(key)]
    asked = [Asked(price_list, zone, code) for _, zone, code, price_list in sane]
    found = quotes(asked, sessions, today)
    for (content_hash, zone, code, _), one in zip(sane, found, strict=True):
        yield (content_hash, zone, code, *_quote_columns(_bounded(one)))
    for content_hash, zone, code, _ in (key for key in keys if _is_too_complex(key)):
        too_complex = Quote(QuoteState.NOT_COMPUTABLE, "too_complex")
        yield (content_hash, zone, code, *_quote_columns(too_complex))


def _is_too_complex(key: marts.Row) -> bool:
    """Tell whether a price list is beyond all bounds: it costs only itself."""
    text = str(key[-1])
    return len(text) > SHORT and len(contents.from_json(text).elements) > MOST_ELEMENTS


def _bounded(found: Quote) -> Quote:
    """Return the quote; one that asks for more than anybody can have meant is none."""
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
