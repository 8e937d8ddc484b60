"""A made-up snapshot of Europe, as large as wanted, sorted as a real one is.

Locations stand around 2,000 towns of 30 countries, some of which have many more towns than others.
A connector has one or two ways to pay; a fifth of the tariffs changed every day for a year, and one
connector of twenty has named other tariffs before. What varies is taken from digests of numbers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from aggregator.store.pointer import Snapshot
from aggregator.store.snapshot import ROW_GROUP, SCHEMA_VERSION
from aggregator.store.sql_files import sql, sql_names
from aggregator.store.warehouse import Connection, attach

OFFERS_PER_EVSE = 6
TARIFFS_OF_PARTY, PARTIES, PRICE_LISTS = 50, 300, 60_000
MEMORY = "4GB"
ALPHA_3 = (
    *("DEU", "FRA", "GBR", "NLD", "ITA", "ESP", "NOR", "SWE", "BEL", "AUT"),
    *("CHE", "POL", "DNK", "FIN", "PRT", "CZE", "IRL", "HUN", "GRC", "ROU"),
    *("SVK", "SVN", "HRV", "BGR", "LTU", "LVA", "EST", "LUX", "ISL", "MLT"),
)
CURRENCIES = (
    *("EUR", "EUR", "GBP", "EUR", "EUR", "EUR", "NOK", "SEK", "EUR", "EUR"),
    *("CHF", "PLN", "DKK", "EUR", "EUR", "CZK", "EUR", "HUF", "EUR", "RON"),
    *("EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "ISK", "EUR"),
)
METHODS = ("card", "app", "contract", "ad_hoc", "plug_and_charge")
MADE_UP = Path(__file__).parent / "made_up"
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def write_snapshot(folder: Path, offers: int) -> Snapshot:
    """Write a snapshot of about so many offers and return it."""
    path = folder / "made_up.duckdb"
    with _open(folder, path) as connection:
        for name in sql_names("snapshot"):
            connection.execute(sql("snapshot", name))
        files = sorted(MADE_UP.glob("*.sql"))
        assert files  # noqa: S101 - else no figure counts
        for file in files:
            _fill(connection, file.read_text(encoding="utf-8"), offers)
        tables = ("offer_row", "connector", "tariff_version", "link_version")
        rows = {name: connection.table(f"mart.{name}").shape[0] for name in tables}
    return Snapshot("made_up", path, BEGIN, SCHEMA_VERSION, rows)


@contextmanager
def _open(folder: Path, path: Path) -> Iterator[Connection]:
    settings = {"memory_limit": MEMORY, "temp_directory": str(folder / "spill")}
    with duckdb.connect(":memory:", config=settings) as connection:
        attach(connection, path, "snapshot", row_group=ROW_GROUP)
        connection.execute("use snapshot")
        connection.execute("create schema mart")
        yield connection
        connection.execute("use memory")
        connection.execute("detach snapshot")


def _fill(connection: Connection, statements: str, offers: int) -> None:
    values = {
        "evses": max(1, offers // OFFERS_PER_EVSE),
        "countries": list(ALPHA_3),
        "currencies": list(CURRENCIES),
        "methods": list(METHODS),
        "tariffs": TARIFFS_OF_PARTY,
        "parties": PARTIES,
        "price_lists": PRICE_LISTS,
        "begin": BEGIN.replace(tzinfo=None),
        "version": SCHEMA_VERSION,
    }
    for statement in statements.split(";\n")[:-1]:
        used = {name: value for name, value in values.items() if f"${name}" in statement}
        connection.execute(statement, used)
