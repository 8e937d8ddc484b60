"""Files of exchange rates: read whole or refused with the line, and believed or not."""

from datetime import date
from fractions import Fraction
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from aggregator.errors import ReferenceFileError
from aggregator.normalise import rates_file
from aggregator.normalise.rates_check import check_newer
from aggregator.normalise.rates_file import history_of, read_history, unpacked

HEADER = "Date,USD,SEK,HRK,\n"
KNOWN = HEADER + "2026-03-05,1.2,10.5,N/A,\n2026-03-02,1.1,11,N/A,\n2022-12-30,1,11.1,7.5,\n"
TODAY = date(2026, 3, 9)


def packed(**files):
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)
    return content.getvalue()


def history(text):
    return history_of(text.encode(), "it")


def refused(text, known=KNOWN, today=TODAY):
    with pytest.raises(ReferenceFileError) as caught:
        check_newer(history(text), history(known), today, "it")
    return str(caught.value)


def with_line(line):
    return KNOWN.replace(HEADER, HEADER + line + "\n")


@pytest.mark.parametrize("content", [KNOWN.encode(), packed(rates_csv=KNOWN)])
def test_file_is_read_packed_or_not(tmp_path, content):
    path = tmp_path / "rates"
    path.write_bytes(content)
    found = read_history(path)
    assert found.currencies == ("USD", "SEK", "HRK")
    assert found.days == (date(2022, 12, 30), date(2026, 3, 2), date(2026, 3, 5))
    assert [found.per_euro("HRK", position) for position in range(3)] == [
        Fraction(15, 2),
        None,
        None,
    ]
    assert [found.per_euro("EUR", position) for position in range(3)] == [1, 1, 1]
    assert [found.line_number(position) for position in range(3)] == [4, 3, 2]


def test_commas_at_the_ends_of_lines_windows_ends_and_blanks_do_not_matter():
    plain = history(KNOWN.replace(",\n", "\n"))
    assert plain == history(KNOWN)
    assert history(KNOWN.replace("\n", "\r\n")) == plain
    assert history(KNOWN.replace(",", ", ") + "\n\n") == plain


def test_rate_that_is_left_empty_at_the_end_is_not_published():
    assert history("Date,USD,SEK\n2026-03-05,1.2,\n").per_euro("SEK", 0) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: no table of exchange rates"),
        ("<html>\n<p>Not now\n", "line 1: no table of exchange rates"),
        (HEADER, "line 2: no rates at all"),
        ("Date,USD,usd\n2026-03-05,1,1\n", "line 1: 'usd' is no code"),
        ("Date,USD,USD\n2026-03-05,1,1\n", "line 1: the column USD stands there twice"),
        ("Date,USD,EUR\n2026-03-05,1,1\n", "line 1: the column EUR stands there twice, or is"),
        (KNOWN.replace("1.1,11,", "1.1,"), "line 3: 3 rates are needed, not 2"),
        (KNOWN.replace("1.1,11,", "1,1,11,"), "line 3: 3 rates are needed, not 4"),
        (KNOWN.replace("1.1,11", "1.1,eleven"), "line 3: SEK: 'eleven' is no rate"),
        (KNOWN.replace("1.1,11", "1.1,-11"), "line 3: SEK: '-11' is no rate"),
        (KNOWN.replace("1.1,11", "1.1,0.000"), "line 3: SEK: '0.000' is no rate"),
        (KNOWN.replace("1.1,11", "1.1,1e3"), "line 3: SEK: '1e3' is no rate"),
        (KNOWN.replace("2026-03-02", "2026-02-30"), "line 3: '2026-02-30' is no date"),
        (KNOWN.replace("2026-03-02", "2 March"), "line 3: '2March' is no date"),
        (KNOWN.replace("2026-03-02", "2026-03-05"), "line 3: 2026-03-05 must be a day before"),
        (KNOWN.replace("2026-03-02", "2026-03-08"), "line 3: 2026-03-08 must be a day before"),
        (KNOWN.replace("\n2026-03-02", "\n\n2026-03-02"), "line 3: 3 rates are needed, not 0"),
        ("Daté,USD\n", "it is no plain text"),
    ],
)
def test_bad_file_is_refused_with_its_line(text, said):
    with pytest.raises(ReferenceFileError) as caught:
        history(text)
    assert str(caught.value).startswith("it: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (packed(rates_csv=KNOWN)[:-30], "cannot be unpacked"),
        (b"PK" + packed(rates_csv=KNOWN)[2:60] + bytes(10), "cannot be unpacked"),
        (packed(one_csv=KNOWN, two_csv=KNOWN), "one CSV file is expected in it, not 2"),
        (packed(rates_txt=KNOWN), "one CSV file is expected in it, not 0"),
        (b"PK and nothing more", "cannot be unpacked"),
    ],
    ids=["cut off", "overwritten", "two files", "another file", "no ZIP"],
)
def test_damaged_or_other_zip_is_refused(content, said):
    with pytest.raises(ReferenceFileError, match=said):
        unpacked(content, "it")


def test_zip_with_a_flipped_byte_is_refused():
    content = bytearray(packed(rates_csv=KNOWN))
    content[60] ^= 0xFF
    with pytest.raises(ReferenceFileError, match="it: cannot be unpacked"):
        unpacked(bytes(content), "it")


def test_zip_that_grows_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(rates_file, "LARGEST_BYTES", 1_000_000)
    with pytest.raises(ReferenceFileError, match="it: larger than 1 MB"):
        unpacked(packed(rates_csv="0" * 1_000_001), "it")
    assert len(unpacked(packed(rates_csv="0" * 1_000_000), "it")) == 1_000_000


def test_missing_file_is_one_line(tmp_path):
    with pytest.raises(ReferenceFileError, match="nothing: cannot be read"):
        read_history(tmp_path / "nothing")


@pytest.mark.parametrize(
    "text",
    [
        KNOWN,
        with_line("2026-03-06,1.25,10,N/A,"),
        with_line("2026-03-06,N/A,10,N/A,"),
        with_line("2026-03-06,2.4,5.25,N/A,"),  # twice and half are still believed
        with_line("2026-03-09,1.25,10,15.1,"),  # the kuna is back after years
        with_line("2026-03-06,1.25,10,N/A,").replace("HRK,", "HRK,NEW,").replace("A,\n", "A,1,\n")
        .replace("7.5,\n", "7.5,N/A,\n"),
    ],
)  # fmt: skip
def test_newer_rates_are_believed(text):
    check_newer(history(text), history(KNOWN), TODAY, "it")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (with_line("2026-03-10,1.25,10,N/A,"), "it: line 2: 2026-03-10 is still to come"),
        (KNOWN.replace("2026-03-05,1.2,10.5,N/A,\n", ""), "line 2: it ends on 2026-03-02"),
        (KNOWN.replace("2022-12-30,1,11.1,7.5,\n", ""), "line 3: it begins on 2026-03-02"),
        (KNOWN.replace("HRK", "HRX"), "line 1: no column for HRK"),
        (with_line("2026-03-06,2.5,10,N/A,"), "line 2: USD: 2.5 after 1.2"),
        (with_line("2026-03-06,1.2,5.2,N/A,"), "line 2: SEK: 5.2 after 10.5"),
        (KNOWN.replace("7.5", "0.13"), "line 4: HRK: 0.13 beside 7.5, as known"),
        (KNOWN.replace("7.5", "N/A"), "HRK: no rate up to 2022-12-30, where one is known"),
    ],
)
def test_rates_that_cannot_be_are_refused_with_their_line(text, said):
    assert said in refused(text)


def test_rates_of_another_scale_are_refused_although_each_step_is_small():
    tenfold = HEADER + "2026-03-05,12,105,N/A,\n2026-03-02,11,110,N/A,\n2022-12-30,10,111,75,\n"
    told = refused(tenfold)
    assert "line 2: USD: 12 beside 1.2, as known" in told
    assert "line 4: HRK: 75 beside 7.5, as known" in told


def test_many_faults_are_counted():
    days = [f"2026-01-{day:02},{1 if day % 2 else 3},10,N/A," for day in range(20, 0, -1)]
    known = HEADER + "2025-12-31,1,10,7,\n"
    text = HEADER + "\n".join(days) + "\n2025-12-31,1,10,7,\n"
    assert "; and 16 more" in refused(text, known)  # 19 steps from 1 to 3 or back; three are named
