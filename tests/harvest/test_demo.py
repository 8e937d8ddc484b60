"""The main line on simulated operators, over real sockets: nothing lost, nothing invented."""

import duckdb
import pytest

from aggregator.config import Settings
from aggregator.demo import OPERATORS, demo_environment, running, served_by_all
from aggregator.domain.problem import ObjectType
from aggregator.feeds import load_feeds
from aggregator.publish import publish

pytestmark = pytest.mark.slow


@pytest.fixture
def operators(tmp_path, monkeypatch):
    for name, token in demo_environment().items():
        monkeypatch.setenv(name, token)
    with running(tmp_path / "feeds", evses=600, slow_seconds=0.05) as child:
        yield child


@pytest.fixture
def demo_feeds(operators, tmp_path):
    feeds, wrong = load_feeds(tmp_path / "feeds")
    assert not wrong
    assert len(feeds) == len(OPERATORS) >= 6
    return list(feeds.values())


def test_everything_that_was_served_is_received_and_accounted_for(
    demo_feeds, operators, harvest_now
):
    runs = harvest_now(*demo_feeds)
    for operator, served in served_by_all(operators.world).items():
        counts = runs[f"demo_{operator}"].counts
        received = [counts[kind].received for kind in ObjectType]
        assert received == [served.locations, served.evses, served.connectors, served.tariffs]
        assert all(c.received == c.kept + c.rejected for c in counts.values())


def test_only_the_faulty_operator_has_records_refused(demo_feeds, operators, harvest_now):
    runs = harvest_now(*demo_feeds)
    refused = {name for name, run in runs.items() if any(c.rejected for c in run.counts.values())}
    assert refused == {"demo_rheinkraft"}
    defects = served_by_all(operators.world)["rheinkraft"].defects
    reasons = [r.reason_code for r in runs["demo_rheinkraft"].account.rejections]
    assert reasons.count("missing_currency") == defects["currency_missing"] > 0
    assert {run.outcome for run in runs.values()} == {"ok"}


def test_a_second_harvest_changes_nothing(demo_feeds, harvest_now):
    harvest_now(*demo_feeds)
    assert not any(run.has_changes for run in harvest_now(*demo_feeds).values())


def test_new_prices_become_new_versions_and_nothing_ends(demo_feeds, operators, harvest_now):
    harvest_now(*demo_feeds)
    operators.set_revision(5)
    counts = [run.counts[ObjectType.TARIFF] for run in harvest_now(*demo_feeds).values()]
    assert sum(count.changed for count in counts) > 0
    assert sum(count.ended + count.new for count in counts) == 0


def test_all_payment_methods_states_and_tax_bases_occur(
    demo_feeds, harvest_now, warehouse, tmp_path
):
    harvest_now(*demo_feeds)
    snapshot = publish(warehouse, Settings(home=tmp_path))
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:

        def distinct(column):
            query = f"select distinct {column} from mart.offer where {column} is not null"  # noqa: S608
            return {row[0] for row in connection.execute(query).fetchall()}

        assert distinct("state") == {"priced", "free", "unknown", "not_computable"}
        assert distinct("payment_method") == {"card", "app", "contract", "ad_hoc", "free"}
        assert distinct("tax_basis") >= {"gross", "net", "unknown"}
        assert len(distinct("country")) >= 5
        assert len(distinct("currency")) >= 4
        assert connection.execute("select synthetic from mart.snapshot").fetchone() == (True,)
        unlabelled = "select count(*) from mart.offer where operator_name not like '%(demo)'"
        assert connection.execute(unlabelled).fetchone() == (0,)
