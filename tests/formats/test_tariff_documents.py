"""Tariffs of a small file: one object, a list, an OCPI answer."""

import pytest

from aggregator.domain.tariff import PriceBasis
from aggregator.errors import FormatError, Refused
from aggregator.feeds import OcpiVersion, StatedPrices
from aggregator.formats.tariff_documents import read_tariffs
from tests.formats.raw_records import ABSENT, raw_component, raw_element, raw_location, raw_tariff

SILENT = raw_tariff(elements=[raw_element(raw_component(vat=ABSENT))])


def ids(document, **asked):
    return [found.tariff.tariff_id for found in read_tariffs(document, **asked)]


def basis(raw, **asked):
    (found,) = read_tariffs(raw, **asked)
    return found.tariff.price_list.price_basis


@pytest.mark.parametrize(
    "document",
    [
        raw_tariff(),
        [raw_tariff()],
        {"data": raw_tariff(), "status_code": 1000},
        {"data": [raw_tariff()], "status_code": 1000},
        {"T1": raw_tariff()},
        {"data": {"tariffs": [raw_tariff()], "locations": [raw_location()]}},
    ],
)
def test_a_tariff_is_found_in_any_envelope(document):
    assert ids(document) == ["T1"]


def test_several_tariffs_stay_in_their_order():
    assert ids([raw_tariff(id="b"), raw_tariff(id="a")]) == ["b", "a"]


def test_what_was_read_differently_is_told_with_its_place():
    (found,) = read_tariffs(raw_tariff(type="GOLD"))
    assert found.tariff.type is None
    (note,) = found.notes
    assert note.startswith("$.type: the tariff's type is not one that OCPI knows")


@pytest.mark.parametrize(
    ("raw", "asked", "expected"),
    [
        (SILENT, {}, PriceBasis.UNKNOWN),
        (SILENT, {"version": OcpiVersion.V2_1_1}, PriceBasis.NET),
        (SILENT, {"prices": StatedPrices.GROSS}, PriceBasis.GROSS),
        (raw_tariff(), {}, PriceBasis.NET),
        (SILENT | {"tax_included": "YES"}, {}, PriceBasis.GROSS),
        (SILENT | {"tax_included": "YES"}, {"prices": StatedPrices.NET}, PriceBasis.GROSS),
        (SILENT | {"TAX_INCLUDED": "NO"}, {"prices": StatedPrices.GROSS}, PriceBasis.NET),
        (SILENT | {"tax_included": None}, {"prices": StatedPrices.GROSS}, PriceBasis.GROSS),
    ],
)
def test_ruling_9_what_a_tariff_says_about_tax_goes_before_what_is_assumed(raw, asked, expected):
    assert basis(raw, **asked) is expected


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([], "there is no tariff"),
        (7, "there is no tariff"),
        ({"data": [], "status_code": 1000}, "there is no tariff"),
        ([raw_location()], "there is no tariff"),
        (raw_tariff(currency=None), "$: 'currency' is missing"),
        ({"data": raw_tariff(id=None)}, "$.data: 'id' is null"),
        ([raw_tariff(), raw_tariff(currency=5)], "$[1]: 'currency' cannot be read"),
        ({"data": [raw_tariff(), "T2"]}, "$.data[1]: an object is needed here, not a text"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_its_place(document, said):
    with pytest.raises(FormatError) as error:
        read_tariffs(document)
    assert said in str(error.value)


def test_an_answer_that_is_an_error_is_told_as_such():
    with pytest.raises(Refused, match="error 3000"):
        read_tariffs({"status_code": "3000"})
