"""One EVSE that several feeds have is kept in all of them, and counted in one."""

import duckdb
import pytest
from msgspec import structs

from aggregator.config import Settings
from aggregator.domain.tariff import TariffType
from aggregator.publish import publish
from aggregator.store.ledger import FeedFacts
from aggregator.store.queries import current_reader
from tests.records import connector, evse, location, price_list, tariff

OWN, HUB = FeedFacts("own", "Own", priority=70), FeedFacts("hub", "Hub", priority=30)


@pytest.fixture
def published(warehouse, tmp_path):
    """Return a function that publishes and returns the rows of a query."""

    def published(query, data=None):
        chosen = Settings(home=tmp_path, **({"data": data} if data else {}))
        snapshot = publish(warehouse, chosen)
        with duckdb.connect(str(snapshot.path), read_only=True) as connection:
            return connection.execute(query).fetchall()

    return published


def at(location_id, evse_id, **values):
    """Return a location with one EVSE."""
    plug = values.pop("plug", connector())
    bay = evse(f"of {location_id}", evse_id=evse_id, connectors=(plug,))
    return location(location_id, evses=(bay,), **values)


OFFERS = "select distinct feed, preferred_feed from mart.offer order by feed"
MATCHES = "select feed, location_id, relation, conflicts from mart.evse_match order by feed, 2"


def test_the_feed_with_the_higher_priority_counts_whatever_the_spelling_of_the_id(
    receive, published
):
    receive([at("h", "seaaae7 ")], [tariff()], feed=HUB)
    receive([at("o", "SE*AAA*E7")], [tariff()], feed=OWN)
    assert published(OFFERS) == [("hub", "own"), ("own", None)]
    assert published(MATCHES) == [("hub", "h", "same", []), ("own", "o", "preferred", [])]


def test_equal_priorities_are_settled_by_name_whatever_came_first(receive, published):
    receive([at("b", "SE*AAA*E7")], [tariff()], feed="b")
    receive([at("a", "SE*AAA*E7")], [tariff()], feed="a")
    assert published(OFFERS) == [("a", None), ("b", "a")]


def test_a_record_with_a_price_goes_before_one_without(receive, published):
    receive([at("h", "SE*AAA*E7")], [tariff()], feed=HUB)
    receive([at("o", "SE*AAA*E7")], [], feed=OWN)
    assert published(OFFERS) == [("hub", None), ("own", "hub")]


def test_two_evses_of_one_feed_are_never_merged(receive, published):
    receive([at("1", "SE*AAA*E7"), at("2", "SE*AAA*E7")], [tariff()], feed=OWN)
    assert published(OFFERS) == [("own", None)]
    assert published(MATCHES) == [
        ("own", "1", "preferred", []),
        ("own", "2", "same_feed", ["same_feed"]),
    ]


def test_one_id_in_two_places_is_never_merged(receive, published):
    receive([at("o", "SE*AAA*E7")], [tariff()], feed=OWN)
    receive([at("h", "SE*AAA*E7", latitude=57.8)], [tariff()], feed=HUB)
    assert published(OFFERS) == [("hub", None), ("own", None)]
    ((distance_m,),) = published("select distance_m from mart.evse_match where feed = 'hub'")
    assert distance_m == pytest.approx(11_119, abs=2)  # a tenth of a degree on a sphere
    assert published(MATCHES)[0] == ("hub", "h", "far_apart", ["far_apart"])


def test_what_two_records_of_one_evse_disagree_in_is_listed(receive, published):
    receive([at("o", "SE*AAA*E7")], [tariff()], feed=OWN)
    weak = structs.replace(connector(), max_power_kw=50, standard="CHADEMO")
    moved = at("h", "SE*AAA*E7", plug=weak, latitude=57.702)  # 222 m
    receive([moved], [tariff(price_list=price_list("6.00"))], feed=HUB)
    assert published(MATCHES)[0] == ("hub", "h", "same", ["position", "power", "plugs", "price"])


def test_a_plug_or_a_way_to_pay_that_only_the_other_record_has_stays(receive, published):
    contract = tariff(type=TariffType.REGULAR)
    receive([at("o", "SE*AAA*E7")], [contract], feed=OWN)
    both = (connector("1"), connector("2", standard="CHADEMO"))
    bay = evse("of h", evse_id="SE*AAA*E7", connectors=both)
    receive([location("h", evses=(bay,))], [tariff()], feed=HUB)
    left = published(
        "select feed, connector_standard, payment_method from mart.offer "
        "where preferred_feed is null order by all"
    )
    methods = {(feed, plug): set() for feed, plug, _ in left}
    for feed, plug, method in left:
        methods[feed, plug].add(method)
    assert methods["own", "IEC_62196_T2_COMBO"] == {"contract"}
    assert "card" in methods["hub", "IEC_62196_T2_COMBO"]
    assert "card" in methods["hub", "CHADEMO"]


def test_a_record_that_is_not_doubtful_stands_in_for_one_that_is(receive, published, tmp_path):
    receive([at("o", "SE*AAA*E7")], [tariff(price="500")], feed=OWN)
    receive([at("h", "SE*AAA*E7")], [tariff()], feed=HUB)
    receive([at("z", "SE*AAA*E7")], [tariff()], feed="other")  # of several only the next one
    flagged = "select distinct feed, flags is not null from mart.offer order by all"
    assert published(flagged) == [("hub", False), ("other", False), ("own", True)]
    reader = current_reader(Settings(home=tmp_path).snapshots_folder)
    (counted,) = reader.region_medians("card")
    (left,) = reader.region_medians("card", without_flagged=True)
    assert counted["median_total"] == 100 * left["median_total"]
    assert counted["offers"] == left["offers"]


def test_a_record_without_a_position_is_matched_and_says_so(receive, published):
    receive([at("o", "SE*AAA*E7")], [tariff()], feed=OWN)
    receive([at("h", "SE*AAA*E7", latitude=None, longitude=None)], [tariff()], feed=HUB)
    assert published(MATCHES)[0] == ("hub", "h", "same", ["position_unknown"])
    assert published("select distance_m from mart.evse_match where feed = 'hub'") == [(None,)]


def test_of_two_evses_of_another_feed_none_is_merged(receive, published):
    receive([at("o", "SE*AAA*E7")], [tariff()], feed=OWN)
    receive([at("1", "SE*AAA*E7"), at("2", "SE*AAA*E7")], [tariff()], feed=HUB)
    assert published(OFFERS) == [("hub", None), ("own", None)]
    assert [row[2] for row in published(MATCHES)] == ["same_feed", "same_feed", "preferred"]


@pytest.mark.parametrize("evse_id", ["SE\u2013AAA\u2013E7", "SE\u00a0AAA E7", "se-aaa-e7"])
def test_every_separator_that_people_write_is_none(receive, published, evse_id):
    receive([at("o", "SE*AAA*E7")], [tariff()], feed=OWN)
    receive([at("h", evse_id)], [tariff()], feed=HUB)
    assert published(OFFERS) == [("hub", "own"), ("own", None)]


@pytest.mark.parametrize("evse_id", [None, "", "1", "N/A", "DE*XXX*E0"])
def test_ids_that_name_nothing_match_nothing(receive, published, evse_id):
    receive([at("o", evse_id)], [tariff()], feed=OWN)
    receive([at("h", evse_id)], [tariff()], feed=HUB)
    assert published(MATCHES) == []
    assert published(OFFERS) == [("hub", None), ("own", None)]


def test_an_alias_makes_two_ids_one(receive, published, tmp_path):
    receive([at("o", "SE*AAA*E7")], [tariff()], feed=OWN)
    receive([at("h", "SE*BBB*E99")], [tariff()], feed=HUB)
    assert published(OFFERS) == [("hub", None), ("own", None)]

    shipped, data = Settings().data, tmp_path / "data"
    for folder in ("reference", "operators"):
        (data / folder).mkdir(parents=True)
        for file in (shipped / folder).glob("*.*"):
            (data / folder / file.name).write_bytes(file.read_bytes())
    (data / "reference" / "evse_aliases.csv").write_text(
        "evse_id,same_as,source,read_on\nSE-BBB-E99,SE*AAA*E7,a plate,2026-11-22\n"
    )
    assert published(OFFERS, data) == [("hub", "own"), ("own", None)]


def test_an_evse_that_left_the_better_feed_counts_again(receive, published):
    receive([at("o", "SE*AAA*E7")], [tariff()], feed=OWN)
    receive([at("h", "SE*AAA*E7")], [tariff()], feed=HUB)
    receive([at("o", "SE*AAA*E8")], [tariff()], feed=OWN)
    assert published(OFFERS) == [("hub", None), ("own", None)]


def test_the_register_names_operators_by_party_and_by_spelling(receive, published):
    mer = structs.replace(at("1", "GB*MER*E1", operator_name="mer  UK"), country_code="GB")
    other = at("2", "SE*AAA*E2", operator_name=" MER")
    unknown = at("3", "SE*AAA*E3")
    receive([structs.replace(mer, party_id="MER"), other, unknown], [tariff()])
    named = "select distinct location_id, operator, operator_name from mart.offer order by 1"
    assert published(named) == [
        ("1", "mer", "Mer"),
        ("2", "mer", "Mer"),
        ("3", None, "Ampere AB"),
    ]
    of_party = "select operator, operator_name from mart.operator where party_id = 'MER'"
    assert published(of_party) == [("mer", "Mer")]


def test_the_operators_of_a_hub_are_told_apart(receive, published):
    names = ["Alpha", "Alpha", "Beta"]
    sites = [at(str(n), f"SE*AAA*E{n}", operator_name=name) for n, name in enumerate(names, 1)]
    receive(sites, [tariff()])
    told = published("select operator_name, locations, connectors from mart.operator order by 1")
    assert told == [("Alpha", 2, 2), ("Beta", 1, 1)]
