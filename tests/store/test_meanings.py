"""A snapshot says of itself what everything in it means."""

import tomllib
from importlib.resources import files

import duckdb
import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from tests.records import location, tariff


@pytest.fixture
def comments(receive, warehouse, tmp_path):
    receive([location()], [tariff()])
    snapshot = publish(warehouse, Settings(home=tmp_path))
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        columns = connection.execute(
            "select table_name, column_name, data_type, comment from duckdb_columns() "
            "where schema_name = 'mart'"
        ).fetchall()
        tables = connection.execute(
            "select table_name, comment from duckdb_tables() where schema_name = 'mart' "
            "union all select view_name, comment from duckdb_views() where schema_name = 'mart'"
        ).fetchall()
    return tables, columns


def test_every_table_and_column_says_what_it_means(comments):
    tables, columns = comments
    assert [name for name, comment in tables if not comment] == []
    assert [(table, name) for table, name, _, comment in columns if not comment] == []


def test_every_moment_says_that_it_is_utc_and_every_amount_its_unit(comments):
    _, columns = comments
    moments = [c for c in columns if c[2] == "TIMESTAMP"]
    amounts = [c for c in columns if c[2] in {"DECIMAL(18,6)", "DECIMAL(18,4)"}]
    assert len(moments) > 10
    assert len(amounts) > 10
    assert [c[:2] for c in moments if "UTC" not in c[3]] == []
    assert [c[:2] for c in amounts if "currency" not in c[3]] == []


def test_no_meaning_is_told_of_what_is_not_there(comments):
    tables, columns = comments
    text = (files("aggregator.store") / "meanings.toml").read_text(encoding="utf-8")
    meanings = tomllib.loads(text)
    assert meanings["tables"].keys() <= {name for name, _ in tables}
    assert meanings["columns"].keys() <= {name for _, name, _, _ in columns}
