"""Many quotes at once are the quotes one by one."""

from datetime import time
from decimal import Decimal
from random import Random

import pytest

from aggregator.domain.contents import to_json
from aggregator.domain.tariff import PriceBasis, PriceList
from aggregator.pricing import session_totals as bulk
from aggregator.pricing.quote import QuoteState, quote
from aggregator.pricing.quotes import Asked, quotes
from tests.pricing.kernel.chance import Chance
from tests.pricing.price_lists import SUNDAY, UK_SESSIONS, charging, element, energy

ZONES = ["Europe/London", "Europe/Berlin", "Asia/Tokyo", "Nowhere/Else", None]
CODES = ["ac", "dc", "hpc"]


@pytest.fixture(scope="module")
def asked():
    chance, made = Random(7), Chance(Random(7))
    return [
        (listed, Asked(to_json(listed), zone, chance.choice(CODES)))
        for listed in (made.price_list() for _ in range(120))
        for zone in chance.sample(ZONES, 3)
    ]


def test_the_kernel_and_the_exact_engine_give_the_same_quotes(asked, monkeypatch):
    monkeypatch.setattr(bulk, "FEW", 100)
    monkeypatch.setattr(bulk, "is_compiled", lambda: True)
    found = list(quotes([one for _, one in asked], UK_SESSIONS, SUNDAY))
    for (listed, one), there in zip(asked, found, strict=True):
        here = quote(listed, one.time_zone, UK_SESSIONS, one.session_code, SUNDAY)
        assert there == here, listed
    states = {one.state for one in found}
    assert states >= {QuoteState.PRICED, QuoteState.NOT_COMPUTABLE}


def test_a_few_are_quoted_without_the_kernel(asked, monkeypatch):
    monkeypatch.setattr(bulk, "gathered", None)
    few = asked[:5]
    found = list(quotes([one for _, one in few], UK_SESSIONS, SUNDAY))
    assert len(found) == len(few)


def test_where_the_kernel_gives_up_the_exact_engine_is_asked(asked, monkeypatch):
    def give_up(*_):
        raise OverflowError

    monkeypatch.setattr(bulk, "gathered", give_up)
    monkeypatch.setattr(bulk, "FEW", 1)
    monkeypatch.setattr(bulk, "is_compiled", lambda: True)
    few = asked[:3]
    found = list(quotes([one for _, one in few], UK_SESSIONS, SUNDAY))
    assert found == [
        quote(listed, one.time_zone, UK_SESSIONS, one.session_code, SUNDAY) for listed, one in few
    ]


def test_what_nothing_covers_has_no_price_in_either_engine(monkeypatch):
    night = element(energy("0.2"), start_time=time(0), end_time=time(6))
    slow = element(charging("3"), max_power_kw=Decimal(22))
    lists = [PriceList("GBP", PriceBasis.NET, (one,)) for one in (night, slow)]
    many = [Asked(to_json(one), "Europe/London", code) for one in lists for code in CODES]
    monkeypatch.setattr(bulk, "FEW", 1)
    monkeypatch.setattr(bulk, "is_compiled", lambda: True)
    found = [(one.state_reason, dict(one.totals)) for one in quotes(many, UK_SESSIONS, SUNDAY)]
    nothing = ("no_price_applies", {})
    # Two hours at 10 kW: 3 GBP an hour and 20 %.
    assert found == [*[nothing] * 3, (None, {"ac": Decimal("7.20")}), nothing, nothing]
