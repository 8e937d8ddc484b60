"""What price lists ask, as it is kept in a snapshot."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from aggregator.domain import contents
from aggregator.normalise.sessions import load_sessions
from aggregator.pricing.quote import Quote, QuoteState
from aggregator.pricing.quotes import Asked, quotes
from aggregator.store import marts

MICRO = Decimal("0.000001")
MOST_ELEMENTS = 300
SHORT = 10_000  # characters of JSON; 300 elements have more
MOST_MONEY = Decimal(10**10)


def quoted(keys: Sequence[marts.Row], reference: Path, today: date) -> Iterator[marts.Row]:
    """Yield a row of temp.quote for each key; a list beyond all bounds costs only itself."""
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
