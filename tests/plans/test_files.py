"""What a plan file may say, and what one that cannot be used is told, with the line of it."""

from datetime import date, time
from decimal import Decimal

import pytest

from aggregator.errors import PlanFileError
from aggregator.plans import PowerClass, Tax, load_plan
from tests.plans.plan_texts import HEAD, HEAD_LINES, PRICE, SLUGS

SYNTHETIC = HEAD.replace('source_url = "https://someone.example/prices"\n', "").replace(
    "read_on = 2026-10-01\n", "synthetic = true\n"
)


def test_plan_is_read_with_exact_amounts(plan):
    found = plan()
    assert (found.slug, found.provider, found.name) == ("someone_plus", "Someone", "Plus")
    assert (found.monthly_fee, found.tax, found.synthetic) == (Decimal("9.99"), Tax.GROSS, False)
    assert found.price_entries[0].per_kwh == Decimal("0.49")


def test_price_not_stated_is_not_a_price_of_zero(plan):
    (entry,) = plan("[[price]]\nper_kwh = 0\n").price_entries
    assert (entry.per_kwh, entry.per_minute, entry.start_fee) == (0, None, None)


def test_every_key_of_a_price_is_read(plan):
    day, _ = plan(
        '[[price]]\noperators = ["mer"]\npower_class = ["ac", "mid"]\ncountries = ["DE"]\n'
        'start_time = "22:00"\nend_time = 06:00:00\nper_kwh = 0.3\nper_minute = 0.02\n'
        "free_minutes = 60\nparking_per_minute = 0.1\nparking_free_minutes = 240\n"
        f"start_fee = 1\n{PRICE}"
    ).price_entries
    assert (day.operators, day.countries) == (("mer",), ("DE",))
    assert day.power_class == (PowerClass.AC, PowerClass.MID)
    assert (day.start_time, day.end_time) == (time(22), time(6))
    assert (day.free_minutes, day.parking_free_minutes, day.start_fee) == (60, 240, 1)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_plan_holds_from_its_first_day_to_the_day_before_it_is_over(plan, day, holds):
    assert plan(head=f"{HEAD}valid_to = 2026-07-01\n").holds_on(day) is holds


def test_plan_without_an_end_goes_on(plan):
    assert plan().holds_on(date(2090, 1, 1))


def test_invented_plan_needs_no_source(plan):
    found = plan(head=SYNTHETIC)
    assert (found.synthetic, found.source_url, found.read_on) == (True, None, None)


def test_real_plan_needs_a_source_and_the_day_it_was_read(message):
    told = message(head=SYNTHETIC.replace("true", "false"))
    assert "'source_url': missing: " in told
    assert "'read_on': missing: " in told


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('["SE", "DE"]', '["SE", "ZZ"]', 3, "'countries', no. 2: 'ZZ' is no country"),
        ('["SE", "DE"]', "[]", 3, "'countries': one at least is needed"),
        ('"EUR"', '"eur"', 4, "'currency': 'eur' is no currency"),
        ('"EUR"', '"DEM"', 4, "'currency': 'DEM' is no currency"),
        ("9.99", "-1", 5, "'monthly_fee': cannot be below 0"),
        ("9.99", '"9.99"', 5, "'monthly_fee': write a number"),
        ("9.99", "true", 5, "'monthly_fee': write a number"),
        ("9.99", "0.1234567", 5, "'monthly_fee': 6 decimals at most"),
        ("9.99", "nan", 5, "'monthly_fee': is no number"),
        ("9.99", "1001", 5, "'monthly_fee': 1001 EUR is more than 1000 euros"),
        ('"gross"', '"both"', 6, "'tax': Input should be 'gross' or 'net'"),
        ("2026-01-01", '"2026-01-01"', 7, "'valid_from': "),
        ("2026-01-01", "2026-01-01\nvalid_to = 2026-01-01", 8, "'valid_to': the first day on"),
        ("https://", "ftp://", 8, "'source_url': write an address"),
        ('"Plus"', '" Plus"', 2, "'name': write it on one line"),
        ('"Plus"', '"Plus"\ncolour = 1', 3, "'colour': unknown key"),
    ],
)
def test_wrong_value_is_told_with_its_line_and_key(message, old, new, line, said):
    assert old in HEAD
    assert message(head=HEAD.replace(old, new)).startswith(f"line {line}: {said}")


@pytest.mark.parametrize(
    ("prices", "line", "said"),
    [
        ("[[price]]\nper_kwh = -0.1\n", 2, "price 1, 'per_kwh': cannot be below 0"),
        ("[[price]]\nper_kwh = 49\n", 2, "price 1, 'per_kwh': 49 EUR is more than 5 euros"),
        (f"{PRICE}[[price]]\nper_kw = 1\n", 4, "price 2, 'per_kw': unknown key"),
        ("[[price]]\noperators = ['mer', 'no']\nper_kwh = 1\n", 2, "price 1, 'operators', no. 2"),
        ("[[price]]\ncountries = ['NO']\nper_kwh = 1\n", 2, "price 1, 'countries', no. 1: NO is"),
        ("[[price]]\npower_class = ['fast']\nper_kwh = 1\n", 2, "price 1, 'power_class', no. 1"),
        ("[[price]]\nparking_per_minute = 1\n", 1, "price 1: states no price for charging"),
        ("[[price]]\nper_kwh = 1\nfree_minutes = 9\n", 3, "price 1, 'free_minutes': there is no"),
        (f"{PRICE}parking_free_minutes = 9\n", 3, "price 1, 'parking_free_minutes': there is no"),
        (f"{PRICE}start_time = '22:00'\n", 1, "price 1, 'end_time': 'start_time' and"),
        (f"{PRICE}end_time = '22:00'\n", 3, "price 1, 'end_time': 'start_time' and"),
        (f"{PRICE}start_time = 1\nend_time = '6'\n", 3, "price 1, 'start_time': write a time"),
        (f"{PRICE}start_time = '06:00'\nend_time = 06:00:00\n", 4, "price 1, 'end_time': the same"),
        ("price = [{ per_kwh = -1 }]\n", 1, "price 1, 'per_kwh': cannot be below 0"),
        ("price = []\n", 1, "'price': one at least is needed"),
    ],
)
def test_wrong_price_is_told_with_its_line_and_number(message, prices, line, said):
    assert message(prices).startswith(f"line {HEAD_LINES + line}: {said}")


def test_net_prices_need_the_rate_of_tax(message, plan):
    net = HEAD.replace('"gross"', '"net"')
    assert message(head=net) == """'vat_rate': needed with tax = "net", as 0.25 for 25 %"""
    assert plan(head=f"{net}vat_rate = 0.25\n").vat_rate == Decimal("0.25")


def test_rate_of_tax_in_percent_is_refused(message):
    assert "'vat_rate': " in message(head=f"{HEAD}vat_rate = 25\n")


@pytest.mark.parametrize(("currency", "per_kwh"), [("HUF", 250), ("RSD", 90), ("SEK", 6)])
def test_limit_of_belief_goes_by_what_a_currency_is_worth(plan, message, currency, per_kwh):
    head = HEAD.replace("EUR", currency)
    assert plan(f"[[price]]\nper_kwh = {per_kwh}\n", head).price_entries[0].per_kwh == per_kwh
    assert "is more than 5 euros" in message("[[price]]\nper_kwh = 900_000\n", head)


def test_every_fault_is_told_at_once_in_the_order_of_lines(message):
    told = message("[[price]]\nper_kwh = -1\n", f"zone = 1\n{HEAD}".replace("9.99", "-1"))
    lines = [fault.split(":")[0] for fault in told.split("; ")]
    assert lines == ["line 1", "line 6", f"line {HEAD_LINES + 3}"]


def test_faults_beyond_the_twentieth_are_counted(message):
    told = message("[[price]]\nper_kwh = -1\n" * 23)
    assert told.count("cannot be below 0") == 20
    assert told.endswith("; and 3 more")


def test_slug_is_the_name_of_the_file(message, write, folder):
    assert message(head=f'slug = "x"\n{HEAD}').startswith("unknown key 'slug': ")
    with pytest.raises(PlanFileError, match="rename the file: small letters"):
        load_plan(write().rename(folder / "Some-one.toml"), SLUGS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name = \n", "cannot be read as TOML: Invalid value (at line 1, column 8)"),
        (b"\xff", "cannot be read as TOML: "),
        (b"a = " + b"[" * 20_000, "too many brackets"),
        (b"a = 1e99999999999999999999", "a number beyond all bounds"),
        (b"#" * 1_000_001, "larger than 1000 kB"),
    ],
)
def test_file_that_is_no_toml_is_told_in_one_line(folder, content, said):
    path = folder / "some_one.toml"
    path.write_bytes(content)
    with pytest.raises(PlanFileError) as caught:
        load_plan(path, SLUGS)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_more_entries_than_bounds_allow_are_refused(message):
    table = "per_kwh\n" + "1\n" * 5_001
    assert "'price': too many" in message("", table=table)


def test_missing_file_is_told_in_one_line(folder):
    with pytest.raises(PlanFileError, match="cannot be read as TOML"):
        load_plan(folder / "nobody.toml", SLUGS)
