"""What tables and columns of a snapshot mean, written into the file itself."""

import tomllib
from importlib.resources import files

from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection


def describe(connection: Connection) -> None:
    """Comment every table and column of the attached snapshot that its SQL says nothing about."""
    text = (files("aggregator.store") / "meanings.toml").read_text(encoding="utf-8")
    meanings = tomllib.loads(text)
    for kind, table, column in connection.execute(sql("mart", "uncommented")).fetchall():
        of = "columns" if column else "tables"
        if meaning := meanings[of].get(column or table):
            _comment(connection, kind, f"mart.{table}" + (f".{column}" if column else ""), meaning)


def _comment(connection: Connection, kind: str, name: str, meaning: str) -> None:
    """COMMENT takes no bound values; the texts are our own."""
    quoted = meaning.replace("'", "''")
    connection.execute(f"comment on {kind} {name} is '{quoted}'")
