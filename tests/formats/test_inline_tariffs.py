"""Tariffs that stand inside locations, and the links of connectors to them."""

import pytest

from aggregator.feeds import ObjectKind
from aggregator.formats.inline_tariffs import content_digest, inline_tariffs
from tests.formats.raw_records import (
    ABSENT,
    raw_component,
    raw_connector,
    raw_element,
    raw_evse,
    raw_location,
    raw_tariff,
    read_as_location,
    read_as_tariff,
)

HERE = "$.data[0]"


def linked(raw):
    """Return the tariff ids of the connectors of a location, in order."""
    location, _ = read_as_location(raw)
    return [c.tariff_ids for evse in location.evses for c in evse.connectors]


def ids(raw):
    return [tariff["id"] for _, tariff in inline_tariffs(raw, HERE)]


def at_connector(**changes):
    return raw_location(evses=[raw_evse(connectors=[raw_connector(tariff_ids=ABSENT, **changes)])])


def priced(price, **changes):
    return raw_tariff(elements=[raw_element(raw_component(price=price))], **changes)


def test_tariff_inside_an_evse_is_found_and_linked_to_its_connectors():
    plugs = [raw_connector(tariff_ids=ABSENT), raw_connector(id="2", tariff_ids=[])]
    raw = raw_location(evses=[raw_evse(connectors=plugs, tariffs=[raw_tariff(id="A")])])
    [(path, tariff)] = inline_tariffs(raw, HERE)
    assert path == "$.data[0].evses[0].tariffs[0]"
    assert tariff == raw_tariff(id="A")
    assert linked(raw) == [("A",), ("A",)]


@pytest.mark.parametrize("key", ["tariffs", "_openapiTariffs"])
def test_tariff_inside_a_connector_is_found_and_linked(key):
    raw = at_connector(**{key: [raw_tariff(id="A"), priced(7, id="B")]})
    assert [path for path, _ in inline_tariffs(raw, HERE)] == [
        f"$.data[0].evses[0].connectors[0].{key}[0]",
        f"$.data[0].evses[0].connectors[0].{key}[1]",
    ]
    assert linked(raw) == [("A", "B")]


def test_tariff_inside_a_location_is_linked_to_all_its_connectors():
    raw = raw_location(tariffs=[raw_tariff(id="A")], evses=[raw_evse(), raw_evse(uid="E2")])
    assert inline_tariffs(raw, HERE)[0][0] == "$.data[0].tariffs[0]"
    assert linked(raw) == [("T1", "A"), ("T1", "A")]


def test_found_tariff_can_be_read():
    raw = at_connector(tariffs=[raw_tariff(id=ABSENT)])
    [(_, found)] = inline_tariffs(raw, HERE)
    tariff, account = read_as_tariff(found)
    assert linked(raw) == [(tariff.tariff_id,)]
    assert account.rejections == []


def test_same_tariff_at_every_connector_is_returned_once():
    plugs = [raw_connector(id=n, tariff_ids=ABSENT, tariffs=[raw_tariff()]) for n in (1, 2, 3)]
    raw = raw_location(evses=[raw_evse(connectors=plugs)])
    assert ids(raw) == ["T1"]
    assert linked(raw) == [("T1",)] * 3


def test_tariff_without_an_id_goes_by_the_one_tariff_that_its_connector_names():
    raw = raw_location(
        evses=[raw_evse(connectors=[raw_connector(tariffs=[raw_tariff(id=ABSENT)])])]
    )
    assert ids(raw) == ["T1"]
    assert linked(raw) == [("T1",)]


@pytest.mark.parametrize("link", [{"tariff_ids": ["A", "B"]}, {"tariff_ids": None}, {}])
def test_tariff_without_an_id_that_nothing_names_goes_by_its_content(link):
    unnamed = raw_tariff(id=None)
    plug = raw_connector(**({"tariff_ids": ABSENT} | link), tariffs=[unnamed])
    raw = raw_location(evses=[raw_evse(connectors=[plug])])
    [tariff_id] = ids(raw)
    assert tariff_id == content_digest(unnamed)[:16]
    assert len(tariff_id) == 16
    assert tariff_id in linked(raw)[0]


def test_id_from_the_content_does_not_depend_on_the_order_of_keys():
    unnamed = raw_tariff(id=ABSENT)
    turned = dict(reversed(unnamed.items()))
    assert ids(at_connector(tariffs=[unnamed])) == ids(at_connector(tariffs=[turned]))


def test_tariff_goes_by_its_tariff_id_where_it_has_no_id():
    assert ids(at_connector(tariffs=[raw_tariff(id=ABSENT, tariff_id=7)])) == ["7"]


def test_tariffs_keyed_by_their_ids_go_by_them():
    raw = at_connector(tariffs={"A": priced(1, id=ABSENT), "B": priced(2, id=ABSENT)})
    assert ids(raw) == ["A", "B"]
    assert linked(raw) == [("A", "B")]


def test_one_tariff_where_a_list_is_needed_is_found():
    assert ids(at_connector(tariffs=raw_tariff(id="A"))) == ["A"]


def test_one_id_with_two_contents_in_a_location_is_two_tariffs():
    # EnBW: "adHoc" means another price at each charger
    cheap, dear = priced(0.4, id="adHoc"), priced(0.7, id="adhoc")
    plugs = [
        raw_connector(tariff_ids=["adHoc"], tariffs=[cheap]),
        raw_connector(id="2", tariff_ids=ABSENT, tariffs=[dear]),
    ]
    raw = raw_location(evses=[raw_evse(connectors=plugs)])
    first = f"adHoc#{content_digest(cheap)[:8]}"
    second = f"adhoc#{content_digest(dear)[:8]}"
    assert ids(raw) == [first, second]
    assert linked(raw) == [(first,), (second,)]


@pytest.mark.parametrize("entry", ["A", {"id": "A"}, {"tariff_id": "A", "elements": []}])
def test_entry_without_prices_is_a_link(entry):
    raw = at_connector(tariffs=[entry])
    assert inline_tariffs(raw, HERE) == []
    assert linked(raw) == [("A",)]


@pytest.mark.parametrize("tariffs", [None, [], {}, "A", 5, [None, {}, [], ""], [{"name": "A"}]])
def test_tariffs_that_tell_nothing_are_left_out(tariffs):
    raw = at_connector(tariffs=tariffs)
    assert inline_tariffs(raw, HERE) == []
    assert linked(raw) == [()]


@pytest.mark.parametrize("raw", [None, [], {"evses": [None, 5, {"connectors": [None]}]}])
def test_location_of_any_shape_is_searched_without_a_crash(raw):
    assert inline_tariffs(raw, HERE) == []


def test_tariff_is_found_under_the_feeds_own_names():
    aliases = {
        ObjectKind.LOCATION: {"evses": "chargers"},
        ObjectKind.EVSE: {"connectors": "plugs"},
        ObjectKind.CONNECTOR: {"tariffs": "prices"},
        ObjectKind.TARIFF: {"id": "code"},
    }
    plug = raw_connector(tariff_ids=ABSENT, prices=[raw_tariff(id=ABSENT, code="A")])
    raw = {"chargers": [{"uid": "1", "plugs": [plug]}]}
    [(path, tariff)] = inline_tariffs(raw, HERE, aliases)
    assert path == "$.data[0].evses[0].connectors[0].tariffs[0]"
    assert tariff["id"] == "A"


def test_tariffs_inside_do_not_hide_those_that_the_connector_names():
    plug = raw_connector(tariff_ids=["X"], tariffs=[raw_tariff(id="A")])
    assert linked(raw_location(evses=[raw_evse(connectors=[plug])])) == [("X", "A")]
