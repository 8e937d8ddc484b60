"""A connector's tariff: its own party's, whatever the letters; another feed's only when allowed."""

from dataclasses import replace
from datetime import datetime

import pytest
from msgspec import structs

from aggregator.store import marts
from aggregator.store.ledger import FeedFacts
from aggregator.store.warehouse import cursor
from tests.records import connector, evse, location, price_list, tariff

NOW = datetime(2026, 6, 1)  # noqa: DTZ001 - DuckDB keeps UTC without zone
NOBODY = ("ZZ", "ZZZ")  # what a record that states no party belongs to


def naming(*tariff_ids, party=("SE", "AAA")):
    """Return a location whose one connector names tariffs."""
    plain = location(evses=(evse(connectors=(connector(tariff_ids=tariff_ids),)),))
    return structs.replace(plain, country_code=party[0], party_id=party[1])


def of(party, tariff_id="T1", currency="SEK", **values):
    """Return a tariff of a party; the currency tells which one was found."""
    country_code, party_id = party
    plain = tariff(tariff_id, price_list=price_list(currency=currency), **values)
    return replace(plain, country_code=country_code, party_id=party_id)


@pytest.fixture
def links(receive, warehouse):
    """Return a function that loads one feed and returns (currency, why none) of its connectors."""

    def links(locations, tariffs, feed="f"):
        receive(locations, tariffs, feed=feed)
        own = cursor(warehouse)
        marts.prepare(own)
        marts.gather(own, NOW)
        name = feed.feed if isinstance(feed, FeedFacts) else feed
        query = (
            "select currency, missing_because "
            "from temp.link join temp.named_tariff using (named_no) where feed = ? order by all"
        )
        found = own.execute(query, [name]).fetchall()
        own.close()
        return found

    return links


FOUND, UNKNOWN, AMBIGUOUS = ("SEK", None), (None, "tariff_not_in_feed"), (None, "ambiguous_tariff")


@pytest.mark.parametrize(
    ("connectors_party", "tariffs_party", "expected"),
    [
        (("SE", "AAA"), ("SE", "AAA"), FOUND),
        (("SE", "AAA"), ("SE", "BBB"), UNKNOWN),
        (("ZZ", "AAA"), ("SE", "BBB"), UNKNOWN),
        (("SE", "AAA"), ("ZZ", "BBB"), UNKNOWN),
        (("ZZ", "AAA"), ("ZZ", "BBB"), UNKNOWN),
        (("ZZ", "AAA"), ("SE", "AAA"), FOUND),
        (("SE", "AAA"), ("ZZ", "AAA"), FOUND),
        (("SE", "AAA"), ("DK", "AAA"), FOUND),
        (("SE", "AAA"), NOBODY, FOUND),
        (NOBODY, ("SE", "AAA"), FOUND),
        (NOBODY, NOBODY, FOUND),
    ],
)
def test_a_connector_gets_its_own_partys_tariff_or_one_of_nobody(
    links, connectors_party, tariffs_party, expected
):
    assert links([naming("T1", party=connectors_party)], [of(tariffs_party)]) == [expected]


@pytest.mark.parametrize(("named", "offered"), [("t1", "T1"), ("T1", "t1"), ("ad-HOC", "AD-hoc")])
def test_a_tariff_is_found_whatever_the_case_of_its_id(links, named, offered):
    assert links([naming(named)], [of(("SE", "AAA"), offered)]) == [FOUND]


def test_the_exact_id_goes_before_the_same_letters_in_another_case(links):
    twins = [of(("SE", "AAA"), "T1", "DKK"), of(("SE", "AAA"), "t1")]
    assert links([naming("t1")], twins) == [FOUND]


def test_the_same_letters_in_two_other_cases_are_ambiguous(links):
    twins = [of(("SE", "AAA"), "Tone", "DKK"), of(("SE", "AAA"), "TONE")]
    assert links([naming("tone")], twins) == [AMBIGUOUS]


def test_the_own_party_in_its_own_country_goes_before_another_country(links):
    assert links([naming("T1")], [of(("DK", "AAA"), "T1", "DKK"), of(("SE", "AAA"))]) == [FOUND]


def test_the_own_party_in_two_other_countries_is_ambiguous(links):
    tariffs = [of(("DK", "AAA"), "T1", "DKK"), of(("NO", "AAA"), "T1", "NOK")]
    assert links([naming("T1")], tariffs) == [AMBIGUOUS]


def test_a_connector_of_nobody_gets_no_tariff_that_two_parties_have(links):
    tariffs = [of(("SE", "AAA")), of(("SE", "BBB"), "T1", "DKK")]
    assert links([naming("T1", party=NOBODY)], tariffs) == [AMBIGUOUS]


def test_a_connector_without_tariffs_says_so(links):
    assert links([naming()], [of(("SE", "AAA"))]) == [(None, "no_tariff_id")]


def test_two_spellings_of_one_tariff_are_one_link(links):
    assert links([naming("T1", "t1", "T2")], [of(("SE", "AAA"))]) == [FOUND]


# Other feeds


def allowing(*others, feed="f"):
    return FeedFacts(feed, feed.title(), tariffs_from=others)


@pytest.mark.parametrize("party", [("SE", "AAA"), ("SE", "BBB"), NOBODY])
def test_a_tariff_of_another_feed_is_used_only_when_the_feed_file_names_that_feed(
    links, receive, party
):
    receive([], [of(party)], feed="other")
    assert links([naming("T1")], []) == [UNKNOWN]
    assert links([naming("T1")], [], allowing("third")) == [UNKNOWN]
    assert links([naming("T1")], [], allowing("other")) == [FOUND]


def test_another_feeds_tariff_is_found_whatever_the_case_of_its_id(links, receive):
    receive([], [of(("SE", "BBB"), "T1")], feed="other")
    assert links([naming("t1")], [], allowing("other")) == [FOUND]


def test_the_feeds_own_tariff_goes_before_another_feeds(links, receive):
    receive([], [of(("SE", "AAA"), currency="DKK")], feed="other")
    assert links([naming("t1")], [of(("SE", "AAA"), "T1")], allowing("other")) == [FOUND]


def test_another_feed_does_not_settle_what_is_ambiguous_in_the_own(links, receive):
    receive([], [of(("SE", "AAA"), currency="DKK")], feed="other")
    own = [of(("DK", "AAA"), "T1", "DKK"), of(("NO", "AAA"), "T1", "NOK")]
    assert links([naming("T1")], own, allowing("other")) == [AMBIGUOUS]


def test_one_id_in_two_allowed_feeds_is_ambiguous(links, receive):
    receive([], [of(("SE", "BBB"))], feed="other")
    receive([], [of(("SE", "CCC"))], feed="third")
    assert links([naming("T1")], [], allowing("other", "third")) == [AMBIGUOUS]
    assert links([naming("T1")], [], allowing("third")) == [FOUND]


def test_one_id_of_two_parties_in_an_allowed_feed_is_ambiguous(links, receive):
    receive([], [of(("SE", "BBB")), of(("SE", "CCC"))], feed="other")
    assert links([naming("T1")], [], allowing("other")) == [AMBIGUOUS]


def test_a_feed_that_is_allowed_twice_is_one_feed(links, receive):
    receive([], [of(("SE", "BBB"))], feed="other")
    assert links([naming("T1")], [], allowing("other", "other")) == [FOUND]


def test_a_tariff_of_another_feed_that_has_ended_is_not_used(links, receive):
    receive([], [of(("SE", "BBB")), of(("SE", "BBB"), "T2")], feed="other")
    receive([], [of(("SE", "BBB"), "T2")], feed="other")
    assert links([naming("T1")], [], allowing("other")) == [UNKNOWN]
