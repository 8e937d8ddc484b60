"""The columns of the core tables as they travel from canonical records into DuckDB.

`KEYS` name a record; the rest is its content. Times are UTC without zone, as DuckDB keeps them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

import pyarrow as pa

from aggregator.domain import contents
from aggregator.domain.tariff import Tariff

Columns = dict[str, Any]
Record = TypeVar("Record")
Numbered = Sequence[tuple[int, str, Record]]  # number in the run, JSON path, record
TEXT, _TEXTS, _TIME = pa.string(), pa.list_(pa.string()), pa.timestamp("us")
_UTC = pa.timestamp("us", tz="UTC")  # aware moments are read ten times faster as this
_POWER = pa.decimal128(9, 3)
_PARTY = [("feed", TEXT), ("country_code", TEXT), ("party_id", TEXT)]
_SITE = [*_PARTY, ("location_id", TEXT)]
_CLOCK = [("operator_last_updated", _TIME)]

SCHEMAS = {
    "location": pa.schema(
        [
            *_SITE,
            ("publish", pa.bool_()),
            ("name", TEXT),
            ("address", TEXT),
            ("city", TEXT),
            ("postal_code", TEXT),
            ("country", TEXT),
            ("latitude", pa.float64()),
            ("longitude", pa.float64()),
            ("time_zone", TEXT),
            ("operator_name", TEXT),
            ("opening_times", _TEXTS),
            *_CLOCK,
        ]
    ),
    "evse": pa.schema(
        [
            *_SITE,
            ("evse_uid", TEXT),
            ("evse_id", TEXT),
            ("capabilities", _TEXTS),
            ("physical_reference", TEXT),
            ("accepted_service_providers", _TEXTS),
            ("connector_capabilities", _TEXTS),
            *_CLOCK,
        ]
    ),
    "evse_status": pa.schema([*_SITE, ("evse_uid", TEXT), ("status", TEXT), *_CLOCK]),
    "connector": pa.schema(
        [
            *_SITE,
            ("evse_uid", TEXT),
            ("connector_id", TEXT),
            ("standard", TEXT),
            ("format", TEXT),
            ("power_type", TEXT),
            ("max_power_kw", _POWER),
            ("max_power_source", TEXT),
            ("tariff_ids", _TEXTS),
            *_CLOCK,
        ]
    ),
    "tariff": pa.schema(
        [
            *_PARTY,
            ("tariff_id", TEXT),
            ("tariff_type", TEXT),
            ("currency", TEXT),
            ("price_basis", TEXT),
            ("price_list", TEXT),
            ("content_hash", TEXT),
            ("alt_text", TEXT),
            ("alt_url", TEXT),
            ("start_date_time", _TIME),
            ("end_date_time", _TIME),
            *_CLOCK,
        ]
    ),
}
# Where a row came from: the number and JSON path of the location or tariff it was received in.
ARRIVAL = [pa.field("record_no", pa.int64()), pa.field("json_path", TEXT)]
# What arrives inside a record but has versions of its own.
ALSO_STAGED = {"evse": [pa.field("status", TEXT)]}
# Lists that a later schema step added. Empty ones leave the digest of a row as it was without them.
ADDED_LISTS = {
    "location": ["opening_times"],
    "evse": ["accepted_service_providers", "connector_capabilities"],
}
KEYS = {
    "location": ["feed", "country_code", "party_id", "location_id"],
    "evse": ["feed", "country_code", "party_id", "location_id", "evse_uid"],
    "evse_status": ["feed", "country_code", "party_id", "location_id", "evse_uid"],
    "connector": ["feed", "country_code", "party_id", "location_id", "evse_uid", "connector_id"],
    "tariff": ["feed", "country_code", "party_id", "tariff_id"],
}


def content_columns(table: str) -> list[str]:
    """Return the columns that make a version of a record: neither key nor the operator's clock."""
    outside = {*KEYS[table], "operator_last_updated"}
    return [name for name in SCHEMAS[table].names if name not in outside]


def first_content_columns(table: str) -> list[str]:
    """Return the columns of the content without the lists that a later schema step added."""
    added = ADDED_LISTS.get(table, ())
    return [name for name in content_columns(table) if name not in added]


def tariff_table(feed: str, numbered: Numbered[Tariff]) -> pa.Table:
    """Return tariffs as a table, with where each row came from."""
    tariffs = [tariff for _, _, tariff in numbered]
    lists = [contents.to_json(tariff.price_list) for tariff in tariffs]
    columns = {
        "record_no": [number for number, _, _ in numbered],
        "json_path": [path for _, path, _ in numbered],
        "feed": pa.repeat(feed, len(tariffs)),
        "country_code": [one.country_code for one in tariffs],
        "party_id": [one.party_id for one in tariffs],
        "tariff_id": [one.tariff_id for one in tariffs],
        "tariff_type": [one.type for one in tariffs],
        "currency": [one.price_list.currency for one in tariffs],
        "price_basis": [one.price_list.price_basis for one in tariffs],
        "price_list": lists,
        "content_hash": [contents.content_hash(text) for text in lists],
        "alt_text": [contents.texts_to_json(one.alt_text) for one in tariffs],
        "alt_url": [one.alt_url for one in tariffs],
        "start_date_time": [one.start_date_time for one in tariffs],
        "end_date_time": [one.end_date_time for one in tariffs],
        "operator_last_updated": [one.last_updated for one in tariffs],
    }
    return table_of("tariff", columns)


def table_of(name: str, columns: Columns) -> pa.Table:
    """Return columns of values, or finished Arrow columns, in the order of the table."""
    fields = [*ARRIVAL, *SCHEMAS[name], *ALSO_STAGED.get(name, ())]
    arrays = [_array(columns[field.name], field.type) for field in fields]
    return pa.Table.from_arrays(arrays, [field.name for field in fields])


def _array(values: Any, kind: pa.DataType) -> Any:  # noqa: ANN401 - pyarrow is not typed
    if isinstance(values, pa.Array):
        return values
    return pa.array(values, _UTC).view(kind) if kind == _TIME else pa.array(values, kind)


def naive(moment: datetime | None) -> datetime | None:
    """Return a UTC moment without its zone."""
    return None if moment is None else moment.replace(tzinfo=None)
