"""Small OCPI objects as a server would send them; every value can be said otherwise or left out."""

from aggregator.domain.problem import Account
from aggregator.formats.defaults import Defaults
from aggregator.formats.locations import read_location
from aggregator.formats.reading import Reader
from aggregator.formats.tariffs import read_tariff

ABSENT = object()
PATH = "$.data[0]"


def _said(plain, changes):
    return {key: value for key, value in (plain | changes).items() if value is not ABSENT}


def raw_connector(**changes):
    plain = {
        "id": "1",
        "standard": "IEC_62196_T2_COMBO",
        "format": "CABLE",
        "power_type": "DC",
        "max_voltage": 920,
        "max_amperage": 500,
        "max_electric_power": 300_000,
        "tariff_ids": ["T1"],
        "last_updated": "2026-03-01T12:00:00Z",
    }
    return _said(plain, changes)


def raw_evse(**changes):
    plain = {
        "uid": "E1",
        "evse_id": "SE*AAA*E1",
        "status": "AVAILABLE",
        "capabilities": ["RFID_READER"],
        "physical_reference": "7",
        "connectors": [raw_connector()],
        "last_updated": "2026-03-01T12:00:00Z",
    }
    return _said(plain, changes)


def raw_location(**changes):
    plain = {
        "country_code": "SE",
        "party_id": "AAA",
        "id": "L1",
        "publish": True,
        "name": "Station L1",
        "address": "Storgatan 1",
        "city": "Göteborg",
        "postal_code": "411 38",
        "country": "SWE",
        "coordinates": {"latitude": "57.706700", "longitude": "11.967000"},
        "time_zone": "Europe/Stockholm",
        "operator": {"name": "Laddbolaget"},
        "evses": [raw_evse()],
        "last_updated": "2026-03-01T12:00:00Z",
    }
    return _said(plain, changes)


def raw_component(**changes):
    plain = {"type": "ENERGY", "price": 5.0, "vat": 25.0, "step_size": 1}
    return _said(plain, changes)


def raw_element(*components, **changes):
    return _said({"price_components": list(components) or [raw_component()]}, changes)


def raw_tariff(**changes):
    plain = {
        "country_code": "SE",
        "party_id": "AAA",
        "id": "T1",
        "currency": "SEK",
        "type": "AD_HOC_PAYMENT",
        "elements": [raw_element()],
        "last_updated": "2026-03-01T12:00:00Z",
    }
    return _said(plain, changes)


def read_as_location(raw, defaults=None):
    """Return the location that is read, and the account of the reading."""
    account = Account()
    location = read_location(
        raw, PATH, defaults or Defaults(), Reader(account, "https://a.example")
    )
    return location, account


def read_as_connector(raw, defaults=None):
    """Return the one connector of a location that holds it, and the account of the reading."""
    holder = raw_location(evses=[raw_evse(connectors=[raw])])
    location, account = read_as_location(holder, defaults)
    return location.evses[0].connectors[0], account


def read_as_tariff(raw, defaults=None):
    """Return the tariff that is read, and the account of the reading."""
    account = Account()
    tariff = read_tariff(raw, PATH, defaults or Defaults(), Reader(account, "https://a.example"))
    return tariff, account


def notes_of(account):
    """Return the codes of the notes, in order of appearance."""
    return [kind.note_code for kind in account.notes]
