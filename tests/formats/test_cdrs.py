"""CDRs of three versions, in whatever envelope; what cannot be read says where it stands."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from aggregator.domain.cdr import CostPart, StatedCost, Volume
from aggregator.domain.tariff import PriceBasis
from aggregator.errors import FormatError, Refused
from aggregator.feeds import OcpiVersion
from aggregator.formats.cdrs import read_cdrs
from tests.invoices.raw_cdrs import ABSENT, raw_cdr, raw_component, raw_period, raw_tariff

TOTAL = CostPart.TOTAL


def one(document, version=None):
    (found,) = read_cdrs(document, version)
    return found


def cost(total_cost, part=TOTAL, **changes):
    found = one(raw_cdr(**{part: total_cost}, **changes)).costs[part]
    return found.net, found.gross


def camel(value):
    """Return JSON with its keys as Java and .NET write them."""
    if isinstance(value, list):
        return [camel(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        "".join(part.capitalize() if n else part for n, part in enumerate(key.split("_"))): camel(
            inner
        )
        for key, inner in value.items()
    }


def test_the_fields_of_a_cdr_of_2_2_1():
    read = one(raw_cdr(total_parking_time=0.5))
    assert (read.cdr_id, read.currency) == ("C1", "EUR")
    assert read.start == datetime(2026, 6, 2, 10, tzinfo=UTC)
    assert read.end == datetime(2026, 6, 2, 12, tzinfo=UTC)
    assert (read.energy_kwh, read.hours, read.parking_hours) == (10, 1, Decimal("0.5"))
    assert (read.country, read.latitude, read.longitude) == ("SWE", 57.7067, 11.967)
    assert read.costs == {TOTAL: StatedCost(Decimal(5), Decimal(6))}
    (period,) = read.periods
    assert period.start == read.start
    assert period.volumes == {Volume.ENERGY: 10, Volume.TIME: 1}
    assert period.tariff_id is None
    assert [tariff.tariff_id for tariff in read.tariffs] == ["T1"]
    assert not read.is_credit
    assert not read.is_unordered


def test_a_cdr_of_2_1_1_has_bare_costs_a_stop_and_a_whole_location():
    place = {
        "country": "SE",
        "time_zone": "Europe/Stockholm",
        "coordinates": {"latitude": 57.7, "longitude": 11.9},
    }
    raw = raw_cdr(
        total_cost="5.00",
        end_date_time=ABSENT,
        stop_date_time="2026-06-02T12:00:00+02:00",
        cdr_location=ABSENT,
        location=place,
    )
    read = one(raw)
    assert read.costs == {TOTAL: StatedCost(Decimal(5), None)}
    assert read.end == datetime(2026, 6, 2, 10, tzinfo=UTC)
    assert (read.time_zone, read.country, read.latitude) == ("Europe/Stockholm", "SE", 57.7)


@pytest.mark.parametrize(
    ("total_cost", "net", "gross"),
    [
        (5, "5", None),
        ("5.00", "5", None),
        ({"excl_vat": 5}, "5", None),
        ({"excl_vat": "5", "incl_vat": "6.00"}, "5", "6"),
        ({"incl_vat": 6}, None, "6"),
        ({"before_taxes": 5, "taxes": [{"name": "VAT", "amount": 1}]}, "5", "6"),
        ({"before_taxes": 5, "taxes": [{"amount": 0.25}, {"amount": "0.5"}]}, "5", "5.75"),
        ({"before_taxes": 5, "taxes": []}, "5", "5"),
        ({"before_taxes": 5}, "5", None),
        ({"before_taxes": 5, "after_taxes": 6}, "5", "6"),
        ({"before_taxes": 5, "taxes": [{"amount": 1}, {"percentage": 5}]}, "5", None),
        ({"taxes": [{"amount": 1}]}, None, None),
    ],
)
def test_costs_in_the_words_of_each_version(total_cost, net, gross):
    expected = tuple(None if amount is None else Decimal(amount) for amount in (net, gross))
    assert cost(total_cost) == expected


@pytest.mark.parametrize("part", [part for part in CostPart if part is not TOTAL])
def test_the_parts_of_the_cost_are_read_where_they_stand(part):
    assert cost({"excl_vat": 1, "incl_vat": 2}, part) == (1, 2)
    assert part not in one(raw_cdr(**{part: None})).costs


def test_a_credit_cdr_gives_back_what_stands_below_zero():
    # OCPI: only total_cost is negative in a credit CDR, all else is as it was; some turn all.
    raw = raw_cdr(
        credit=True,
        total_cost={"excl_vat": -5, "incl_vat": -6},
        total_energy_cost={"excl_vat": 5},
        total_time_cost={"excl_vat": -5, "incl_vat": None},
    )
    read = one(raw)
    assert read.is_credit
    assert read.costs[TOTAL] == StatedCost(Decimal(5), Decimal(6))
    assert read.costs[CostPart.ENERGY] == StatedCost(Decimal(5), None)
    assert read.costs[CostPart.TIME] == StatedCost(Decimal(5), None)


def test_a_credit_cdr_whose_total_is_not_turned_would_charge_again():
    assert cost({"excl_vat": 5}, credit="true") == (-5, None)


@pytest.mark.parametrize(
    "document",
    [
        raw_cdr(),
        [raw_cdr()],
        {"data": raw_cdr(), "status_code": 1000, "timestamp": "2026-06-02T10:00:00Z"},
        {"data": [raw_cdr()], "status_code": 1000},
        [{"data": [[raw_cdr()]]}],
        camel(raw_cdr()),
        {key.upper(): value for key, value in raw_cdr().items()},
    ],
)
def test_envelopes_and_spellings_make_no_difference(document):
    assert read_cdrs(document) == read_cdrs(raw_cdr())


def test_another_spelling_does_not_replace_the_proper_one():
    assert one({"ID": "other", **raw_cdr()}).cdr_id == "C1"
    assert one({**raw_cdr(), "ID": "other"}).cdr_id == "C1"


def test_several_cdrs_stay_in_their_order():
    found = read_cdrs([raw_cdr(id="b"), raw_cdr(id="a"), raw_cdr(id=7)])
    assert [read.cdr_id for read in found] == ["b", "a", "7"]


def test_numbers_may_be_texts():
    raw = raw_cdr(raw_period(ENERGY="10,5", TIME=" 1 "), total_energy="10.5", total_time="1.000")
    read = one(raw)
    assert read.periods[0].volumes == {Volume.ENERGY: Decimal("10.5"), Volume.TIME: 1}
    assert (read.energy_kwh, read.hours) == (Decimal("10.5"), 1)


def test_ruling_13_periods_out_of_order_are_put_in_order_and_told():
    raw = raw_cdr(raw_period("11:00", ENERGY=2), raw_period("10:00", ENERGY=1))
    read = one(raw)
    assert [period.volumes[Volume.ENERGY] for period in read.periods] == [1, 2]
    assert read.is_unordered


def test_times_without_an_offset_are_utc():
    raw = raw_cdr(start_date_time="2026-06-02T10:00:00")
    assert one(raw).start == datetime(2026, 6, 2, 10, tzinfo=UTC)


def test_dimensions_that_decide_no_price_are_passed_over():
    period = raw_period(STATE_OF_CHARGE=80, FLAT=1, energy_import=3, max_power=11)
    assert one(raw_cdr(period)).periods[0].volumes == {Volume.MAX_POWER: 11}


def test_a_place_may_be_missing_or_have_no_position():
    for place in (ABSENT, None, {}, {"coordinates": None}, {"coordinates": {"latitude": None}}):
        read = one(raw_cdr(cdr_location=place))
        assert (read.time_zone, read.latitude, read.longitude) == (None, None, None)


def test_a_session_without_an_end_is_read():
    assert one(raw_cdr(end_date_time=None)).end is None


@pytest.mark.parametrize("tariffs", [ABSENT, None, []])
def test_a_cdr_may_hold_no_tariff(tariffs):
    assert one(raw_cdr(tariffs=tariffs)).tariffs == ()


def test_one_tariff_may_stand_without_a_list():
    assert one(raw_cdr(tariffs=raw_tariff())).tariffs == one(raw_cdr()).tariffs


@pytest.mark.parametrize(
    ("version", "total_cost", "changes", "basis"),
    [
        (None, 5, {}, PriceBasis.NET),
        (None, {"excl_vat": 5}, {}, PriceBasis.NET),
        (None, {"before_taxes": 5}, {}, PriceBasis.NET),
        (None, {"before_taxes": 5}, {"tax_included": "YES"}, PriceBasis.GROSS),
        (None, {"before_taxes": 5}, {"taxIncluded": "N/A"}, PriceBasis.NO_TAX),
        (None, {"excl_vat": 5}, {"tax_included": "YES"}, PriceBasis.GROSS),
        (OcpiVersion.V2_1_1, {"excl_vat": 5}, {"tax_included": "NO"}, PriceBasis.NET),
    ],
)
def test_ruling_9_prices_of_a_cdr_are_without_tax_unless_its_tariff_says(
    version, total_cost, changes, basis
):
    tariff = raw_tariff(raw_component(vat=ABSENT), **changes)
    read = one(raw_cdr(tariffs=[tariff], total_cost=total_cost), version)
    assert read.tariffs[0].price_list.price_basis is basis


TWICE = {
    "start_date_time": "2026-06-02T10:00:00Z",
    "dimensions": [{"type": "ENERGY", "volume": 1}, {"type": "energy", "volume": 2}],
}
UNSAID = {"start_date_time": None, "dimensions": []}
NO_VOLUME = {"start_date_time": "2026-06-02T10:00:00Z", "dimensions": [{"type": "ENERGY"}]}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([], "the document holds no CDR"),
        ({"data": [], "status_code": 1000}, "the document holds no CDR"),
        (raw_tariff(), "$: this is no CDR"),
        ("text", "$: this is no CDR"),
        (None, "$: this is no CDR"),
        ([raw_cdr(), {"id": "C2"}], "$[1]: this is no CDR"),
        ({"data": [raw_cdr(), 7]}, "$.data[1]: this is no CDR"),
        (raw_cdr(charging_periods=[]), "$.charging_periods: 'charging_periods' cannot be read"),
        (raw_cdr(charging_periods=None), "$.charging_periods: 'charging_periods' is null"),
        ([raw_cdr(), raw_cdr(total_cost=ABSENT)], "$[1].total_cost: 'total_cost' is missing"),
        (raw_cdr(total_cost=None), "$.total_cost: 'total_cost' is null"),
        (raw_cdr(total_cost="free"), "$.total_cost.excl_vat: 'excl_vat' cannot be read"),
        (raw_cdr(total_cost={"incl_vat": []}), "$.total_cost.incl_vat: 'incl_vat' cannot"),
        (raw_cdr(currency=None), "$.currency: 'currency' is null"),
        (raw_cdr(currency="euros"), "$.currency: 'currency' cannot be read"),
        (raw_cdr(id=""), "$.id: 'id' cannot be read"),
        (raw_cdr(start_date_time="noon"), "$.start_date_time: 'start_date_time' cannot be read"),
        (raw_cdr(start_date_time=None), "$.start_date_time: a time is needed"),
        (raw_cdr(start_date_time="0001-01-01T00:00:00+02:00"), "is outside the calendar"),
        (raw_cdr(UNSAID), "$.charging_periods[0].start_date_time: a time is needed"),
        (raw_cdr(NO_VOLUME), "$.charging_periods[0].dimensions[0].volume: 'volume' is missing"),
        (raw_cdr(raw_period(ENERGY=None)), "dimensions[0].volume: 'volume' is null"),
        (raw_cdr(raw_period(ENERGY="much")), "dimensions[0].volume: 'volume' cannot be read"),
        (raw_cdr(TWICE), "$.charging_periods[0].dimensions[1]: ENERGY stands twice"),
        (raw_cdr(tariffs=["T1"]), "$.tariffs[0]: an object is needed here"),
        (raw_cdr(tariffs=[raw_tariff(), raw_tariff(currency=None)]), "$.tariffs[1]: 'currency'"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_its_place(document, said):
    with pytest.raises(FormatError) as error:
        read_cdrs(document)
    assert said in str(error.value)


def test_an_answer_that_is_an_error_is_told_as_such():
    answer = {"status_code": 2001, "status_message": "who are you?", "data": []}
    with pytest.raises(Refused, match="error 2001: who are you"):
        read_cdrs(answer)
