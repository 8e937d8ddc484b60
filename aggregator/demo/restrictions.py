"""Restrictions as OCPI writes them; absent ones are left out."""

from dataclasses import fields
from datetime import date, time
from decimal import Decimal

from aggregator.demo.description import Record
from aggregator.domain.tariff import Restrictions

UNIT_SUFFIXES = ("_kw", "_seconds", "_a")  # OCPI's names carry no unit, except min_kwh


def restrictions_json(restrictions: Restrictions) -> Record:
    """Return the stated restrictions under their OCPI names.

    >>> restrictions_json(Restrictions(start_time=time(22), max_power_kw=Decimal(50)))
    {'start_time': '22:00', 'max_power': 50.0}
    """
    values = {field.name: getattr(restrictions, field.name) for field in fields(restrictions)}
    return {
        _ocpi_name(name): _json_value(value)
        for name, value in values.items()
        if value not in (None, ())
    }


def _ocpi_name(name: str) -> str:
    for suffix in UNIT_SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def _json_value(value: object) -> object:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value
