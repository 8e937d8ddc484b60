"""Price lists made ready, each once."""

from dataclasses import replace
from datetime import UTC, datetime, time, timezone
from decimal import Decimal

import pytest

from aggregator.domain.contents import content_hash, to_json
from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceLimit,
    PriceList,
    Restrictions,
    TariffElement,
)
from aggregator.pricing.kernel import layout
from aggregator.pricing.kernel.plain import read
from aggregator.pricing.kernel.prices import (
    Catalogue,
    prepare,
    prepare_texts,
    price,
    session_columns,
)
from aggregator.pricing.kernel.scaled import Inexpressible, clock_ms
from aggregator.pricing.kernel.taxes import tax_terms

NIGHT = Restrictions(start_time=time(22), end_time=time(6), min_kwh=Decimal(2))


def listed(*prices, restrictions=NIGHT):
    return PriceList(
        "EUR",
        PriceBasis.NET,
        tuple(
            TariffElement(
                (PriceComponent(Dimension.ENERGY, Decimal(one), Decimal(0)),), restrictions
            )
            for one in prices
        ),
        min_price=PriceLimit(Decimal(1)),
    )


def test_extending_gives_what_preparing_all_at_once_gives():
    lists = [listed("0.1", "0.2"), PriceList("EUR", PriceBasis.NET, ()), listed("0.3")]
    texts = [to_json(one) for one in lists]
    at_once, in_turn = prepare(lists), prepare_texts(texts[:1]).extended(texts[1:])
    for name in ("tariffs", "thresholds", "candidates", "restrictions", "factors"):
        assert getattr(at_once, name).tolist() == getattr(in_turn, name).tolist()
    assert (at_once.texts, at_once.reasons) == (in_turn.texts, in_turn.reasons)
    assert [at_once.price_list(number) for number in range(len(at_once))] == lists


def test_a_catalogue_prepares_each_content_once():
    catalogue = Catalogue()
    texts = {content_hash(text): text for text in map(to_json, (listed("1"), listed("2")))}
    one, two = texts
    catalogue.add({one: texts[one]})
    assert catalogue.unknown([one, two, two]) == [two]
    catalogue.add(texts)
    catalogue.add(texts)
    assert len(catalogue.prepared) == 2
    assert catalogue.indices([two, one, two]).tolist() == [1, 0, 1]
    with pytest.raises(KeyError):
        catalogue.indices(["?"])


def test_what_stands_after_a_component_without_restrictions_is_left_out():
    first = listed("0.1", restrictions=Restrictions())
    both = replace(first, elements=(*first.elements, *listed("0.2").elements))
    assert len(prepare([both]).candidates) == 1


@pytest.mark.parametrize(
    "never_asked",
    [
        Restrictions(min_kwh=Decimal(0), min_duration_seconds=0, min_power_kw=Decimal(0)),
        Restrictions(start_time=time(8), end_time=time(8)),
    ],
)
def test_restrictions_that_always_hold_are_none(never_asked):
    assert (
        prepare([listed("0.1", restrictions=never_asked)]).candidates[0, layout.RESTRICTION] == -1
    )


def test_the_texts_of_the_store_are_read_as_they_are_written():
    assert read(to_json(listed("0.1"))).elements[0].restrictions.start_time == "22:00:00"


def test_times_that_are_no_whole_ms_or_have_a_zone_are_inexpressible():
    assert clock_ms("00:00:00.001000") == 1
    for odd in ("00:00:00.000001", str(time(8, tzinfo=timezone.utc))):  # noqa: UP017
        with pytest.raises(Inexpressible):
            clock_ms(odd)


def test_rates_share_a_denominator_unless_it_is_too_large():
    assert tax_terms(layout.NET, (19_000, 5_000, -1)) == (100, (119, 105, -1), (1.19, 1.05, 0.0))
    assert tax_terms(layout.GROSS, (25_000, 20_000)) == (30, (24, 25), (0.8, 1 / 1.2))
    assert tax_terms(layout.NO_TAX, (25_000,)) == (1, (1,), (1.0,))
    denominator, numerators, _ = tax_terms(layout.GROSS, (10_007, 20_011, 31_013, -1))
    assert (denominator, numerators) == (0, (1, 1, 1, -1))


def test_a_text_that_is_no_price_list_is_an_error():
    with pytest.raises(ValueError, match="price_basis"):
        prepare_texts(["{}"])


def test_the_original_is_asked_for_what_the_kernel_cannot_price():
    tariffs = prepare([listed("0.1234567", restrictions=Restrictions())])
    start = datetime(2026, 6, 1, tzinfo=UTC)
    sessions = session_columns([ChargingSession(start, Decimal(100), Decimal(60))])
    found = price(tariffs, [0], sessions, [0])
    assert found.total_net.tolist() == [1235]
    assert found.exact_share == 1
