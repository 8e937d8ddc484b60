"""The made-up visitors look at what is there, each page as often as it should be."""

import pytest

from aggregator.store.queries import current_reader
from benchmarks.dashboard_clicks import SHARES, mixed, some
from dashboard.choosing.answers import place_of
from dashboard.choosing.filters import Known, read_choice
from dashboard.choosing.station_link import key_of
from tests.dashboard.conftest import market_home  # noqa: F401 - a fixture


@pytest.fixture
def asked(market_home):  # noqa: F811 - the fixture
    return some(market_home.snapshots_folder, 20)


def test_every_link_means_something(asked, market_home):  # noqa: F811
    reader = current_reader(market_home.snapshots_folder)
    known = Known(
        reader.countries(), None, lambda code: place_of(reader.place(code)), reader.standards
    )
    assert [read_choice(click.codes, known)[1] for click in asked["compare"]] == [[]] * 20
    assert all(key_of(click.codes["id"]) for click in asked["station"])


def test_pages_are_looked_at_in_their_shares(asked):
    pages = [click.page or "compare" for click in mixed(asked)]
    assert {page: pages.count(page) for page in SHARES} == {
        page: 20 * share for page, share in SHARES.items()
    }
