"""What holds for the flags of any price list."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from aggregator.domain.tariff import (
    Dimension,
    DisplayText,
    PriceBasis,
    PriceComponent,
    PriceList,
    TariffElement,
)
from tests.normalise.plausible_lists import ORDINARY, RANGES, flags, flags_of, listed
from tests.pricing.lint_strategies import any_price_lists
from tests.pricing.test_properties import or_none

# Prices near each other and near what texts say, so that flags are raised and withdrawn.
PRICES = "0 0.00049 0.1 0.25 0.2941 0.39 0.4083 0.45 0.4917 0.4958 0.49 0.59 5.49 49 360 490"
written = st.sampled_from(PRICES.split()).map(Decimal)
rates = st.sampled_from([None, Decimal(0), Decimal("0.19"), Decimal("0.2"), Decimal("0.6")])
components = st.builds(
    PriceComponent,
    dimension=st.sampled_from([*Dimension, Dimension.ENERGY]),
    price=written,
    vat_rate=rates,
    step_size_seconds=st.sampled_from([1, 60, 3600]),
)
price_lists = st.builds(
    PriceList,
    currency=st.sampled_from(["EUR", "SEK", "GBP", "XTS"]),
    price_basis=st.sampled_from(PriceBasis),
    elements=st.lists(
        st.builds(TariffElement, st.lists(components, min_size=1, max_size=3).map(tuple)),
        min_size=1,
        max_size=4,
    ).map(tuple),
)
texts = st.lists(
    st.builds(
        DisplayText,
        st.just("en"),
        st.sampled_from(
            [
                "0.49 €/kWh",
                "0,59 EUR pro kWh",
                "59p/kWh",
                "5,49 kr/kWh",
                "0.39 /kWh, 0.49/kWh",
                "1 €",
            ]
        )
        | st.text(alphabet="0123456789.,€£ /kWhpreöct-", max_size=30),
    ),
    max_size=3,
)
countries = st.sampled_from([None, "DEU", "SE", "GBR", "ALB", "nowhere"])
plain_euros = st.decimals("0.10", "2", places=4)


@given(price_lists, texts, countries, st.randoms())
def test_the_order_of_elements_and_components_makes_no_difference(
    price_list, alt_text, country, random
):
    elements = [
        replace(
            one,
            price_components=tuple(random.sample(one.price_components, len(one.price_components))),
        )
        for one in price_list.elements
    ]
    random.shuffle(elements)
    shuffled = replace(price_list, elements=tuple(elements))
    assert flags_of(shuffled, alt_text, country) == flags_of(price_list, alt_text, country)


@given(price_lists, texts, countries)
def test_flags_are_sorted_and_stand_once(price_list, alt_text, country):
    found = flags_of(price_list, alt_text, country)
    assert list(found) == sorted(set(found))


@given(price_lists, texts, countries, st.data())
def test_knowing_less_never_adds_a_flag(price_list, alt_text, country, data):
    found = set(flags_of(price_list, alt_text, country))
    assert set(flags_of(price_list, alt_text, None)) <= found
    fewer = [text for text in alt_text if data.draw(st.booleans())]
    assert set(flags_of(price_list, fewer, country)) <= found
    unsaid = replace(
        price_list,
        elements=tuple(
            TariffElement(
                tuple(
                    replace(one, vat_rate=None) if data.draw(st.booleans()) else one
                    for one in element.price_components
                )
            )
            for element in price_list.elements
        ),
    )
    assert set(flags_of(unsaid, alt_text, country)) <= found
    unclear = replace(price_list, price_basis=PriceBasis.UNKNOWN)
    assert set(flags_of(unclear, alt_text, country)) <= found


@given(any_price_lists, texts, or_none(st.text(max_size=3)))
def test_any_price_list_is_judged_without_an_error(price_list, alt_text, country):
    assert isinstance(flags_of(price_list, alt_text, country), tuple)


@given(st.text(), price_lists)
def test_any_text_is_read_without_an_error(text, price_list):
    assert isinstance(flags_of(price_list, [DisplayText("", text)]), tuple)


@given(st.sampled_from(sorted(RANGES)), plain_euros, st.sampled_from([100, 1000]))
def test_a_plain_price_in_another_unit_is_flagged_in_every_currency(currency, euros, factor):
    usual = RANGES[currency]
    price = (euros * usual.most_plausible_per_kwh / 3).quantize(Decimal("0.000001"))
    assert flags(listed(currency, f"kwh {price}")) == []
    found = flags(listed(currency, f"kwh {price * factor}"))
    assert found in (["cents_for_euros"], ["unit_slip"])
    assert flags(listed(currency, f"kwh {price / 1000:f}")) == ["unit_slip"]


def test_every_ordinary_price_of_energy_in_another_unit_is_flagged():
    for currency, _, parts, *_ in ORDINARY:
        what, price = parts.split(",")[0].split()[:2]
        if what == "kwh" and Decimal(price):
            hundredfold = flags(listed(currency, f"kwh {Decimal(price) * 100}"))
            assert hundredfold == ["cents_for_euros"], (currency, price)
