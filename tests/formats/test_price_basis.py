"""Whether a tariff's prices include tax: ruling 9, by version and by the feed's own setting."""

from decimal import Decimal

import pytest

from aggregator.domain.tariff import PriceBasis
from aggregator.feeds import OcpiVersion, StatedPrices
from aggregator.formats.defaults import Defaults
from tests.formats.raw_records import (
    ABSENT,
    notes_of,
    raw_component,
    raw_element,
    raw_tariff,
    read_as_tariff,
)

V2_1_1, V2_2_1, V2_3_0 = OcpiVersion.V2_1_1, OcpiVersion.V2_2_1, OcpiVersion.V2_3_0
NET, GROSS = PriceBasis.NET, PriceBasis.GROSS
NO_TAX, UNKNOWN = PriceBasis.NO_TAX, PriceBasis.UNKNOWN


def basis_of(version, prices=StatedPrices.AS_STATED, vat=ABSENT, **changes):
    raw = raw_tariff(elements=[raw_element(raw_component(vat=vat))], **changes)
    tariff, _ = read_as_tariff(raw, Defaults(ocpi_version=version, prices=prices))
    return tariff.price_list.price_basis


def vat_rate_of(vat):
    raw = raw_tariff(elements=[raw_element(raw_component(vat=vat))])
    tariff, account = read_as_tariff(raw)
    return tariff.price_list.elements[0].price_components[0].vat_rate, account


def test_prices_of_2_1_1_are_net_by_its_text():
    assert basis_of(V2_1_1) is NET


def test_prices_of_2_2_1_are_net_where_a_rate_stands_beside_them():
    assert basis_of(V2_2_1, vat=20) is NET


def test_prices_of_2_2_1_are_net_where_the_rate_beside_them_is_zero():
    assert basis_of(V2_2_1, vat=0) is NET


def test_prices_of_2_2_1_are_net_when_only_one_of_the_components_states_a_rate():
    components = [raw_component(vat=20), raw_component(type="TIME", vat=ABSENT)]
    tariff, _ = read_as_tariff(raw_tariff(elements=[raw_element(*components)]))
    assert tariff.price_list.price_basis is NET


@pytest.mark.parametrize("vat", [ABSENT, None, ""])
def test_prices_of_2_2_1_without_a_rate_are_unknown(vat):
    assert basis_of(V2_2_1, vat=vat) is UNKNOWN


@pytest.mark.parametrize(
    ("tax_included", "basis"),
    [("YES", GROSS), ("NO", NET), ("N/A", NO_TAX), (ABSENT, NET), (None, NET)],
)
def test_tariff_of_2_3_0_says_it_itself_and_means_net_by_silence(tax_included, basis):
    assert basis_of(V2_3_0, tax_included=tax_included) is basis


@pytest.mark.parametrize(
    ("tax_included", "basis"),
    [("yes", GROSS), (" No ", NET), ("n/a", NO_TAX), (True, GROSS), (False, NET), ("true", GROSS)],
)
def test_word_on_tax_may_be_in_small_letters_or_a_boolean(tax_included, basis):
    assert basis_of(V2_2_1, tax_included=tax_included) is basis


@pytest.mark.parametrize("version", list(OcpiVersion))
@pytest.mark.parametrize(
    ("prices", "basis"),
    [
        (StatedPrices.NET, NET),
        (StatedPrices.GROSS, GROSS),
        (StatedPrices.UNCLEAR, UNKNOWN),
    ],
)
def test_what_the_feed_file_has_evidence_for_comes_first(version, prices, basis):
    assert basis_of(version, prices, vat=20, tax_included="N/A") is basis


@pytest.mark.parametrize("word", ["MAYBE", 1, ["YES"]])
def test_tariff_with_an_unreadable_word_on_tax_is_never_priced(word):
    tariff, account = read_as_tariff(raw_tariff(tax_included=word))
    assert tariff.price_list.unreadable_parts == ("tax_included",)
    assert notes_of(account) == ["unreadable_tax_included"]


@pytest.mark.parametrize(
    ("vat", "rate"),
    [
        ("20.0000", "0.2"),
        (20, "0.2"),
        (25.5, "0.255"),
        ("25,5", "0.255"),
        (0, "0"),
        (1, "0.01"),
        (60, "0.6"),
    ],
)
def test_vat_is_read_as_a_rate(vat, rate):
    read, account = vat_rate_of(vat)
    assert read == Decimal(rate)
    assert not account.notes


@pytest.mark.parametrize("vat", [0.19, 0.999, 60.1, 2000, -19])
def test_vat_that_is_no_plausible_per_cent_is_taken_as_not_stated(vat):
    read, account = vat_rate_of(vat)
    assert read is None
    [kind] = account.notes
    assert kind.note_code == "implausible_vat"
    assert kind.json_path == "$.data[*].elements[*].price_components[*].vat"
    assert account.examples[kind] == str(vat)


@pytest.mark.parametrize("vat", [ABSENT, None])
def test_vat_not_stated_is_not_zero(vat):
    read, account = vat_rate_of(vat)
    assert read is None
    assert not account.notes


def test_tariff_with_an_unreadable_vat_is_never_priced():
    tariff, _ = read_as_tariff(raw_tariff(elements=[raw_element(raw_component(vat="a fifth"))]))
    assert tariff.price_list.unreadable_parts == ("elements[0].price_components[0].vat",)
