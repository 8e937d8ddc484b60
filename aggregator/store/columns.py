"""The columns of the core tables as they travel from canonical records into DuckDB.

`KEYS` name a record; the rest is its content. Times are UTC without zone, as DuckDB keeps them.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

import pyarrow as pa

from aggregator.domain.location import Location
from aggregator.domain.tariff import Tariff
from aggregator.store import price_lists

Row = tuple[Any, ...]
Record = TypeVar("Record")
Numbered = tuple[int, str, Record]  # its number in the run, its JSON path, the record
_TEXT, _TEXTS, _TIME = pa.string(), pa.list_(pa.string()), pa.timestamp("us")
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


def location_rows(feed: str, locations: Iterable[Numbered[Location]]) -> dict[str, list[Row]]:
    """Return the rows of locations by table, in the order of `SCHEMAS`."""
    rows: dict[str, list[Row]] = {name: [] for name in KEYS if name != "tariff"}
    for number, path, location in locations:
        site = (feed, location.country_code, location.party_id, location.location_id)
        rows["location"].append(
            (
                number,
                path,
                *site,
                location.publish,
                location.name,
                location.address,
                location.city,
                location.postal_code,
                location.country,
                location.latitude,
                location.longitude,
                location.time_zone,
                location.operator_name,
                naive(location.last_updated),
            )
        )
        _add_evses(rows, (number, path, *site), location)
    return rows


def _add_evses(rows: dict[str, list[Row]], site: Row, location: Location) -> None:
    for evse in location.evses:
        bay, clock = (*site, evse.evse_uid), naive(evse.last_updated)
        rows["evse"].append((*bay, evse.evse_id, evse.capabilities, evse.physical_reference, clock))
        rows["evse_status"].append((*bay, evse.status, clock))
        rows["connector"].extend(
            (
                *bay,
                connector.connector_id,
                connector.standard,
                connector.format,
                connector.power_type,
                connector.max_power_kw,
                connector.max_power_source,
                connector.tariff_ids,
                naive(connector.last_updated),
            )
            for connector in evse.connectors
        )


def tariff_rows(feed: str, tariffs: Iterable[Numbered[Tariff]]) -> Iterator[Row]:
    """Yield the rows of tariffs in the order of `SCHEMAS`."""
    for number, path, tariff in tariffs:
        price_list = price_lists.to_json(tariff.price_list)
        yield (
            number,
            path,
            feed,
            tariff.country_code,
            tariff.party_id,
            tariff.tariff_id,
            tariff.type,
            tariff.price_list.currency,
            tariff.price_list.price_basis,
            price_list,
            price_lists.content_hash(price_list),
            price_lists.texts_to_json(tariff.alt_text),
            tariff.alt_url,
            naive(tariff.start_date_time),
            naive(tariff.end_date_time),
            naive(tariff.last_updated),
        )


def naive(moment: datetime | None) -> datetime | None:
    """Return a UTC moment without its zone."""
    return None if moment is None else moment.replace(tzinfo=None)


def table_of(name: str, rows: list[Row], first_position: int) -> pa.Table:
    """Return rows as Arrow columns, with the order of arrival as `position`."""
    fields = [*ARRIVAL, *SCHEMAS[name]]
    columns = zip(*rows, strict=True) if rows else [()] * len(fields)
    arrays = [
        pa.array(column, type=field.type) for column, field in zip(columns, fields, strict=True)
    ]
    positions = pa.array(range(first_position, first_position + len(rows)), pa.int64())
    return pa.Table.from_arrays([*arrays, positions], [*(f.name for f in fields), "position"])
