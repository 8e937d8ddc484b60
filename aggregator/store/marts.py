"""What has to be normalised and priced before a snapshot, each distinct thing once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice
from typing import Any

import pyarrow as pa

from aggregator.store.columns import naive
from aggregator.store.mart_columns import TABLES
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection

Row = tuple[Any, ...]
BATCH = 20_000
MADE_BY_SQL = (
    *("place", "country_match", "net_feed", "vat_law", "quote", "payment", "evse_key"),
    *("known_operator", "text_flag", "flag_meaning", "outlier", "session", "acceptance"),
    *("place_spelling", "place_cluster"),
)


def prepare(connection: Connection) -> None:
    """Make room for what will be found out."""
    for name in MADE_BY_SQL:
        connection.execute(sql("mart", name))


def keep(connection: Connection, table: str, rows: Iterable[Row]) -> None:
    """Keep what was found out in one of `mart_columns.TABLES`."""
    add_rows(connection, f"temp.{table}", TABLES[table], rows)


def add_rows(connection: Connection, table: str, schema: pa.Schema, rows: Iterable[Row]) -> None:
    """Append rows to a table of ours, some at a time."""
    remaining = iter(rows)
    while some := list(islice(remaining, BATCH)):
        columns = zip(*some, strict=True)
        arrays = [pa.array(c, type=f.type) for c, f in zip(columns, schema, strict=True)]
        connection.register("batch", pa.Table.from_arrays(arrays, schema=schema))
        connection.execute(f"insert into {table} select * from batch")  # noqa: S608 - our own table name
        connection.unregister("batch")


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


def stated_places(connection: Connection) -> list[Row]:
    """Return (kind, country, town or postcode as stated) of locations to show, each once."""
    return connection.execute(sql("mart", "stated_places")).fetchall()


def wide_places(connection: Connection, widest_gap_km: float) -> list[Row]:
    """Return the cells of places that may lie apart; after their spellings are kept.

    (number of the place, cell, latitude and longitude of its middle, locations), in this order.
    """
    connection.execute(sql("mart", "place_member"))
    parameters = {"widest_gap_km": widest_gap_km}
    return connection.execute(sql("mart", "wide_place"), parameters).fetchall()


def country_keys(connection: Connection) -> list[Row]:
    """Return (stated country, country by position, region) of every place, each once."""
    return connection.execute(sql("mart", "country_key")).fetchall()


def vat_keys(connection: Connection) -> list[Row]:
    """Return (country, region, party) where a rate is asked from the law, each once."""
    return connection.execute(sql("mart", "vat_key")).fetchall()


def quote_keys(connection: Connection) -> list[Row]:
    """Return what is to be priced, each once.

    (content hash, zone, session code, rate by law, its source, price list as JSON)
    """
    return connection.execute(sql("mart", "quote_key")).fetchall()


def flag_keys(connection: Connection) -> list[Row]:
    """Return (content hash, text, country, price list as JSON) to be looked at, each once."""
    return connection.execute(sql("mart", "flag_key")).fetchall()


def payment_keys(connection: Connection) -> list[Row]:
    """Return (capabilities, tariff type) that decide how one pays, each once."""
    return connection.execute(sql("mart", "payment_key")).fetchall()


def currencies(connection: Connection) -> list[str]:
    """Return the currencies of all tariffs that connectors name."""
    return [currency for (currency,) in connection.execute(sql("mart", "currency_key")).fetchall()]


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
    keep(connection, "evse_key", keys)
    connection.execute(sql("mart", "evse_match"))


def add_operators(connection: Connection, rows: Iterable[Row]) -> None:
    """Keep the operators that were found."""
    keep(connection, "known_operator", rows)
    connection.execute(sql("mart", "site"))


def order_offers(connection: Connection) -> None:
    """Put connectors, tariffs, quotes and ways to pay together."""
    connection.execute(sql("mart", "offer_key"))
    connection.execute(sql("mart", "named_flag"))


def price_members(connection: Connection) -> list[Row]:
    """Return prices that are comparable together, each once.

    (country, power class, currency, tax, number of the quote, effective price per kWh)
    """
    return connection.execute(sql("mart", "price_member")).fetchall()


def statements(
    connection: Connection, card_flags: Iterable[str], plug_flags: Iterable[str]
) -> list[dict[str, Any]]:
    """Return what is stated about paying, each distinct statement once, by name.

    card_flags, plug_flags: capabilities that say yes to cards and to Plug & Charge.
    """
    flags = {"card_flags": sorted(card_flags), "plug_flags": sorted(plug_flags)}
    connection.execute(sql("mart", "evse_bay"))
    connection.execute(sql("mart", "evse_statement"), flags)
    connection.execute(sql("mart", "evse_acceptance"))
    found = connection.execute(sql("mart", "acceptance_key"))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
