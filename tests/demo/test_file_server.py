"""The operator that publishes gzip files."""

import gzip
import json
from collections.abc import Callable

import httpx

from aggregator.demo.file_server import file_app
from aggregator.demo.operators import OPERATORS
from aggregator.demo.records import location_record
from aggregator.demo.simulation import Simulation
from aggregator.demo.world import build_world

POLDER = next(operator for operator in OPERATORS if operator.operator_id == "polder")
WORLD = build_world(8_000)
ClientOf = Callable[..., httpx.Client]


def test_files_are_bare_arrays_in_gzip(client_of: ClientOf) -> None:
    """The file itself is compressed, not its transfer; it takes more than one piece."""
    asker = client_of(file_app(Simulation(WORLD), POLDER))
    answer = asker.get("/locations.json.gz")
    locations = json.loads(gzip.decompress(answer.content))
    assert "Content-Encoding" not in answer.headers
    assert len(locations) == WORLD.locations_of(POLDER) > 250
    assert locations[-1] == location_record(WORLD, POLDER, len(locations) - 1)
    tariffs = json.loads(gzip.decompress(asker.get("/tariffs.json.gz").content))
    assert len(tariffs) == WORLD.tariffs_of(POLDER)


def test_equal_price_lists_stand_under_many_ids(client_of: ClientOf) -> None:
    """Pricing must not be done once for each id."""
    asker = client_of(file_app(Simulation(WORLD), POLDER))
    tariffs = json.loads(gzip.decompress(asker.get("/tariffs.json.gz").content))
    assert len({tariff["id"] for tariff in tariffs}) == len(tariffs)
    assert len({json.dumps(tariff["elements"]) for tariff in tariffs}) < len(tariffs) / 10


def test_unchanged_file_is_not_sent_again(client_of: ClientOf) -> None:
    """The entity tag follows the revision."""
    simulation = Simulation(WORLD)
    asker = client_of(file_app(simulation, POLDER))
    edition = {"If-None-Match": asker.get("/tariffs.json.gz").headers["ETag"]}
    assert asker.get("/tariffs.json.gz", headers=edition).status_code == 304
    simulation.set_revision(1)
    assert asker.get("/tariffs.json.gz", headers=edition).status_code == 200


def test_no_sites_make_an_empty_array(client_of: ClientOf) -> None:
    """A simulation of one EVSE leaves most operators without any."""
    empty = build_world(0)
    asker = client_of(file_app(Simulation(empty), POLDER))
    assert gzip.decompress(asker.get("/locations.json.gz").content) == b"[]"
