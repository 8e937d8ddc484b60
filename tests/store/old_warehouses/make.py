"""Write a warehouse of each earlier schema state beside this file; see README.md.

From the root of the checkout: .venv/bin/python -m tests.store.old_warehouses.make
"""

import tempfile
from pathlib import Path

import duckdb

from aggregator.store.sql_files import sql
from aggregator.store.warehouse import STORAGE_VERSION, attach
from tests.store.test_upgrade import FIRST, make_old

FOLDER = Path(__file__).parent
STATES = ("0001_core", "0002_read_record", "0003_as_of")
# The smallest that DuckDB has: a table of few rows takes a whole block.
SMALL_BLOCKS = f"storage_version '{STORAGE_VERSION}', block_size 16384"
PAST = """
insert into core.tariff
select * replace (
    'AD_HOC_PAYMENT' as tariff_type,
    timestamp '2026-01-01 12:00' as first_seen_at,
    timestamp '2026-01-01 12:00' as valid_from,
    timestamp '2026-03-01 12:00' as valid_to
)
from core.tariff;
insert into core.evse_status
select * replace (
    'OUTOFORDER' as status,
    timestamp '2026-01-01 12:00' as valid_from,
    timestamp '2026-03-01 12:00' as valid_to
)
from core.evse_status;
insert into core.run values
    ('r0', 'one', '2026-01-01 11:59', '2026-01-01 12:00', 'failed', 'no answer', 0, 0);
insert into core.rejection values
    ('r1', 'one', 'tariff', 'T9', '$.data[7]', 'missing', '''currency'' is missing', '{"id": "T9"}',
     'http://127.0.0.1/all', 0, 0, '2026-03-01 12:00'),
    ('r1', 'one', 'evse', null, '$.data[2].evses[1]', 'missing', '''uid'' is missing', '{}',
     'http://127.0.0.1/all', 1, 2, '2026-03-01 12:00');
insert into core.note values
    ('r1', 'one', 'connector', '$.max_electric_power', 'power_in_kw', 'kW read', 3, '150');
"""
READ = """
insert into core.read_record values
    ('one', 'location', 'SE', 'AAA', 'L1', 'sixteen bytes :)'::blob, null, 'of another reader');
"""


def make(folder: Path = FOLDER) -> None:
    """Write all states, each from the one before, as an upgrade at its time would have."""
    with tempfile.TemporaryDirectory() as temporary, duckdb.connect() as connection:
        attach(connection, make_old(Path(temporary) / "w.duckdb"), "warehouse")
        connection.execute("use warehouse")
        connection.execute(PAST)
        for state in STATES:
            if state != "0001_core":
                connection.execute(sql("schema", state))
                connection.execute("insert into schema_step values (?, ?)", [state, FIRST])
            if state == "0002_read_record":
                connection.execute(READ)
            keep(connection, folder / f"{state}.duckdb")


def keep(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Copy the warehouse as it is now into a small file."""
    path.unlink(missing_ok=True)
    connection.execute(f"attach '{path}' as kept ({SMALL_BLOCKS})")
    connection.execute("copy from database warehouse to kept")
    connection.execute("detach kept")


if __name__ == "__main__":
    make()
