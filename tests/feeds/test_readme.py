"""The description of feed files for people: complete, and its examples can be used."""

import re
from pathlib import Path

import pytest

from aggregator.feeds import BasicLogin, Feed, Layout, ObjectKind, Paging, SourceKind, load_feed
from aggregator.feeds.access import TokenEncoding
from aggregator.feeds.feed import StatedPrices

README = Path(__file__).resolve().parents[2] / "data" / "feeds" / "README.md"
TEXT = README.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
TABLE_ROWS = [line for line in TEXT.splitlines() if line.startswith("|")]
EXPLAINED = {word for row in TABLE_ROWS for word in re.findall(r"`([a-z_]+)`", row.split("|")[1])}
KEYS = (set(Feed.model_fields) - {"feed_id"}) | set(Layout.model_fields)


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_key_of_a_feed_file_is_explained(key):
    assert key in EXPLAINED


def test_nothing_is_explained_that_no_feed_file_may_say():
    assert set() == EXPLAINED - KEYS


@pytest.mark.parametrize("key", sorted(BasicLogin.model_fields))
def test_every_key_of_a_login_is_explained(key):
    assert f"`{key}`" in TEXT


@pytest.mark.parametrize(
    "value", [*SourceKind, *Paging, *TokenEncoding, *StatedPrices], ids=lambda value: value.name
)
def test_every_value_of_a_key_is_explained(value):
    assert f'`"{value}"`' in TEXT


@pytest.mark.parametrize("kind", ObjectKind)
def test_every_kind_of_object_that_has_aliases_is_named(kind):
    assert f"layout.aliases.{kind}" in TEXT or f"`.{kind}`" in TEXT


@pytest.mark.parametrize("key", ["every", "full_every"])
def test_defaults_in_the_table_are_the_real_ones(key):
    hours = Feed.model_fields[key].default.total_seconds() / 3600
    written = "1d" if hours == 24 else f"{hours:.0f}h"
    assert any(f"`{key}`" in row and f'`"{written}"` |' in row for row in TABLE_ROWS)


@pytest.mark.parametrize(
    "key",
    [
        "pace_seconds",
        "concurrency",
        "timeout_seconds",
        "run_minutes",
        "max_run_mb",
        "page_limit",
        "max_pages",
        "priority",
    ],
)
def test_numbers_in_the_table_are_the_real_defaults(key):
    default = Feed.model_fields[key].default
    assert any(f"`{key}`" in row and row.endswith(f"| `{default}` |") for row in TABLE_ROWS)


def test_there_is_an_example_for_each_kind_of_source():
    assert len(EXAMPLES) == 6
    assert all(any(f'"{kind}"' in example for example in EXAMPLES) for kind in SourceKind)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_a_feed_file_that_can_be_used(example, tmp_path):
    path = tmp_path / "an_example.toml"
    path.write_text(example, encoding="utf-8")
    assert load_feed(path).licence
