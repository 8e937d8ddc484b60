"""Bad records, one in 25: each kind was seen in a real feed (numbers: domain notes, feed quirks).

Which record is bad, and how, follows from its number alone.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from aggregator.demo.description import Record

ONE_IN = 25
FIRST = 12


@dataclass(frozen=True, slots=True)
class Defect:
    """One way to be bad. spoil: makes a good record bad, in place."""

    code: str
    spoil: Callable[[Record], None]


def _no_id(record: Record) -> None:
    del record["id"]


def _same_id_as_before(record: Record) -> None:
    """Give the id of the record before, with an older date: a stale second copy."""
    stem, _, number = record["id"].rpartition("-")
    record["id"] = f"{stem}-{int(number) - 1:06d}"
    record["last_updated"] = "2024-02-29T12:00:00Z"


def _latitude_empty(location: Record) -> None:
    location["coordinates"]["latitude"] = ""


def _latitude_out_of_range(location: Record) -> None:
    location["coordinates"]["latitude"] = "148.200000"


def _no_coordinates(location: Record) -> None:
    del location["coordinates"]


def _unknown_time_zone(location: Record) -> None:
    location["time_zone"] = "Europe/Colonia"


def _no_date(record: Record) -> None:
    record["last_updated"] = "yesterday"


def _evse_without_uid(location: Record) -> None:
    del location["evses"][0]["uid"]


def _evse_without_connectors(location: Record) -> None:
    location["evses"][0]["connectors"] = []


def _unknown_status(location: Record) -> None:
    location["evses"][0]["status"] = "WORKING"


def _connector_without_id(location: Record) -> None:
    del location["evses"][0]["connectors"][0]["id"]


def _unknown_standard(location: Record) -> None:
    location["evses"][0]["connectors"][0]["standard"] = "Type 2 outlet"


def _power_in_kw(location: Record) -> None:
    connector = location["evses"][0]["connectors"][0]
    connector["max_electric_power"] //= 1000


def _price_null(tariff: Record) -> None:
    tariff["elements"][0]["price_components"][0]["price"] = None


def _price_in_words(tariff: Record) -> None:
    tariff["elements"][0]["price_components"][0]["price"] = "on request"


def _price_as_text(tariff: Record) -> None:
    component = tariff["elements"][0]["price_components"][0]
    component["price"] = str(component["price"])


def _unknown_dimension(tariff: Record) -> None:
    tariff["elements"][0]["price_components"][0]["type"] = "SERVICE_FEE"


def _no_elements(tariff: Record) -> None:
    del tariff["elements"]


def _elements_empty(tariff: Record) -> None:
    tariff["elements"] = []


def _no_currency(tariff: Record) -> None:
    del tariff["currency"]


def _impossible_time(tariff: Record) -> None:
    tariff["elements"][0]["restrictions"] = {"start_time": "25:00", "end_time": "06:00"}


LOCATION_DEFECTS = (
    Defect("location_without_id", _no_id),
    Defect("latitude_empty", _latitude_empty),
    Defect("evse_without_uid", _evse_without_uid),
    Defect("duplicate_location_id", _same_id_as_before),
    Defect("evse_without_connectors", _evse_without_connectors),
    Defect("latitude_out_of_range", _latitude_out_of_range),
    Defect("connector_without_id", _connector_without_id),
    Defect("coordinates_missing", _no_coordinates),
    Defect("time_zone_unknown", _unknown_time_zone),
    Defect("status_unknown", _unknown_status),
    Defect("location_last_updated_unreadable", _no_date),
    Defect("connector_standard_unknown", _unknown_standard),
    Defect("power_in_kilowatts", _power_in_kw),
)
TARIFF_DEFECTS = (
    Defect("price_null", _price_null),
    Defect("unknown_dimension", _unknown_dimension),
    Defect("elements_missing", _no_elements),
    Defect("tariff_without_id", _no_id),
    Defect("price_in_words", _price_in_words),
    Defect("currency_missing", _no_currency),
    Defect("duplicate_tariff_id", _same_id_as_before),
    Defect("elements_empty", _elements_empty),
    Defect("impossible_start_time", _impossible_time),
    Defect("price_as_text", _price_as_text),
)


def defect(defects: tuple[Defect, ...], number: int) -> Defect | None:
    """Return what is wrong with the record of this number; None for the 24 good ones in 25."""
    if number % ONE_IN != FIRST:
        return None
    return defects[number // ONE_IN % len(defects)]


def count_defects(defects: tuple[Defect, ...], records: int) -> Counter[str]:
    """Return how many of the first `records` records are bad, by code."""
    bad = (defect(defects, number) for number in range(FIRST, records, ONE_IN))
    return Counter(found.code for found in bad if found)
