"""Locations as rows: they travel from the process that read them into DuckDB."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from aggregator.domain.location import Connector, Evse, Location
from aggregator.store.columns import TEXT, Columns, Numbered, table_of

DEGREE_DIGITS = 7


class LocationRows(NamedTuple):
    """Locations and what they hold, as tables by name, with where each row came from.

    holds_twice: whether an EVSE or a connector stands in a location under the same id twice.
    """

    tables: dict[str, pa.Table]
    holds_twice: bool


def location_rows(feed: str, numbered: Numbered[Location]) -> LocationRows:
    """Return locations as rows of the tables `location`, `evse` and `connector`."""
    holds_twice = any(_holds_twice(location) for _, _, location in numbered)
    return LocationRows(_tables(feed, numbered), holds_twice)


def named_tariffs(rows: LocationRows) -> list[str]:
    """Return the ids of the tariffs that connectors name, each once."""
    named = rows.tables["connector"].column("tariff_ids").combine_chunks().flatten()
    return [str(one) for one in named.unique().to_pylist()]


def _holds_twice(location: Location) -> bool:
    evses = location.evses
    if len(evses) > 1 and len({evse.evse_uid for evse in evses}) < len(evses):
        return True
    for evse in evses:
        connectors = evse.connectors
        if len(connectors) > 1 and len({one.connector_id for one in connectors}) < len(connectors):
            return True
    return False


def _tables(feed: str, numbered: Numbered[Location]) -> dict[str, pa.Table]:
    locations = [location for _, _, location in numbered]
    site = {
        "record_no": pa.array([number for number, _, _ in numbered], pa.int64()),
        "json_path": pa.array([path for _, path, _ in numbered], TEXT),
        "feed": pa.repeat(feed, len(locations)),
        "country_code": pa.array([one.country_code for one in locations], TEXT),
        "party_id": pa.array([one.party_id for one in locations], TEXT),
        "location_id": pa.array([one.location_id for one in locations], TEXT),
    }
    evses = [evse for location in locations for evse in location.evses]
    owners = _repeated([len(location.evses) for location in locations])
    connectors = [connector for evse in evses for connector in evse.connectors]
    plugs = _repeated([len(evse.connectors) for evse in evses])
    uids = {"evse_uid": pa.array([evse.evse_uid for evse in evses], TEXT)}
    bay = _taken(site, owners) | uids
    plug = _taken(site, owners[plugs]) | _taken(uids, plugs)
    return {
        "location": table_of("location", site | _location_columns(locations)),
        "evse": table_of("evse", bay | _evse_columns(evses)),
        "connector": table_of("connector", plug | _connector_columns(connectors)),
    }


def _repeated(counts: list[int]) -> NDArray[np.int32]:
    """Return the row of the owning record for each row inside one."""
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


def _taken(columns: Columns, rows: NDArray[np.int32]) -> Columns:
    """Return the columns of the owning records, repeated for each row inside them."""
    chosen = pa.array(rows)
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
        "opening_times": [one.opening_times for one in locations],
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
        "accepted_service_providers": [one.accepted_service_providers for one in evses],
        "connector_capabilities": [_connector_capabilities(one) for one in evses],
        "status": [one.status for one in evses],
        "operator_last_updated": [one.last_updated for one in evses],
    }


def _connector_capabilities(evse: Evse) -> tuple[str, ...]:
    """Return what any of an EVSE's connectors can do, sorted; most say nothing about it."""
    stated = [one.capabilities for one in evse.connectors if one.capabilities]
    return tuple(sorted({capability for some in stated for capability in some})) if stated else ()


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
