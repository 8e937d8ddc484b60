"""Locations of OCPI 2.2.1 rewritten for the other versions.

Sources: OCPI 2.1.1-d2, 2.2.1-d2 and 2.3.0, mod_locations.
"""

from collections.abc import Callable, Mapping

from aggregator.demo.description import Record
from aggregator.feeds import OcpiVersion

CAPABILITIES_2_1_1 = frozenset(
    {
        "CHARGING_PROFILE_CAPABLE",
        "CREDIT_CARD_PAYABLE",
        "REMOTE_START_STOP_CAPABLE",
        "RESERVABLE",
        "RFID_READER",
        "UNLOCK_CAPABLE",
    }
)
LOCATION_TYPES_2_1_1 = frozenset({"ON_STREET", "PARKING_GARAGE", "PARKING_LOT"})
NEW_SINCE_2_1_1 = frozenset({"country_code", "party_id", "publish", "parking_type"})


def _to_2_1_1(location: Record) -> Record:
    """Return the location without owner and publish flag; voltage, amperage, one tariff id."""
    parking = location["parking_type"]
    kept = {key: value for key, value in location.items() if key not in NEW_SINCE_2_1_1}
    return {
        **kept,
        "type": parking if parking in LOCATION_TYPES_2_1_1 else "OTHER",
        "evses": [_evse_2_1_1(evse) for evse in location["evses"]],
    }


def _evse_2_1_1(evse: Record) -> Record:
    return {
        **evse,
        "capabilities": [item for item in evse["capabilities"] if item in CAPABILITIES_2_1_1],
        "connectors": [_connector_2_1_1(connector) for connector in evse["connectors"]],
    }


def _connector_2_1_1(connector: Record) -> Record:
    older = {
        "id": connector["id"],
        "standard": connector["standard"],
        "format": connector["format"],
        "power_type": connector["power_type"],
        "voltage": connector["max_voltage"],
        "amperage": connector["max_amperage"],
        "last_updated": connector["last_updated"],
    }
    if connector["tariff_ids"]:
        older["tariff_id"] = connector["tariff_ids"][0]
    return older


def _to_2_3_0(location: Record) -> Record:
    """Return the location with a parking place for each EVSE."""
    bays = [evse["physical_reference"] for evse in location["evses"]]
    return {
        **location,
        "evses": [
            {**evse, "parking": [{"parking_id": bay, "evse_position": "CENTER"}]}
            for evse, bay in zip(location["evses"], bays, strict=True)
        ],
        "parking_places": [_parking_place(bay) for bay in bays],
    }


def _parking_place(bay: str) -> Record:
    return {
        "id": bay,
        "physical_reference": bay,
        "vehicle_types": ["PERSONAL_VEHICLE"],
        "restricted_to_type": False,
        "reservation_required": False,
    }


def _unchanged(location: Record) -> Record:
    return location


LOCATION_SHAPES: Mapping[OcpiVersion, Callable[[Record], Record]] = {
    OcpiVersion.V2_1_1: _to_2_1_1,
    OcpiVersion.V2_2_1: _unchanged,
    OcpiVersion.V2_3_0: _to_2_3_0,
}
