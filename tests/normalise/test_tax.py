"""Which tax a price has: a table of cases, and what can never be."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.domain.tariff import PriceBasis
from aggregator.feeds import StatedPrices, load_feed
from aggregator.normalise.tax import GrossBasis, RateBasis, Tax, TaxRule
from aggregator.normalise.vat_rates import Kind, VatRate, VatRates
from aggregator.pricing.bill import TaxBasis

DATA = Path(__file__).parents[2] / "data"
DAY = date(2026, 10, 9)
NET, GROSS, NO_TAX, UNKNOWN = (
    PriceBasis.NET,
    PriceBasis.GROSS,
    PriceBasis.NO_TAX,
    PriceBasis.UNKNOWN,
)
AS_STATED, PROVEN_NET, PROVEN_GROSS, UNCLEAR = (
    StatedPrices.AS_STATED,
    StatedPrices.NET,
    StatedPrices.GROSS,
    StatedPrices.UNCLEAR,
)
CERTAINTY = [GrossBasis.UNKNOWN, GrossBasis.NET, GrossBasis.DERIVED, GrossBasis.GROSS]
D = Decimal


def rate(country, text, operator=None):
    kind = Kind.STANDARD if operator is None else Kind.REDUCED
    first = date(2020, 1, 1)
    return VatRate(country, D(text), kind, first, None, f"law of {country}", first, operator)


RATES = VatRates.of(
    [rate("GB", "0.2"), rate("SE", "0.25")], [rate("SE", "0.06", operator="SE*LOW")]
)


def rule(prices):
    return TaxRule(prices, RATES, None if prices is AS_STATED else "seen in the feed")


# feed's setting, record's basis, stated rate, country -> rate, where from, price 1.00 with tax
CASES = {
    "Mer: net by the record, which states its rate": (
        (AS_STATED, NET, "0.2", "GBR"), ("0.2", RateBasis.STATED, "1.2", GrossBasis.GROSS),
    ),
    "the stated rate counts where the law has another": (
        (AS_STATED, NET, "0.06", "SWE"), ("0.06", RateBasis.STATED, "1.06", GrossBasis.GROSS),
    ),
    "a stated rate of 0 is a rate": (
        (AS_STATED, NET, "0", "SWE"), ("0", RateBasis.STATED, "1", GrossBasis.GROSS),
    ),
    "net by the standard's text alone, no rate: the law is not asked": (
        (AS_STATED, NET, None, "SWE"), (None, RateBasis.UNKNOWN, None, GrossBasis.NET),
    ),
    "gross by the record": (
        (AS_STATED, GROSS, None, "SWE"), (None, RateBasis.UNKNOWN, "1", GrossBasis.GROSS),
    ),
    "gross by the record, with its rate": (
        (AS_STATED, GROSS, "0.25", "SWE"), ("0.25", RateBasis.STATED, "1", GrossBasis.GROSS),
    ),
    "no tax applies": (
        (AS_STATED, NO_TAX, None, "SWE"), ("0", RateBasis.NO_TAX, "1", GrossBasis.GROSS),
    ),
    "no tax applies, whatever rate stands beside it": (
        (AS_STATED, NO_TAX, "0.25", "SWE"), ("0", RateBasis.NO_TAX, "1", GrossBasis.GROSS),
    ),
    "no tax applies, also in a feed of net prices": (
        (PROVEN_NET, NO_TAX, None, "SWE"), ("0", RateBasis.NO_TAX, "1", GrossBasis.GROSS),
    ),
    "nothing is stated": (
        (AS_STATED, UNKNOWN, None, "SWE"), (None, RateBasis.UNKNOWN, None, GrossBasis.UNKNOWN),
    ),
    "a rate alone does not tell what the price includes": (
        (AS_STATED, UNKNOWN, "0.25", "SWE"), (None, RateBasis.UNKNOWN, None, GrossBasis.UNKNOWN),
    ),
    "char.gy, Clenergy: proven net, no rate, so that of the law": (
        (PROVEN_NET, NET, None, "GBR"), ("0.2", RateBasis.DERIVED, "1.2", GrossBasis.DERIVED),
    ),
    "proven net counts for records read before it was known": (
        (PROVEN_NET, UNKNOWN, None, "GB"), ("0.2", RateBasis.DERIVED, "1.2", GrossBasis.DERIVED),
    ),
    "proven net, with a stated rate": (
        (PROVEN_NET, NET, "0.05", "GBR"), ("0.05", RateBasis.STATED, "1.05", GrossBasis.GROSS),
    ),
    "proven net, country unknown": (
        (PROVEN_NET, NET, None, None), (None, RateBasis.UNKNOWN, None, GrossBasis.NET),
    ),
    "proven net, no rate known of the country": (
        (PROVEN_NET, NET, None, "USA"), (None, RateBasis.UNKNOWN, None, GrossBasis.NET),
    ),
    "proven gross: no rate is needed and none is looked up": (
        (PROVEN_GROSS, GROSS, None, "GBR"), (None, RateBasis.UNKNOWN, "1", GrossBasis.GROSS),
    ),
    "proven gross counts although the record would be net": (
        (PROVEN_GROSS, NET, "0.2", "GBR"), ("0.2", RateBasis.STATED, "1", GrossBasis.GROSS),
    ),
    "GeniePoint: unclear, although a rate is stated": (
        (UNCLEAR, UNKNOWN, "0.2", "GBR"), (None, RateBasis.UNKNOWN, None, GrossBasis.UNKNOWN),
    ),
    "unclear whatever the record says": (
        (UNCLEAR, GROSS, "0.2", "GBR"), (None, RateBasis.UNKNOWN, None, GrossBasis.UNKNOWN),
    ),
    "unclear: even that no tax applies is not believed": (
        (UNCLEAR, NO_TAX, None, "GBR"), (None, RateBasis.UNKNOWN, None, GrossBasis.UNKNOWN),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), CASES.values(), ids=CASES.keys())
def test_tax_follows_the_feeds_setting_and_then_the_record(said, expected):
    prices, basis, stated, country = said
    vat_rate, rate_basis, gross, gross_basis = expected
    tax = rule(prices).tax_of(basis, stated and D(stated), country, DAY)
    assert tax.vat_rate == (vat_rate and D(vat_rate))
    assert tax.rate_basis is rate_basis
    assert tax.gross(D(1)) == (gross and Fraction(gross))
    assert tax.gross_basis is gross_basis


@pytest.mark.parametrize(
    ("feed", "basis", "stated", "price", "shown"),
    [
        ("mer_uk", NET, "0.2", "0.40", "0.48"),  # alt_text says GBP 0.48
        ("chargy", UNKNOWN, None, "0.325", "0.39"),
        ("chargy", UNKNOWN, None, "0.4917", "0.59"),
        ("clenergy_ev", UNKNOWN, None, "0.6584", "0.79"),
    ],
)
def test_real_feeds_come_to_the_price_at_the_charger(feed, basis, stated, price, shown):
    of_feed = TaxRule.of(
        load_feed(DATA / "feeds" / f"{feed}.toml"), VatRates.load(DATA / "reference")
    )
    tax = of_feed.tax_of(basis, stated and D(stated), "GBR", DAY)
    assert round(tax.gross(D(price)), 2) == Fraction(shown)
    assert tax.rate_basis is (RateBasis.STATED if stated else RateBasis.DERIVED)


def test_geniepoint_stays_unknown():
    of_feed = TaxRule.of(load_feed(DATA / "feeds" / "geniepoint.toml"), RATES)
    tax = of_feed.tax_of(UNKNOWN, D("0.2"), "GBR", DAY)
    assert (tax.gross(D("0.77")), tax.net(D("0.77"))) == (None, None)


def test_derived_rate_names_its_source_and_a_stated_one_needs_none():
    of_feed = rule(PROVEN_NET)
    assert of_feed.tax_of(NET, None, "SWE", DAY).source == "law of SE"
    assert of_feed.tax_of(NET, D("0.25"), "SWE", DAY).source is None


def test_law_is_that_of_the_day():
    of_feed = rule(PROVEN_NET)
    assert of_feed.tax_of(NET, None, "SWE", date(2019, 12, 31)).vat_rate is None
    assert of_feed.tax_of(NET, None, "SWE", date(2020, 1, 1)).vat_rate == D("0.25")


def test_an_operators_own_rate_comes_before_the_countrys():
    of_feed = rule(PROVEN_NET)
    assert of_feed.tax_of(NET, None, "SWE", DAY, "SE*LOW").vat_rate == D("0.06")
    assert of_feed.tax_of(NET, None, "SWE", DAY, "SE*ABC").vat_rate == D("0.25")


def test_net_of_a_gross_price_needs_its_rate():
    gross = rule(AS_STATED)
    assert gross.tax_of(GROSS, D("0.25"), "SWE", DAY).net(D(5)) == 4
    assert gross.tax_of(GROSS, None, "SWE", DAY).net(D(5)) is None
    assert gross.tax_of(NET, None, "SWE", DAY).net(D(5)) == 5
    assert gross.tax_of(NO_TAX, None, "SWE", DAY).net(D(5)) == 5


@pytest.mark.parametrize("prices", [PROVEN_NET, PROVEN_GROSS, UNCLEAR])
def test_setting_without_evidence_is_refused(prices):
    with pytest.raises(ValueError, match="need evidence"):
        TaxRule(prices, RATES)


def test_words_are_those_of_offers():
    assert {basis.value for basis in GrossBasis} == {basis.value for basis in TaxBasis}


records = st.fixed_dictionaries(
    {
        "price_basis": st.sampled_from(PriceBasis),
        "stated_vat_rate": st.sampled_from([D(0), D("0.06"), D("0.2"), D("0.25")]),
        "country": st.sampled_from(["SE", "SWE", "GBR", "USA"]),
        "operator": st.sampled_from(["SE*LOW", "SE*ABC"]),
    }
)
REMOVED = {"price_basis": UNKNOWN, "stated_vat_rate": None, "country": None, "operator": None}


@given(
    st.sampled_from(StatedPrices),
    records,
    st.sets(st.sampled_from(sorted(REMOVED))),
    st.sampled_from(sorted(REMOVED)),
)
def test_record_with_a_field_removed_is_never_judged_more_certain(prices, record, gone, next_gone):
    before = record | {field: REMOVED[field] for field in gone}
    after = before | {next_gone: REMOVED[next_gone]}
    had, has = (rule(prices).tax_of(**one, on=DAY) for one in (before, after))
    assert CERTAINTY.index(has.gross_basis) <= CERTAINTY.index(had.gross_basis)
    if next_gone != "operator":  # without its operator, a record has the rate of everybody
        assert has.vat_rate is None or had.vat_rate is not None


@given(st.sampled_from(StatedPrices), records, st.decimals(0, 100, places=4, allow_nan=False))
def test_price_with_tax_is_told_exactly_when_it_is_known_and_is_never_below_net(
    prices, record, price
):
    tax = rule(prices).tax_of(**record, on=DAY)
    gross, net = tax.gross(price), tax.net(price)
    assert (gross is None) == (tax.gross_basis in {GrossBasis.NET, GrossBasis.UNKNOWN})
    if gross is not None and net is not None:
        assert gross >= net
        assert gross == net * (1 + Fraction(tax.vat_rate))


@given(records, st.sampled_from(StatedPrices))
def test_law_is_used_for_proven_net_prices_without_a_rate_only(record, prices):
    tax: Tax = rule(prices).tax_of(**record | {"stated_vat_rate": None}, on=DAY)
    if tax.rate_basis is RateBasis.DERIVED:
        assert prices is PROVEN_NET
        assert tax.source
