"""The columns of the core tables as they travel from canonical records into DuckDB.

`KEYS` name a record; the rest is its content. Times are UTC without zone, as DuckDB keeps them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

import pyarrow as pa

from aggregator.domain.location import Connector, Evse, Location
from aggregator.domain.tariff import Tariff
from aggregator.store import price_lists

Columns = dict[str, Any]
Record = TypeVar("Record")
Numbered = Sequence[tuple[int, str, Record]]  # number in the run, JSON path, record
_TEXT, _TEXTS, _TIME = pa.string(), pa.list_(pa.string()), pa.timestamp("us")
_UTC = pa.timestamp("us", tz="UTC")  # aware moments are read ten times faster as this
DEGREE_DIGITS = 7
_POWER = pa.decimal128(9, 3)
_PARTY = [("feed", _TEXT), ("country_code", _TEXT), ("party_id", _TEXT)]
_SITE = [*_PARTY, ("location_id", _TEXT)]
_CLOCK = [("operator_last_updated", _TIME)]

SCHEMAS = {
    "location": pa.schema(
        [
            *_SITE,
            ("publish", pa.bool_()),
            ("name", _TEXT),
            ("address", _TEXT),
            ("city", _TEXT),
            ("postal_code", _TEXT),
            ("country", _TEXT),
            ("latitude", pa.float64()),
            ("longitude", pa.float64()),
            ("time_zone", _TEXT),
            ("operator_name", _TEXT),
            *_CLOCK,
        ]
    ),
    "evse": pa.schema(
        [
            *_SITE,
            ("evse_uid", _TEXT),
            ("evse_id", _TEXT),
            ("capabilities", _TEXTS),
            ("physical_reference", _TEXT),
            *_CLOCK,
        ]
    ),
    "evse_status": pa.schema([*_SITE, ("evse_uid", _TEXT), ("status", _TEXT), *_CLOCK]),
    "connector": pa.schema(
        [
            *_SITE,
            ("evse_uid", _TEXT),
            ("connector_id", _TEXT),
            ("standard", _TEXT),
            ("format", _TEXT),
            ("power_type", _TEXT),
            ("max_power_kw", _POWER),
            ("max_power_source", _TEXT),
            ("tariff_ids", _TEXTS),
            *_CLOCK,
        ]
    ),
    "tariff": pa.schema(
        [
            *_PARTY,
            ("tariff_id", _TEXT),
            ("tariff_type", _TEXT),
            ("currency", _TEXT),
            ("price_basis", _TEXT),
            ("price_list", _TEXT),
            ("content_hash", _TEXT),
            ("alt_text", _TEXT),
            ("alt_url", _TEXT),
            ("start_date_time", _TIME),
            ("end_date_time", _TIME),
            *_CLOCK,
        ]
    ),
}
# Where a row came from: the number and JSON path of the location or tariff it was received in.
ARRIVAL = [pa.field("record_no", pa.int64()), pa.field("json_path", _TEXT)]
# What arrives inside a record but has versions of its own.
ALSO_STAGED = {"evse": [pa.field("status", _TEXT)]}
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


def location_tables(feed: str, numbered: Numbered[Location]) -> dict[str, pa.Table]:
    """Return locations and what they hold as tables by name, with where each row came from."""
    locations = [location for _, _, location in numbered]
    site = {
        "record_no": pa.array([number for number, _, _ in numbered], pa.int64()),
        "json_path": pa.array([path for _, path, _ in numbered], _TEXT),
        "feed": pa.repeat(feed, len(locations)),
        "country_code": pa.array([one.country_code for one in locations], _TEXT),
        "party_id": pa.array([one.party_id for one in locations], _TEXT),
        "location_id": pa.array([one.location_id for one in locations], _TEXT),
    }
    evses = [evse for location in locations for evse in location.evses]
    owners = [n for n, location in enumerate(locations) for _ in location.evses]
    connectors = [connector for evse in evses for connector in evse.connectors]
    plugs = [n for n, evse in enumerate(evses) for _ in evse.connectors]
    uids = {"evse_uid": pa.array([evse.evse_uid for evse in evses], _TEXT)}
    bay = _taken(site, owners) | uids
    plug = _taken(site, [owners[n] for n in plugs]) | _taken(uids, plugs)
    return {
        "location": table_of("location", site | _location_columns(locations)),
        "evse": table_of("evse", bay | _evse_columns(evses)),
        "connector": table_of("connector", plug | _connector_columns(connectors)),
    }


def _taken(columns: Columns, rows: list[int]) -> Columns:
    """Return the columns of the owning records, repeated for each row inside them."""
    chosen = pa.array(rows, pa.int32())
    return {
        name: pa.DictionaryArray.from_arrays(chosen, column) for name, column in columns.items()
    }


def _location_columns(locations: list[Location]) -> Columns:
    return {
        "publish": [one.publish for one in locations],
        "name": [one.name for one in locations],
        "address": [one.address for one in locations],
        "city": [one.city for one in locations],
        "postal_code": [one.postal_code for one in locations],
        "country": [one.country for one in locations],
        "latitude": [_degrees(one.latitude) for one in locations],
        "longitude": [_degrees(one.longitude) for one in locations],
        "time_zone": [one.time_zone for one in locations],
        "operator_name": [one.operator_name for one in locations],
        "operator_last_updated": [one.last_updated for one in locations],
    }


def _degrees(degrees: float | None) -> float | None:
    """Return degrees as precise as core keeps them: a centimetre; what is finer is no change."""
    return None if degrees is None else round(degrees, DEGREE_DIGITS)


def _evse_columns(evses: list[Evse]) -> Columns:
    return {
        "evse_id": [one.evse_id for one in evses],
        "capabilities": [one.capabilities for one in evses],
        "physical_reference": [one.physical_reference for one in evses],
        "status": [one.status for one in evses],
        "operator_last_updated": [one.last_updated for one in evses],
    }


def _connector_columns(connectors: list[Connector]) -> Columns:
    return {
        "connector_id": [one.connector_id for one in connectors],
        "standard": [one.standard for one in connectors],
        "format": [one.format for one in connectors],
        "power_type": [one.power_type for one in connectors],
        "max_power_kw": [one.max_power_kw for one in connectors],
        "max_power_source": [one.max_power_source for one in connectors],
        "tariff_ids": [one.tariff_ids for one in connectors],
        "operator_last_updated": [one.last_updated for one in connectors],
    }


def tariff_table(feed: str, numbered: Numbered[Tariff]) -> pa.Table:
    """Return tariffs as a table, with where each row came from."""
    tariffs = [tariff for _, _, tariff in numbered]
    lists = [price_lists.to_json(tariff.price_list) for tariff in tariffs]
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
        "content_hash": [price_lists.content_hash(text) for text in lists],
        "alt_text": [price_lists.texts_to_json(one.alt_text) for one in tariffs],
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
