"""Feed files of the simulated operators."""

from pathlib import Path

import pytest

from aggregator.demo.description import Operator
from aggregator.demo.feed_files import demo_environment, write_feed_file
from aggregator.demo.operators import OPERATORS
from aggregator.feeds import SourceKind, load_feed, load_feeds

operators = pytest.mark.parametrize("operator", OPERATORS, ids=lambda o: o.operator_id)


@operators
def test_feed_file_is_loadable_and_labelled(operator: Operator, tmp_path: Path) -> None:
    """Everything that shows a feed can tell that its data are made up."""
    path = write_feed_file(tmp_path, operator, "http://127.0.0.1:9000")
    feed = load_feed(path)
    assert path.name == f"demo_{operator.operator_id}.toml"
    assert feed.synthetic
    assert feed.allow_private
    assert feed.verified
    assert feed.licence == "CC0-1.0"
    assert feed.attribution == "Synthetic data, made by Klarpris"
    assert feed.name == feed.operator_name == operator.name


@operators
def test_token_is_in_the_environment_and_not_in_the_file(
    operator: Operator, tmp_path: Path
) -> None:
    """As with real feeds."""
    path = write_feed_file(tmp_path, operator, "http://127.0.0.1:9000")
    token_env = load_feed(path).token_env
    assert token_env == operator.token_env
    if token_env:
        assert demo_environment()[token_env] == operator.token
        assert demo_environment()[token_env] not in path.read_text(encoding="utf-8")


def test_file_feed_names_two_gzip_files(tmp_path: Path) -> None:
    """There is no OCPI server behind it."""
    polder = next(operator for operator in OPERATORS if operator.operator_id == "polder")
    feed = load_feed(write_feed_file(tmp_path, polder, "http://127.0.0.1:9000"))
    assert feed.source is SourceKind.OCPI_FILE
    assert feed.locations_url == "http://127.0.0.1:9000/locations.json.gz"
    assert feed.tariffs_url == "http://127.0.0.1:9000/tariffs.json.gz"


def test_file_is_replaced_and_nothing_is_left_behind(tmp_path: Path) -> None:
    """A second start has other ports."""
    for port in (9000, 9001):
        write_feed_file(tmp_path, OPERATORS[0], f"http://127.0.0.1:{port}")
    feeds, errors = load_feeds(tmp_path)
    assert [feed.versions_url for feed in feeds.values()] == ["http://127.0.0.1:9001/ocpi/versions"]
    assert not errors
    assert len(list(tmp_path.iterdir())) == 1
