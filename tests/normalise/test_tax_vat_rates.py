"""The tables of VAT: what is law on a day, and what a table must not say."""

import importlib.util
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from aggregator.errors import ReferenceFileError
from aggregator.normalise.vat_rates import VatRates

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
HEADER = "country,rate,kind,valid_from,valid_to,source,read_on\n"
OVERRIDES = "country,operator,rate,kind,valid_from,valid_to,source,read_on\n"
END = ",law,2026-11-22\n"


@pytest.fixture(scope="module")
def shipped():
    return VatRates.load(REFERENCE)


@pytest.fixture
def load(tmp_path):
    """Return a function that loads tables of these rows."""

    def loaded(standard="", overrides=""):
        (tmp_path / "vat_rates.csv").write_text(HEADER + standard, encoding="utf-8")
        (tmp_path / "vat_overrides.csv").write_text(OVERRIDES + overrides, encoding="utf-8")
        return VatRates.load(tmp_path)

    return loaded


@pytest.mark.parametrize(
    ("country", "day", "rate"),
    [
        ("DE", date(2020, 6, 30), "0.19"),
        ("DE", date(2020, 7, 1), "0.16"),
        ("DE", date(2020, 12, 31), "0.16"),
        ("DE", date(2021, 1, 1), "0.19"),
        ("EE", date(2026, 11, 22), "0.24"),
        ("FI", date(2026, 11, 22), "0.255"),
        ("RO", date(2026, 11, 22), "0.21"),
        ("SK", date(2026, 11, 22), "0.23"),
        ("GR", date(2026, 11, 22), "0.24"),
        ("CH", date(2026, 11, 22), "0.081"),
        ("GB", date(2026, 10, 7), "0.2"),
        ("NO", date(2026, 11, 22), "0.25"),
    ],
)
def test_shipped_table_has_the_rate_of_the_day_with_its_source(shipped, country, day, rate):
    found = shipped.standard_rate(country, day)
    assert found.rate == Decimal(rate)
    assert "eu-vat" in found.source


def test_nothing_is_known_of_days_and_countries_outside_the_table(shipped):
    assert shipped.standard_rate("DE", date(2015, 12, 31)) is None
    assert shipped.standard_rate("GB", date(2026, 9, 28)) is None
    assert shipped.standard_rate("USA", date(2026, 11, 22)) is None
    assert shipped.standard_rate("Germany", date(2026, 11, 22)) is None
    assert shipped.standard_rate(None, date(2026, 11, 22)) is None


@pytest.mark.parametrize(("long", "short"), [("SWE", "SE"), ("GRC", "GR"), ("XKK", "XK")])
def test_both_codes_of_a_country_are_understood(shipped, long, short):
    day = date(2026, 11, 22)
    assert shipped.standard_rate(long, day) == shipped.standard_rate(short, day) is not None


def test_rate_for_charging_is_the_operators_then_the_countrys_then_the_standard(load):
    rates = load(
        "SE,0.25,standard,2020-01-01,," + END[1:],
        "SE,,0.06,reduced,2026-01-01,2027-01-01" + END + "SE,SE*ABC,0,zero,2026-03-01,," + END[1:],
    )
    told = [
        rates.charging_rate("SWE", day, operator).rate
        for day, operator in [
            (date(2025, 12, 31), "SE*ABC"),  # standard
            (date(2026, 2, 1), "SE*ABC"),  # everybody's
            (date(2026, 3, 1), "SE*ABC"),  # its own
            (date(2026, 3, 1), "SE*XYZ"),  # everybody's
            (date(2026, 3, 1), None),  # everybody's
            (date(2027, 1, 1), None),  # over on that day
        ]
    ]
    assert told == [Decimal(rate) for rate in ("0.25", "0.06", "0", "0.06", "0.06", "0.25")]
    assert rates.standard_rate("SE", date(2026, 3, 1)).rate == Decimal("0.25")


GOOD = "SE,0.25,standard,2020-01-01,," + END[1:]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("SWE,0.25,standard,2020-01-01,," + END[1:], "line 2: 'country' 'SWE' is no country"),
        ("ZZ,0.25,standard,2020-01-01,," + END[1:], "line 2: 'country' 'ZZ' is no country"),
        ("SE,25,standard,2020-01-01,," + END[1:], "line 2: 'rate' '25' must be from 0 up"),
        ("SE,1,standard,2020-01-01,," + END[1:], "line 2: 'rate' '1' must be from 0 up"),
        ("SE,-0.1,standard,2020-01-01,," + END[1:], "line 2: 'rate' '-0.1' must"),
        ("SE,nan,standard,2020-01-01,," + END[1:], "line 2: 'rate' 'nan' must"),
        ("SE,0.25,reduced,2020-01-01,," + END[1:], "line 2: 'kind' 'reduced' must be standard"),
        ("SE,0,standard,2020-01-01,," + END[1:], "'kind' standard does not go with the rate 0"),
        ("SE,0.25,standard,2020-13-01,," + END[1:], "line 2: 'valid_from' '2020-13-01' is no"),
        ("SE,0.25,standard,2020-01-02,2020-01-02" + END, "line 2: 'valid_to' is the first day"),
        ("SE,0.25,standard,2020-01-01,,,2026-11-22\n", "line 2: say in 'source' where"),
        ("SE,0.25,standard,2020-01-01,,law,\n", "line 2: 'read_on' '' is no date"),
        ("SE,0.25,standard\n", "line 2: 7 values are needed, not 3"),
        (
            "SE,0.24,standard,2019-01-01,2019-12-31" + END + GOOD,
            "line 3: SE has no rate from 2019-12-31 to 2020-01-01: after line 2",
        ),
        (
            GOOD + "SE,0.24,standard,2019-01-01,2020-01-02" + END,
            "line 2: SE has a rate on 2020-01-01 already: line 3",
        ),
        (GOOD + GOOD, "line 3: SE has a rate on 2020-01-01 already: line 2"),
    ],
)
def test_wrong_row_is_named_with_its_line_and_nothing_is_loaded(load, rows, said):
    with pytest.raises(ReferenceFileError) as caught:
        load(rows)
    assert said in str(caught.value)
    assert "vat_rates.csv" in str(caught.value)


def test_every_wrong_row_is_named_at_once(load):
    with pytest.raises(ReferenceFileError, match=r"line 3: .*; line 5: "):
        load(
            GOOD + "XX,0.2,standard,2020-01-01,," + END[1:] + "# fine\n" + "NO,2,standard,,,law,\n"
        )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("SE,ABC,0.06,reduced,2020-01-01,," + END[1:], "line 2: 'operator' 'ABC' must be a party"),
        ("SE,,0.06,zero,2020-01-01,," + END[1:], "'kind' zero does not go with the rate 0.06"),
        ("SE,,0,reduced,2020-01-01,," + END[1:], "'kind' reduced does not go with the rate 0"),
        ("SE,,0.06,low,2020-01-01,," + END[1:], "must be standard or reduced or zero"),
    ],
)
def test_wrong_override_is_named(load, row, said):
    with pytest.raises(ReferenceFileError) as caught:
        load(GOOD, row)
    assert said in str(caught.value)
    assert "vat_overrides.csv" in str(caught.value)


def test_overrides_may_have_pauses_and_may_not_overlap(load):
    first = "SE,,0.06,reduced,2020-01-01,2021-01-01" + END
    assert load(GOOD, first + "SE,,0.06,reduced,2022-01-01,," + END[1:])
    assert load(GOOD, first + "SE,SE*ABC,0.06,reduced,2020-01-01,," + END[1:])
    with pytest.raises(ReferenceFileError, match="line 3: SE has a rate on 2020-12-31 already"):
        load(GOOD, first + "SE,,0.06,reduced,2020-12-31,," + END[1:])


@pytest.mark.parametrize("content", ["", "country,rate\n", "\0", "# only a comment\n"])
def test_table_of_other_columns_is_refused(load, tmp_path, content):
    load(GOOD)
    (tmp_path / "vat_rates.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ReferenceFileError, match=r"vat_rates\.csv: "):
        VatRates.load(tmp_path)


def test_missing_table_is_not_passed_over(tmp_path):
    with pytest.raises(ReferenceFileError, match=r"vat_rates\.csv"):
        VatRates.load(tmp_path)


@pytest.fixture
def build():
    """Return the script that built the shipped table."""
    path = REFERENCE / "build_vat_rates.py"
    spec = importlib.util.spec_from_file_location("build_vat_rates", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_build_leaves_out_the_present_rate_on_which_the_packages_disagree(build, tmp_path):
    dated, current = tmp_path / "duty27_eu_vat", tmp_path / "eu_vat_rates_data"
    dated.mkdir()
    current.mkdir()
    (dated / "_data.py").write_text(
        'DATA = (("EL", "Greece", (("2016-01-01", "23"), ("2016-06-01", "24"),)),'
        ' ("SE", "Sweden", (("2016-01-01", "25"),)),)'
    )
    said = {"EL": (25.0, True), "SE": (25.0, True), "PL": (23.0, True), "NO": (25.0, False)}
    entries = {code: {"standard": r, "eu_member": union} for code, (r, union) in said.items()}
    (current / "eu_vat_rates_data.json").write_text(
        json.dumps({"version": "2026-09-29", "rates": entries})
    )
    rows, holes = build.table(tmp_path)
    assert [row[:5] for row in rows] == [
        ("GR", "0.23", "standard", "2016-01-01", "2016-06-01"),
        ("NO", "0.25", "standard", "2026-09-29", ""),
        ("SE", "0.25", "standard", "2016-01-01", ""),
    ]
    assert [hole[:2] for hole in holes] == ["GR", "PL"]
