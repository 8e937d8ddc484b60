"""Shape and variety of locations."""

from collections.abc import Iterator
from math import hypot

import pytest

from aggregator.demo.description import Operator, Record
from aggregator.demo.operators import OPERATORS
from aggregator.demo.records import location_record
from aggregator.demo.world import World, build_world
from aggregator.feeds import OcpiVersion

WORLD = build_world(5_000)
CLEAN = [operator for operator in OPERATORS if not operator.has_defects]


def locations(operator: Operator, world: World = WORLD) -> Iterator[Record]:
    """Yield an operator's locations as served."""
    for number in range(world.locations_of(operator)):
        yield location_record(world, operator, number)


def evses_of(operator: Operator) -> Iterator[Record]:
    """Yield an operator's EVSEs as served."""
    for location in locations(operator):
        yield from location["evses"]


def of_version(version: OcpiVersion) -> Operator:
    """Return a clean operator that speaks this version."""
    return next(operator for operator in CLEAN if operator.ocpi_version is version)


def test_2_1_1_has_voltage_and_one_tariff_id_and_no_owner() -> None:
    """OCPI 2.1.1-d2, mod_locations."""
    for location in locations(of_version(OcpiVersion.V2_1_1)):
        assert not {"country_code", "party_id", "publish", "parking_type"} & set(location)
        assert location["type"] in {"ON_STREET", "PARKING_GARAGE", "PARKING_LOT", "OTHER"}
        for evse in location["evses"]:
            assert "CONTACTLESS_CARD_SUPPORT" not in evse["capabilities"]
            for connector in evse["connectors"]:
                assert {"voltage", "amperage"} <= set(connector)
                assert not {"tariff_ids", "max_voltage", "max_electric_power"} & set(connector)


def test_2_2_1_has_owner_and_tariff_ids_and_watts() -> None:
    """OCPI 2.2.1-d2, mod_locations."""
    for location in locations(of_version(OcpiVersion.V2_2_1)):
        assert {"country_code", "party_id", "publish", "parking_type"} <= set(location)
        for evse in location["evses"]:
            for connector in evse["connectors"]:
                assert isinstance(connector["tariff_ids"], list)
                assert 11_000 <= connector["max_electric_power"] <= 300_000


def test_2_3_0_has_parking_places_that_evses_point_to() -> None:
    """OCPI 2.3.0, mod_locations."""
    for location in locations(of_version(OcpiVersion.V2_3_0)):
        places = {place["id"] for place in location["parking_places"]}
        assert {spot["parking_id"] for evse in location["evses"] for spot in evse["parking"]} == (
            places
        )


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda o: o.operator_id)
def test_location_names_its_synthetic_operator(operator: Operator) -> None:
    """The label stands in every location."""
    found = list(locations(operator))
    assert found
    assert all(location["operator"]["name"].endswith(" (demo)") for location in found)


@pytest.mark.parametrize("operator", CLEAN, ids=lambda o: o.operator_id)
def test_stations_are_near_cities_or_between_them(operator: Operator) -> None:
    """Most are within some kilometres of a city; those along motorways spread out."""
    near = 0
    for location in locations(operator):
        latitude, longitude = (float(value) for value in location["coordinates"].values())
        distances = [hypot(latitude - c.latitude, longitude - c.longitude) for c in operator.cities]
        assert min(distances) < 2.5
        near += min(distances) < 0.15
    total = WORLD.locations_of(operator)
    assert 0.8 * total < near < total


def test_connectors_of_all_kinds_occur() -> None:
    """Alternating current, both direct current plugs, and the usual powers."""
    operator = of_version(OcpiVersion.V2_2_1)
    connectors = [connector for evse in evses_of(operator) for connector in evse["connectors"]]
    assert {(c["standard"], c["max_electric_power"] // 1000) for c in connectors} == {
        ("IEC_62196_T2", 11),
        ("IEC_62196_T2", 22),
        ("IEC_62196_T2_COMBO", 50),
        ("CHADEMO", 50),
        ("IEC_62196_T2_COMBO", 150),
        ("IEC_62196_T2_COMBO", 300),
    }


def test_some_evses_are_planned_some_removed_and_some_take_cards() -> None:
    """What makes a comparison careful."""
    evses = [evse for operator in CLEAN for evse in evses_of(operator)]
    assert {"AVAILABLE", "CHARGING", "OUTOFORDER", "PLANNED", "REMOVED"} <= {
        evse["status"] for evse in evses
    }
    with_card = sum("CONTACTLESS_CARD_SUPPORT" in evse["capabilities"] for evse in evses)
    assert 0.1 * len(evses) < with_card < 0.6 * len(evses)


def test_a_few_locations_are_not_for_the_public() -> None:
    """They must never be shown."""
    flags = [
        location["publish"]
        for operator in CLEAN
        for location in locations(operator)
        if "publish" in location
    ]
    assert 0 < flags.count(False) < 0.05 * len(flags)


def test_a_few_connectors_have_no_tariff_or_one_that_is_not_published() -> None:
    """Unknown prices belong to the picture."""
    ids = [
        connector["tariff_ids"]
        for operator in CLEAN
        if operator.ocpi_version is not OcpiVersion.V2_1_1
        for evse in evses_of(operator)
        for connector in evse["connectors"]
    ]
    dangling = [found for found in ids if found and found[0].startswith("withdrawn-")]
    assert 0 < ids.count([]) < 0.05 * len(ids)
    assert 0 < len(dangling) < 0.05 * len(ids)


def test_no_part_of_a_location_is_newer_than_the_location() -> None:
    """OCPI: a location is updated when one of its EVSEs is."""
    for operator in CLEAN:
        for location in locations(operator):
            assert location["last_updated"] == max(e["last_updated"] for e in location["evses"])
