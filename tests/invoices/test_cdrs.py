"""The CDRs of a file, each by its own tariff or by that of another file."""

import json
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from aggregator.errors import FormatError
from aggregator.feeds import OcpiVersion
from aggregator.invoices.cdrs import checked
from tests.invoices.raw_cdrs import (
    ABSENT,
    raw_cdr,
    raw_component,
    raw_period,
    raw_tariff,
    restricted,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
BY_CLOCK = raw_tariff(
    elements=[
        restricted(raw_component(price=1), start_time="18:00"),
        {"price_components": [raw_component()]},
    ]
)


@pytest.fixture
def check_of(tmp_path):
    """Return a function that writes CDRs, and perhaps tariffs, and checks them."""

    def run(cdrs, tariffs=None, **asked):
        path, tariff_path = tmp_path / "cdrs.json", None
        path.write_text(json.dumps(cdrs))
        if tariffs is not None:
            tariff_path = tmp_path / "tariffs.json"
            tariff_path.write_text(json.dumps(tariffs))
        return checked(path, tariff_path, **asked)

    return run


def placed(country="SWE", latitude=57.7, longitude=11.97, **more):
    return {
        "country": country,
        "coordinates": {"latitude": latitude, "longitude": longitude},
        **more,
    }


def test_each_cdr_is_checked_by_itself(check_of):
    wrong = raw_cdr(id="C2", total_cost={"excl_vat": 4})
    broken = raw_cdr(id="C3", tariffs=[])
    found = check_of([raw_cdr(), wrong, broken])
    assert [one.agrees for one in found] == [True, False, False]
    assert [one.refused for one in found] == [None, None, "the CDR holds no tariff"]


def test_a_cdr_without_a_tariff_takes_that_of_the_file(check_of):
    (found,) = check_of(raw_cdr(tariffs=ABSENT), [raw_tariff(id="T5")])
    assert found.agrees
    (found,) = check_of(raw_cdr(), raw_tariff(raw_component(price=9)))
    assert found.agrees  # its own goes first


def test_a_period_names_its_tariff_of_the_file(check_of):
    cdr = raw_cdr(raw_period(tariff_id="T2", ENERGY=10, TIME=1), tariffs=[])
    tariffs = [raw_tariff(raw_component(price=9)), raw_tariff(id="T2")]
    assert check_of(cdr, tariffs)[0].agrees


@pytest.mark.parametrize("version", [None, OcpiVersion.V2_3_0])
def test_ruling_9_a_tariff_file_of_2_3_0_may_say_that_tax_is_included(check_of, version):
    # 10 kWh at 0.60 with 20 % tax inside: 6.00, 5.00 without.
    cost = {"before_taxes": 5, "taxes": [{"name": "VAT", "amount": 1}]}
    tariff = raw_tariff(raw_component(price=0.6), tax_included="YES")
    (found,) = check_of(raw_cdr(tariffs=[], total_cost=cost), tariff, version=version)
    assert found.agrees


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        (placed(time_zone="Europe/Helsinki"), "Europe/Helsinki"),
        (placed(), "Europe/Stockholm"),
        (placed(time_zone="Mars/Base"), "Europe/Stockholm"),
        (placed(latitude=11.97, longitude=57.7), "Europe/Stockholm"),  # swapped
        (placed("SE", latitude=11.97, longitude=57.7), "Europe/Stockholm"),
        (placed(latitude=1, longitude=2), None),  # neither way in Sweden
        (placed(country=None), "Europe/Stockholm"),
        (placed(country="Atlantis"), "Europe/Stockholm"),
        (placed(latitude=None), None),
        ({"country": "SWE"}, None),
    ],
)
def test_the_clock_is_stated_or_that_of_the_position(check_of, place, zone):
    (found,) = check_of(raw_cdr(cdr_location=place))
    assert found.zone == (zone and ZoneInfo(zone))
    assert found.agrees


def test_a_price_by_the_clock_needs_one(check_of):
    cdr = raw_cdr(cdr_location=ABSENT, tariffs=[BY_CLOCK])
    (found,) = check_of(cdr)
    assert found.refused == "its prices depend on the charger's clock: say --zone"
    assert not found.agrees
    assert check_of(cdr, zone=STOCKHOLM)[0].agrees


def test_the_clock_that_was_said_goes_first(check_of):
    # 10:00 UTC is 19:00 in Tokyo: 10 kWh at 1.
    (found,) = check_of(raw_cdr(tariffs=[BY_CLOCK]), zone=ZoneInfo("Asia/Tokyo"))
    assert found.check.bills[0].bill.total_net == 10


def test_what_scripts_get(check_of):
    (found,) = check_of(raw_cdr(total_cost={"excl_vat": "5.10"}))
    data = found.as_data()
    assert data.keys() == {
        *("cdr_id", "currency", "start", "time_zone", "agrees", "refused", "is_credit"),
        *("is_unordered", "changed_inside", "without_tariff", "bills", "comparisons"),
    }
    assert (data["cdr_id"], data["time_zone"], data["agrees"]) == ("C1", "Europe/Stockholm", False)
    assert data["comparisons"][0] == {
        "name": "total_cost",
        "side": "net",
        "stated": Decimal("5.1"),
        "computed": Decimal("5.00"),
        "agrees": False,
        "difference": Decimal("0.1"),
    }
    (bill,) = data["bills"]
    assert bill["tariff_id"] == "T1"
    assert bill["bill"]["lines"][0]["net"] == 5


def test_what_scripts_get_of_one_that_was_not_checked(check_of):
    data = check_of(raw_cdr(tariffs=[], cdr_location=ABSENT))[0].as_data()
    assert data["refused"] == "the CDR holds no tariff"
    assert (data["time_zone"], data["bills"], data["comparisons"]) == (None, [], [])
    assert (data["changed_inside"], data["without_tariff"]) == ([], [])


def test_a_tariff_file_that_is_none_is_told(check_of):
    with pytest.raises(FormatError, match="there is no tariff"):
        check_of(raw_cdr(), [])
