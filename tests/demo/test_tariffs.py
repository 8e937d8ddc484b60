"""Shape, variety and change of tariffs."""

from collections.abc import Iterator

import pytest

from aggregator.demo.description import Operator, Record
from aggregator.demo.operators import OPERATORS
from aggregator.demo.records import location_record, tariff_record
from aggregator.demo.world import build_world
from aggregator.feeds import OcpiVersion

WORLD = build_world(2_000)
BY_ID = {operator.operator_id: operator for operator in OPERATORS}
CLEAN = [operator for operator in OPERATORS if not operator.has_defects]


def tariffs(operator_id: str, revision: int = 0) -> list[Record]:
    """Return an operator's tariffs as served on a day."""
    operator = BY_ID[operator_id]
    world = build_world(2_000, revision=revision)
    return [tariff_record(world, operator, n) for n in range(world.tariffs_of(operator))]


def by_id(operator_id: str, tariff_id: str) -> Record:
    """Return one tariff as served."""
    return next(found for found in tariffs(operator_id) if found["id"] == tariff_id)


def elements() -> Iterator[Record]:
    """Yield every element of every clean operator's tariffs."""
    for operator in CLEAN:
        for tariff in tariffs(operator.operator_id):
            yield from tariff["elements"]


def restricted(*keys: str) -> list[str]:
    """Return the dimensions that occur under exactly these restrictions."""
    return [
        part["type"]
        for element in elements()
        if sorted(element.get("restrictions", {})) == sorted(keys)
        for part in element["price_components"]
    ]


def test_net_price_and_vat_of_2_2_1() -> None:
    """0.39 EUR with 21 % VAT is 0.3223 EUR without."""
    components = [
        tariff["elements"][0]["price_components"][0]
        for tariff in tariffs("polder")
        if "0.39 EUR/kWh" in tariff["tariff_alt_text"][0]["text"]
    ]
    assert next(c for c in components if c["type"] == "ENERGY" and c["vat"] == 21.0) == {
        "type": "ENERGY",
        "price": 0.3223,
        "vat": 21.0,
        "step_size": 1,
    }


def test_vat_is_left_out_by_thames() -> None:
    """Net prices without a rate, as British open data publish them: 0.54 / 1.2 = 0.45 in Oxford."""
    assert by_id("thames", "lamp-OXF")["elements"][0]["price_components"] == [
        {"type": "ENERGY", "price": 0.45, "step_size": 1}
    ]


def test_2_3_0_says_whether_tax_is_included() -> None:
    """In Orléans 0.39 EUR with tax, 0.06 EUR a minute = 3.60 EUR an hour with, 3.00 without."""
    gross, net = by_id("plein_jus", "ac-ORL"), by_id("plein_jus", "ac-minute-ORL")
    assert gross["tax_included"] == "YES"
    assert gross["elements"][1]["price_components"][0]["price"] == 0.39
    assert net["tax_included"] == "NO"
    assert net["elements"][0]["price_components"][0]["price"] == 3.0


def test_limits_are_named_as_the_version_names_them() -> None:
    """2.3.0 before and after taxes, 2.2.1 excluding and including VAT."""
    assert by_id("plein_jus", "ac-minute-ORL")["max_price"] == {
        "before_taxes": 15.0,
        "after_taxes": 18.0,
    }
    assert by_id("thames", "rapid-OXF")["min_price"] == {"excl_vat": 0.8333}
    assert {"excl_vat": 28.9256, "incl_vat": 35.0} in [
        t.get("max_price") for t in tariffs("polder")
    ]


def test_2_1_1_has_neither_owner_nor_type_nor_vat() -> None:
    """OCPI 2.1.1-d2, mod_tariffs."""
    for operator in (o for o in CLEAN if o.ocpi_version is OcpiVersion.V2_1_1):
        for tariff in tariffs(operator.operator_id):
            assert set(tariff) == {"id", "currency", "tariff_alt_text", "elements", "last_updated"}
            assert all(
                "vat" not in part for e in tariff["elements"] for part in e["price_components"]
            )


def test_dimensions_stand_alone_and_together() -> None:
    """Price per kWh, with a start fee, per minute, free."""
    combinations = {
        tuple(part["type"] for part in element["price_components"])
        for element in elements()
        if "restrictions" not in element
    }
    assert combinations == {("ENERGY",), ("FLAT", "ENERGY"), ("FLAT", "TIME"), ("TIME",), ("FLAT",)}


def test_restrictions_of_all_kinds_occur() -> None:
    """Night, weekend, power, and fees after a while in either time dimension."""
    assert set(restricted("start_time", "end_time")) == {"ENERGY"}
    assert set(restricted("day_of_week")) == {"ENERGY"}
    assert set(restricted("min_power", "max_power")) == {"ENERGY"}
    assert set(restricted("min_duration")) == {"TIME", "PARKING_TIME"}


def test_night_window_wraps_midnight() -> None:
    """22:00 to 06:00."""
    assert by_id("nordlys", "hpc-member-LIN")["elements"][0]["restrictions"] == {
        "start_time": "22:00",
        "end_time": "06:00",
    }


def test_blocking_fee_is_time_after_four_hours_by_day() -> None:
    """As German operators publish it."""
    assert tariffs("rheinkraft")[0]["elements"][0]["restrictions"] == {
        "start_time": "08:00",
        "end_time": "22:00",
        "min_duration": 14_400,
    }


def test_free_is_a_flat_price_of_nothing() -> None:
    """Free is said, not left out."""
    assert by_id("thames", "guest-LON")["elements"] == [
        {"price_components": [{"type": "FLAT", "price": 0.0, "step_size": 1}]}
    ]


def test_guests_pay_more_than_members_at_the_same_connector() -> None:
    """Two tariffs told apart by their type."""
    guest, member = by_id("thames", "ultra-OXF"), by_id("thames", "ultra-app-OXF")
    assert (guest["type"], member["type"]) == ("AD_HOC_PAYMENT", "REGULAR")
    prices = [t["elements"][0]["price_components"][0]["price"] for t in (guest, member)]
    assert prices[0] > prices[1]
    named = [
        set(connector["tariff_ids"])
        for number in range(WORLD.locations_of(BY_ID["thames"]))
        for evse in location_record(WORLD, BY_ID["thames"], number)["evses"]
        for connector in evse["connectors"]
    ]
    assert {guest["id"], member["id"]} in named


def test_one_tariff_is_over_and_one_has_not_begun() -> None:
    """Neither may be shown as today's price."""
    assert by_id("nordlys", "ac-2025-STO")["end_date_time"] == "2026-01-01T00:00:00Z"
    assert by_id("wisla", "ac-2030-WAW")["start_date_time"] == "2030-01-01T00:00:00Z"


def test_text_is_in_several_languages_and_states_the_price_with_tax() -> None:
    """4.50 SEK in Linköping, where the price level is 1."""
    assert by_id("nordlys", "ac-LIN")["tariff_alt_text"] == [
        {"language": "sv", "text": "Normalladdning: 4.50 SEK/kWh"},
        {"language": "en", "text": "AC charging: 4.50 SEK/kWh"},
    ]


@pytest.mark.parametrize("operator", CLEAN, ids=lambda o: o.operator_id)
def test_every_named_tariff_is_published_unless_withdrawn(operator: Operator) -> None:
    """Tariff ids of connectors and of tariffs are made in two places."""
    published = {tariff["id"] for tariff in tariffs(operator.operator_id)}
    for number in range(WORLD.locations_of(operator)):
        for evse in location_record(WORLD, operator, number)["evses"]:
            for connector in evse["connectors"]:
                named = connector.get("tariff_ids") or [connector.get("tariff_id", "withdrawn-")]
                assert all(i in published or i.startswith("withdrawn-") for i in named if i)


def test_a_few_per_cent_of_tariffs_change_price_each_day() -> None:
    """3 in 100 on average, with a new date and nothing else new."""
    before, after = tariffs("polder"), tariffs("polder", revision=1)
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert 0.01 < len(changed) / len(before) < 0.06
    for old, new in changed:
        assert old["elements"] != new["elements"]
        assert old["id"] == new["id"]
        assert new["last_updated"] == "2026-11-02T00:00:00Z"


def test_changes_stay_until_the_next_change() -> None:
    """On the second day the changes of the first still hold."""
    start, first, second = (tariffs("polder", revision) for revision in (0, 1, 2))
    moved = {t["id"] for t, old in zip(first, start, strict=True) if t != old}
    moved_again = {t["id"] for t, old in zip(second, first, strict=True) if t != old}
    later = {t["id"] for t, old in zip(second, start, strict=True) if t != old}
    assert moved | moved_again == later
