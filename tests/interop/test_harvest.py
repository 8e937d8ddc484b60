"""Klarpris against other people's OCPI servers: everything that they have, and nothing lost."""

import copy
from dataclasses import dataclass

import pytest

from aggregator.feeds import Feed
from tests.interop import made_up
from tests.interop.contents import live, published, sizes, values
from tests.interop.serving import Server

# 60 locations of 1, 2, 3, 1, 2, 3, ... EVSEs: 20 x 6 = 120. The connectors of EVSE `place` of
# location `number` are 1 or 2, by number + place: over six locations 1, 2+1, 1+2+1, 2, 1+2, 2+1+2
# make 1 + 3 + 4 + 2 + 3 + 5 = 18, ten times.
ALL = {"location": 60, "evse": 120, "connector": 180, "tariff": 30}

SERVED = {
    "extrawest, 2.2.1": ("extrawest", "2.2.1", {}),
    "extrawest, 2.1.1 by the feed file": ("extrawest", "2.1.1", {"ocpi_version": "2.1.1"}),
    "extrawest, 2.1.1 only": ("old_extrawest", "2.1.1", {}),
    "python-ocpi, pages by Link": ("python_ocpi", "2.2", {"paging": "link"}),
    "python-ocpi, pages by total": ("python_ocpi", "2.2", {"paging": "total"}),
    "python-ocpi, nothing about pages": ("python_ocpi", "2.2", {"paging": "nothing"}),
}


@dataclass
class Served:
    """A server, the feed that names it, and what it offers: `contents`, to be changed."""

    server: Server
    feed: Feed
    version: str
    paging: str
    contents: dict

    def offer(self):
        self.server.offer(self.version, self.contents, self.paging)


@pytest.fixture(params=SERVED.values(), ids=SERVED)
def served(request, feed_of):
    """Return each of the servers, offering the made-up operator."""
    name, version, values = request.param
    server = request.getfixturevalue(name)
    paging = values.get("paging", "nothing")
    asked = {key: value for key, value in values.items() if key == "ocpi_version"}
    feed = feed_of(server, country_code="SE", party_id="AAA", **asked)
    served = Served(server, feed, version, paging, made_up.feed(version))
    served.offer()
    return served


@pytest.fixture
def known(served, harvested, warehouse):
    """Return a server whose objects are all in the warehouse."""
    run = harvested(served.feed)
    assert run.outcome == "ok", run.message
    assert sizes(live(warehouse)) == ALL
    return served


def counted(warehouse, run, columns="received, kept, rejected"):
    query = f"select object_type, {columns} from core.run_count where run_id = ?"  # noqa: S608
    return {kind: tuple(numbers) for kind, *numbers in _rows(warehouse, query, [run.run_id])}


def _rows(warehouse, query, parameters=None):
    return warehouse.execute(query, parameters or []).fetchall()


def test_every_object_of_every_page_is_kept(served, harvested, warehouse):
    run = harvested(served.feed)
    assert run.outcome == "ok", run.message
    assert live(warehouse) == published(served.contents)
    assert sizes(live(warehouse)) == ALL


def test_what_was_received_is_what_the_server_has(served, harvested, warehouse):
    run = harvested(served.feed)
    assert counted(warehouse, run) == {kind: (n, n, 0) for kind, n in ALL.items()}
    assert _rows(warehouse, "select reason from core.rejection") == []


def test_owner_is_written_in_one_way_however_the_server_writes_it(known, warehouse):
    for table in ("location", "evse", "connector", "tariff"):
        query = f"select distinct country_code, party_id from core.{table}"  # noqa: S608
        assert _rows(warehouse, query) == [("SE", "AAA")]


def test_every_tariff_that_a_connector_names_is_there(known, warehouse):
    named = "select distinct lower(unnest(tariff_ids)) from core.connector where valid_to is null"
    tariffs = "select lower(tariff_id) from core.tariff where valid_to is null"
    assert set(_rows(warehouse, named)) == set(_rows(warehouse, tariffs))


def test_values_are_those_of_the_operator_whatever_the_server_adds(known, read_directly, warehouse):
    version = "2.1.1" if known.version == "2.1.1" else "2.2.1"
    read_directly(known.contents, version, country_code="SE", party_id="AAA")
    assert values(warehouse) == values(warehouse, "document")


def test_full_page_at_the_end_is_the_last_one(served, harvested, warehouse):
    served.contents = made_up.feed(served.version, locations=50, tariffs=25)
    served.offer()
    run = harvested(served.feed)
    assert run.outcome == "ok", run.message
    assert live(warehouse) == published(served.contents)


def test_same_answer_again_changes_nothing(known, harvested, warehouse):
    run = harvested(known.feed)
    assert counted(warehouse, run, "new, changed, ended") == dict.fromkeys(ALL, (0, 0, 0))


def test_object_that_a_complete_answer_lacks_ends_and_no_other(known, harvested, warehouse):
    # Location 59 has 1 + 59 % 3 = 3 EVSEs, with 2, 1 and 2 connectors.
    known.contents["locations"].pop()
    known.offer()
    run = harvested(known.feed)
    assert counted(warehouse, run, "ended") == {
        "location": (1,),
        "evse": (3,),
        "connector": (5,),
        "tariff": (0,),
    }
    assert live(warehouse) == published(known.contents)


def test_wrong_token_is_an_error_that_says_so_and_ends_nothing(
    known, harvested, warehouse, monkeypatch
):
    monkeypatch.setenv("INTEROP_TOKEN", "a-token-that-nobody-knows")
    run = harvested(known.feed)
    assert run.outcome == "failed"
    assert "check the token" in run.message
    assert "nobody-knows" not in run.message
    assert live(warehouse) == published(known.contents)


@pytest.mark.parametrize(("module", "position"), [("locations", 30), ("tariffs", 28)])
def test_object_that_breaks_the_server_ends_nothing(known, harvested, warehouse, module, position):
    """A page with such an object is HTTP 200 and 3000 from extrawest, 500 from python-ocpi."""
    before = copy.deepcopy(known.contents)
    known.contents[module][position]["last_updated"] = "soon"
    del known.contents[module][-1]
    known.offer()

    run = harvested(known.feed)

    assert run.outcome == "attention"
    assert f"/{module}" in run.message
    assert live(warehouse) == published(before)


def test_module_beside_a_broken_one_is_still_renewed(known, harvested, warehouse):
    known.contents["locations"][30]["last_updated"] = "soon"
    del known.contents["tariffs"][-1]
    known.offer()
    run = harvested(known.feed)
    assert run.outcome == "attention"
    assert counted(warehouse, run, "ended") == {kind: (int(kind == "tariff"),) for kind in ALL}


def test_server_that_fails_inside_ends_nothing(known, harvested, warehouse):
    """Both packages answer HTTP 200 with the OCPI status 3000."""
    before = published(known.contents)
    del known.contents["tariffs"]
    known.offer()
    run = harvested(known.feed)
    assert run.outcome == "attention"
    assert "3000" in run.message
    assert live(warehouse) == before


def test_server_that_says_nothing_more_of_what_it_had_ends_nothing(known, harvested, warehouse):
    before = published(known.contents)
    known.contents |= {"locations": [], "tariffs": []}
    known.offer()
    run = harvested(known.feed)
    assert run.outcome == "attention"
    assert live(warehouse) == before
