"""What has to be normalised and priced before a snapshot, each distinct thing once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice
from typing import Any

import pyarrow as pa

from aggregator.store.columns import naive
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection

Row = tuple[Any, ...]
BATCH = 20_000
_TEXT, _NUMBER, _FLAG = pa.string(), pa.float64(), pa.bool_()
_MICRO, _MONEY = pa.decimal128(18, 6), pa.decimal128(18, 4)
PLACE = pa.schema(
    [
        ("stated_time_zone", _TEXT),
        ("latitude", _NUMBER),
        ("longitude", _NUMBER),
        ("time_zone", _TEXT),
        ("time_zone_source", _TEXT),
    ]
)
QUOTE = pa.schema(
    [
        ("content_hash", _TEXT),
        ("time_zone", _TEXT),
        ("session_code", _TEXT),
        ("state", _TEXT),
        ("state_reason", _TEXT),
        ("tax_basis", _TEXT),
        ("price_per_kwh", _MICRO),
        ("price_per_minute", _MICRO),
        ("parking_price_per_minute", _MICRO),
        ("start_fee", _MICRO),
        ("price_varies", _FLAG),
        ("fee_after_minutes", pa.int32()),
        ("session_ac_total", _MONEY),
        ("session_dc_total", _MONEY),
        ("session_hpc_total", _MONEY),
    ]
)
EVSE_KEY = pa.schema([("evse_id", _TEXT), ("evse_key", _TEXT)])
KNOWN_OPERATOR = pa.schema(
    [
        ("country_code", _TEXT),
        ("party_id", _TEXT),
        ("stated_name", _TEXT),
        ("operator", _TEXT),
        ("name", _TEXT),
        ("operator_group", _TEXT),
    ]
)
PAYMENT = pa.schema(
    [
        ("capabilities", pa.list_(_TEXT)),
        ("tariff_type", _TEXT),
        ("is_free", _FLAG),
        ("payment_method", _TEXT),
        ("payment_certainty", _TEXT),
    ]
)


def prepare(connection: Connection) -> None:
    """Make room for what will be found out."""
    for name in ("place", "quote", "payment", "evse_key", "known_operator"):
        connection.execute(sql("mart", name))


def size(connection: Connection) -> int:
    """Return how many connectors there are, shown or not."""
    row = connection.execute(
        "select count(*) from core.connector where valid_to is null"
    ).fetchone()
    return int(row[0]) if row else 0


def gather(connection: Connection, now: datetime) -> None:
    """Bring together the connectors that may be shown and the tariffs that are valid now."""
    for name in ("current_location", "current_connector"):
        connection.execute(sql("mart", name))
    connection.execute(sql("mart", "named_tariff"), {"now": naive(now)})
    connection.execute(sql("mart", "link"))


def places(connection: Connection) -> list[Row]:
    """Return (stated zone, latitude, longitude) of every place, each once."""
    return connection.execute(sql("mart", "location_place")).fetchall()


def quote_keys(connection: Connection) -> list[Row]:
    """Return (content hash, zone, session code, price list as JSON) to be priced, each once."""
    return connection.execute(sql("mart", "quote_key")).fetchall()


def payment_keys(connection: Connection) -> list[Row]:
    """Return (capabilities, tariff type) that decide how one pays, each once."""
    return connection.execute(sql("mart", "payment_key")).fetchall()


def shared_evse_ids(connection: Connection, aliased: Collection[str]) -> list[str]:
    """Return the ids that several EVSEs may share; aliased: ids without separators."""
    parameters = {"aliased": sorted(aliased)}
    rows = connection.execute(sql("mart", "shared_evse_id"), parameters).fetchall()
    return [evse_id for (evse_id,) in rows]


def operator_keys(connection: Connection) -> list[Row]:
    """Return (country code, party id, stated name) of every operator, each once."""
    return connection.execute(sql("mart", "operator_key")).fetchall()


def match_evses(connection: Connection, keys: Iterable[Row]) -> None:
    """Find the EVSEs that several records describe, by (evse_id, the spelling to compare by)."""
    _add(connection, "evse_key", EVSE_KEY, keys)
    connection.execute(sql("mart", "evse_match"))


def add_operators(connection: Connection, rows: Iterable[Row]) -> None:
    """Keep the operators that were found."""
    _add(connection, "known_operator", KNOWN_OPERATOR, rows)
    connection.execute(sql("mart", "site"))


def add_places(connection: Connection, rows: Iterable[Row]) -> None:
    """Keep the time zones that were found."""
    _add(connection, "place", PLACE, rows)


def add_quotes(connection: Connection, rows: Iterable[Row]) -> None:
    """Keep the quotes that were worked out."""
    _add(connection, "quote", QUOTE, rows)


def add_payments(connection: Connection, rows: Iterable[Row]) -> None:
    """Keep the ways to pay that were found."""
    _add(connection, "payment", PAYMENT, rows)


def _add(connection: Connection, table: str, schema: pa.Schema, rows: Iterable[Row]) -> None:
    remaining = iter(rows)
    while some := list(islice(remaining, BATCH)):
        columns = zip(*some, strict=True)
        arrays = [pa.array(c, type=f.type) for c, f in zip(columns, schema, strict=True)]
        connection.register("batch", pa.Table.from_arrays(arrays, schema=schema))
        connection.execute(f"insert into temp.{table} select * from batch")  # noqa: S608 - our own table name
        connection.unregister("batch")
