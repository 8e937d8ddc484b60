"""Where positions lie, kept in the warehouse, so that each is looked up once."""

from collections.abc import Iterable

import pyarrow as pa

from aggregator.store.marts import Row, add_rows
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection, transaction

_TEXT, _NUMBER = pa.string(), pa.float64()
POSITION = pa.schema(
    [
        ("latitude", _NUMBER),
        ("longitude", _NUMBER),
        ("country", _TEXT),
        ("region_1", _TEXT),
        ("region_1_name", _TEXT),
        ("region_2", _TEXT),
        ("region_2_name", _TEXT),
        ("region_2_layer", _TEXT),
        ("is_near", pa.bool_()),
        ("borders", _TEXT),
    ]
)


def forget_positions(connection: Connection, borders: str) -> None:
    """Forget what other borders said. borders: digest of those that hold now."""
    connection.execute(sql("mart", "forget_positions"), {"borders": borders})


def new_positions(connection: Connection) -> list[tuple[float, float]]:
    """Return (latitude, longitude) of current locations that have not been looked up."""
    return connection.execute(sql("mart", "new_positions")).fetchall()


def keep_positions(connection: Connection, rows: Iterable[Row]) -> None:
    """Keep where positions lie, all of them or none."""
    with transaction(connection):
        add_rows(connection, "core.position", POSITION, rows)
