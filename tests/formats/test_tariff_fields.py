"""A tariff's own fields: whose it is, limits, texts, validity, and what it cannot be without."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from aggregator.domain.problem import ObjectType
from aggregator.domain.tariff import DisplayText, PriceLimit, TariffType
from aggregator.feeds import OcpiVersion, StatedPrices
from aggregator.formats.defaults import Defaults
from tests.formats.raw_records import ABSENT, notes_of, raw_tariff, read_as_tariff

GROSS = Defaults(prices=StatedPrices.GROSS)


def test_tariff_is_read_with_its_own_fields():
    tariff, account = read_as_tariff(
        raw_tariff(
            tariff_alt_url="https://a.example/prices",
            start_date_time="2026-01-01T00:00:00+01:00",
            end_date_time="2027-01-01T00:00:00Z",
        )
    )
    assert (tariff.country_code, tariff.party_id, tariff.tariff_id) == ("SE", "AAA", "T1")
    assert tariff.type is TariffType.AD_HOC_PAYMENT
    assert tariff.price_list.currency == "SEK"
    assert tariff.alt_url == "https://a.example/prices"
    assert tariff.start_date_time == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert tariff.end_date_time == datetime(2027, 1, 1, tzinfo=UTC)
    assert tariff.last_updated == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert account.received == {ObjectType.TARIFF: 1}
    assert not account.notes


def test_party_of_a_silent_tariff_is_the_feeds():
    tariff, _ = read_as_tariff(
        raw_tariff(country_code=ABSENT, party_id=None), Defaults(country_code="GB", party_id="MFG")
    )
    assert (tariff.country_code, tariff.party_id) == ("GB", "MFG")


@pytest.mark.parametrize(
    ("currency", "code", "reason"),
    [
        (ABSENT, "missing_currency", "'currency' is missing"),
        (None, "missing_currency", "'currency' is missing"),
        ("", "missing_currency", "'currency' is missing"),
    ],
)
def test_tariff_without_currency_is_refused(currency, code, reason):
    tariff, account = read_as_tariff(raw_tariff(currency=currency))
    assert tariff is None
    [rejection] = account.rejections
    assert (rejection.reason_code, rejection.reason) == (code, reason)
    assert (rejection.object_id, rejection.record_id) == ("T1", "T1")
    assert rejection.json_path == "$.data[0]"
    assert rejection.lost == ((ObjectType.TARIFF, 1),)
    assert account.received == {ObjectType.TARIFF: 1}


@pytest.mark.parametrize("currency", ["EURO", "€", 978])
def test_tariff_with_an_unreadable_currency_is_refused(currency):
    tariff, account = read_as_tariff(raw_tariff(currency=currency))
    assert tariff is None
    assert account.rejections[0].reason_code == "unreadable_currency"


def test_lower_case_currency_is_understood():
    tariff, _ = read_as_tariff(raw_tariff(currency="sek"))
    assert tariff.price_list.currency == "SEK"


@pytest.mark.parametrize(("raw_id", "record_id"), [(" T1 ", "T1"), (0, "0"), (7, "7")])
def test_refused_tariff_goes_by_the_id_under_which_it_was_kept_before(raw_id, record_id):
    kept, _ = read_as_tariff(raw_tariff(id=raw_id))
    _, account = read_as_tariff(raw_tariff(id=raw_id, currency=None))
    assert kept.tariff_id == record_id
    assert account.rejections[0].record_id == record_id


@pytest.mark.parametrize("raw_id", [ABSENT, None, "", True, {"id": 1}])
def test_tariff_without_an_id_is_refused_and_names_no_record(raw_id):
    tariff, account = read_as_tariff(raw_tariff(id=raw_id))
    assert tariff is None
    assert account.rejections[0].record_id is None


def test_tariff_that_is_no_object_is_refused():
    tariff, account = read_as_tariff(["T1"])
    assert tariff is None
    assert account.rejections[0].reason == "an object is needed here, not a list"


def test_tariff_without_a_type_is_for_all_sessions():
    tariff, account = read_as_tariff(raw_tariff(type=ABSENT))
    assert tariff.type is None
    assert not account.notes


def test_tariff_of_an_unknown_type_is_kept_and_never_priced():
    tariff, account = read_as_tariff(raw_tariff(type="VIP"))
    assert tariff.type is None
    assert tariff.price_list.unreadable_parts == ("type",)
    assert notes_of(account) == ["unknown_type"]


def test_lower_case_type_is_understood():
    tariff, _ = read_as_tariff(raw_tariff(type="regular"))
    assert tariff.type is TariffType.REGULAR


@pytest.mark.parametrize("key", ["start_date_time", "end_date_time"])
def test_tariff_with_an_unreadable_validity_is_never_priced(key):
    tariff, account = read_as_tariff(raw_tariff(**{key: "next year"}))
    assert tariff.price_list.unreadable_parts == (key,)
    assert notes_of(account) == [f"unreadable_{key}"]


def test_unreadable_update_time_does_not_touch_the_price():
    tariff, _ = read_as_tariff(raw_tariff(last_updated="yesterday"))
    assert tariff.last_updated is None
    assert tariff.price_list.unreadable_parts == ()


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        ({"excl_vat": 0.5, "incl_vat": "0.60"}, PriceLimit(Decimal("0.5"), Decimal("0.6"))),
        ({"before_taxes": 0.5, "after_taxes": 0.6}, PriceLimit(Decimal("0.5"), Decimal("0.6"))),
        ({"before_taxes": 2, "taxes": []}, PriceLimit(Decimal(2), None)),
        ({"excl_vat": 0, "before_taxes": 2}, PriceLimit(Decimal(0), None)),
        (0, PriceLimit(Decimal(0), None)),
        ("1.50", PriceLimit(Decimal("1.5"), None)),
        ({"excl_vat": None, "incl_vat": None}, None),
        ({}, None),
        (None, None),
        (ABSENT, None),
    ],
)
def test_price_limit_is_read_in_the_words_of_each_version(written, limit):
    tariff, _ = read_as_tariff(raw_tariff(min_price=written, max_price=written))
    assert tariff.price_list.min_price == limit
    assert tariff.price_list.max_price == limit
    assert tariff.price_list.unreadable_parts == ()


def test_bare_number_as_limit_is_gross_where_the_prices_are():
    tariff, _ = read_as_tariff(raw_tariff(max_price=12), GROSS)
    assert tariff.price_list.max_price == PriceLimit(None, Decimal(12))


@pytest.mark.parametrize(
    ("written", "lost"),
    [
        ({"excl_vat": "little"}, "min_price.excl_vat"),
        ("little", "min_price.excl_vat"),
        ([5], "min_price.excl_vat"),
        ({"after_taxes": True}, "min_price.after_taxes"),
    ],
)
def test_tariff_with_an_unreadable_limit_is_never_priced(written, lost):
    tariff, _ = read_as_tariff(raw_tariff(min_price=written))
    assert tariff.price_list.unreadable_parts == (lost,)


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ([{"language": "sv", "text": "5 kr"}], (DisplayText("sv", "5 kr"),)),
        (["40p per kWh", ""], (DisplayText("und", "40p per kWh"),)),
        ([{"text": "5 kr"}, {"language": "sv"}, None, 5], (DisplayText("und", "5 kr"),)),
        ("40p per kWh", (DisplayText("und", "40p per kWh"),)),
        ([], ()),
        (None, ()),
        (ABSENT, ()),
    ],
)
def test_alt_text_is_read_from_objects_and_plain_texts(written, texts):
    tariff, account = read_as_tariff(raw_tariff(tariff_alt_text=written))
    assert tariff.alt_text == texts
    assert not account.notes


def test_one_alt_text_where_a_list_is_needed_is_read_and_noted():
    written = {"language": "sv", "text": "5 kr"}
    tariff, account = read_as_tariff(raw_tariff(tariff_alt_text=written))
    assert tariff.alt_text == (DisplayText("sv", "5 kr"),)
    assert notes_of(account) == ["single_tariff_alt_text"]


@pytest.mark.parametrize("written", [5, [{"language": {"code": "sv"}, "text": "5 kr"}]])
def test_unreadable_alt_text_is_noted_and_does_not_touch_the_price(written):
    tariff, account = read_as_tariff(raw_tariff(tariff_alt_text=written))
    assert tariff.price_list.unreadable_parts == ()
    assert len(account.notes) == 1


def test_tariff_of_2_1_1_is_read_in_its_own_words():
    raw = {
        "id": "12",
        "currency": "EUR",
        "elements": [{"price_components": [{"type": "TIME", "price": 2.00, "step_size": 300}]}],
        "last_updated": "2015-06-29T20:39:09Z",
    }
    defaults = Defaults(OcpiVersion.V2_1_1, country_code="NL", party_id="BBB")
    tariff, account = read_as_tariff(raw, defaults)
    [component] = tariff.price_list.elements[0].price_components
    assert (component.price, component.step_size_seconds) == (2, 300)
    assert (tariff.type, tariff.price_list.min_price) == (None, None)
    assert not account.notes
