"""Records that are bad on purpose."""

from aggregator.demo.defects import LOCATION_DEFECTS, TARIFF_DEFECTS, count_defects, defect
from aggregator.demo.description import Record
from aggregator.demo.operators import OPERATORS
from aggregator.demo.records import location_record, served, tariff_record
from aggregator.demo.world import build_world

WORLD = build_world()
FAULTY = next(operator for operator in OPERATORS if operator.has_defects)


def spoilt_location(code: str) -> Record:
    """Return the first location that is bad in this way."""
    position = [found.code for found in LOCATION_DEFECTS].index(code)
    return location_record(WORLD, FAULTY, 12 + 25 * position)


def spoilt_tariff(code: str) -> Record:
    """Return the first tariff that is bad in this way."""
    position = [found.code for found in TARIFF_DEFECTS].index(code)
    return tariff_record(WORLD, FAULTY, 12 + 25 * position)


def test_one_record_in_25_is_bad() -> None:
    """A small part; the rest is clean."""
    assert sum(count_defects(LOCATION_DEFECTS, 1_000).values()) == 40
    assert [n for n in range(100) if defect(TARIFF_DEFECTS, n)] == [12, 37, 62, 87]


def test_every_kind_occurs_at_the_default_size() -> None:
    """The demonstration shows each of them."""
    codes = {found.code for found in LOCATION_DEFECTS + TARIFF_DEFECTS}
    assert set(served(WORLD, FAULTY).defects) == codes


def test_only_one_operator_is_faulty() -> None:
    """Clean operators show what data ought to look like."""
    faulty = [o.operator_id for o in OPERATORS if served(build_world(200), o).defects]
    assert faulty == ["rheinkraft"]


def test_locations_are_bad_in_the_stated_way() -> None:
    """One look at each kind that drops a record or a part of one."""
    assert "id" not in spoilt_location("location_without_id")
    assert spoilt_location("latitude_empty")["coordinates"]["latitude"] == ""
    assert float(spoilt_location("latitude_out_of_range")["coordinates"]["latitude"]) > 90
    assert "coordinates" not in spoilt_location("coordinates_missing")
    assert "uid" not in spoilt_location("evse_without_uid")["evses"][0]
    assert spoilt_location("evse_without_connectors")["evses"][0]["connectors"] == []
    assert "id" not in spoilt_location("connector_without_id")["evses"][0]["connectors"][0]


def test_duplicate_is_the_older_copy_of_its_neighbour() -> None:
    """The newer one is to be kept."""
    position = [found.code for found in LOCATION_DEFECTS].index("duplicate_location_id")
    number = 12 + 25 * position
    stale = location_record(WORLD, FAULTY, number)
    neighbour = location_record(WORLD, FAULTY, number - 1)
    assert stale["id"] == neighbour["id"]
    assert stale["last_updated"] < neighbour["last_updated"]
    ids = [tariff_record(WORLD, FAULTY, n).get("id") for n in range(WORLD.tariffs_of(FAULTY))]
    assert ids.count(spoilt_tariff("duplicate_tariff_id")["id"]) == 2


def test_tariffs_are_bad_in_the_stated_way() -> None:
    """A price that cannot be read must never become nothing to pay."""
    first = "elements", 0, "price_components", 0
    assert _dig(spoilt_tariff("price_null"), *first)["price"] is None
    assert _dig(spoilt_tariff("price_in_words"), *first)["price"] == "on request"
    assert isinstance(_dig(spoilt_tariff("price_as_text"), *first)["price"], str)
    assert _dig(spoilt_tariff("unknown_dimension"), *first)["type"] == "SERVICE_FEE"
    assert "elements" not in spoilt_tariff("elements_missing")
    assert spoilt_tariff("elements_empty")["elements"] == []
    assert "currency" not in spoilt_tariff("currency_missing")
    assert "id" not in spoilt_tariff("tariff_without_id")


def _dig(record: Record, *keys: str | int) -> Record:
    found = record
    for key in keys:
        found = found[key]  # type: ignore[index]
    return found
