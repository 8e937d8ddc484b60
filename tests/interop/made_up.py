"""A made-up operator's locations and tariffs, in the words of 2.1.1 or of 2.2 and 2.2.1."""

MOMENT = "2026-03-01T12:00:00Z"
STANDARDS = ("IEC_62196_T2", "IEC_62196_T2_COMBO", "CHADEMO")


def feed(version, locations=60, tariffs=30):
    """Return that many locations and tariffs; each location has one to three EVSEs."""
    return {
        "locations": [location(version, number, tariffs) for number in range(locations)],
        "tariffs": [tariff(version, number) for number in range(tariffs)],
    }


def location(version, number, tariffs=30):
    own = {"type": "ON_STREET"} if version == "2.1.1" else {**PARTY, "publish": True}
    return {
        **own,
        "id": f"LOC-{number:04}",
        "name": f"Ångströmsgatan {number}",
        "address": f"Ångströmsgatan {number}",
        "city": "Göteborg",
        "postal_code": "411 01",
        "country": "SWE",
        "coordinates": {"latitude": f"57.7{number:04}", "longitude": "11.974560"},
        "evses": [evse(version, number, place, tariffs) for place in range(1 + number % 3)],
        "time_zone": "Europe/Stockholm",
        "last_updated": MOMENT,
    }


def evse(version, number, place, tariffs):
    uid = f"EVSE-{number:04}-{place}"
    return {
        "uid": uid,
        "evse_id": f"SE*AAA*E{number:04}{place}",
        "status": "AVAILABLE",
        "capabilities": ["RFID_READER", "CREDIT_CARD_PAYABLE"],
        "connectors": [
            connector(version, plug, f"TARIFF-{(number + plug) % tariffs:03}")
            for plug in range(1 + (number + place) % 2)
        ],
        "last_updated": MOMENT,
    }


def connector(version, plug, tariff_id):
    own = (
        {"voltage": 400, "amperage": 125, "tariff_id": tariff_id}
        if version == "2.1.1"
        else {"max_voltage": 400, "max_amperage": 125, "tariff_ids": [tariff_id]}
    )
    return {
        "id": str(plug + 1),
        "standard": STANDARDS[plug],
        "format": "CABLE",
        "power_type": "DC",
        **own,
        "last_updated": MOMENT,
    }


def tariff(version, number):
    """Return a tariff: a price per kWh, from 22:00 a lower one, and sometimes a start fee."""
    own, vat = ({}, {}) if version == "2.1.1" else (PARTY, {"vat": 25.0})
    night = {"start_time": "22:00", "end_time": "06:00"}
    start = [{"type": "FLAT", "price": 5.0, "step_size": 1, **vat}] if number % 2 else []
    return {
        **own,
        "id": f"TARIFF-{number:03}",
        "currency": "SEK",
        "elements": [
            {"price_components": [energy(2.5 + number / 100, vat)], "restrictions": night},
            {"price_components": [energy(3.5 + number / 100, vat), *start]},
        ],
        "last_updated": MOMENT,
    }


def energy(price, vat):
    return {"type": "ENERGY", "price": round(price, 2), "step_size": 1, **vat}


PARTY = {"country_code": "SE", "party_id": "AAA"}
