"""Small CDRs as an operator would send them; every value can be said otherwise or left out."""

from tests.formats.raw_records import ABSENT

__all__ = ["ABSENT", "raw_cdr", "raw_component", "raw_period", "raw_tariff", "restricted"]


def _said(plain, changes):
    return {key: value for key, value in (plain | changes).items() if value is not ABSENT}


def raw_component(kind="ENERGY", price=0.5, **changes):
    return _said({"type": kind, "price": price, "vat": 20, "step_size": 1}, changes)


def restricted(component, **restrictions):
    return {"price_components": [component], "restrictions": restrictions}


def raw_tariff(*components, elements=None, **changes):
    plain = {
        "country_code": "SE",
        "party_id": "AAA",
        "id": "T1",
        "currency": "EUR",
        "elements": elements or [{"price_components": list(components) or [raw_component()]}],
        "last_updated": "2026-03-01T12:00:00Z",
    }
    return _said(plain, changes)


def raw_period(clock="10:00", tariff_id=ABSENT, day="2026-06-02", **volumes):
    """Return a charging period of 2026-06-02, a Tuesday; volumes by their dimension."""
    dimensions = [{"type": kind, "volume": volume} for kind, volume in volumes.items()]
    plain = {"start_date_time": f"{day}T{clock}:00Z", "dimensions": dimensions}
    return _said(plain, {"tariff_id": tariff_id})


def raw_cdr(*periods, **changes):
    """Return a CDR of 10 kWh in an hour at 0.50 and 20 % tax: 5.00 and 6.00."""
    plain = {
        "country_code": "SE",
        "party_id": "AAA",
        "id": "C1",
        "start_date_time": "2026-06-02T10:00:00Z",
        "end_date_time": "2026-06-02T12:00:00Z",
        "cdr_location": {
            "country": "SWE",
            "coordinates": {"latitude": "57.706700", "longitude": "11.967000"},
        },
        "currency": "EUR",
        "tariffs": [raw_tariff()],
        "charging_periods": list(periods) or [raw_period(ENERGY=10, TIME=1)],
        "total_cost": {"excl_vat": 5.0, "incl_vat": 6.0},
        "total_energy": 10,
        "total_time": 1,
    }
    return _said(plain, changes)
