"""EVSEs that go by several ids; what the table may not say."""

import pytest

from aggregator.errors import ReferenceFileError
from aggregator.operators import load_evse_aliases

HEADER = "evse_id,same_as,source,read_on\n"


@pytest.fixture
def load(tmp_path):
    def loaded(rows, header=HEADER):
        (tmp_path / "evse_aliases.csv").write_text(header + rows, encoding="utf-8")
        return load_evse_aliases(tmp_path)

    return loaded


@pytest.fixture
def message(load, tmp_path):
    """Return what a table with these rows is told."""

    def told(rows, header=HEADER):
        with pytest.raises(ReferenceFileError) as caught:
            load(rows, header)
        text = str(caught.value)
        assert "\n" not in text
        return text.removeprefix(f"{tmp_path / 'evse_aliases.csv'}: ")

    return told


def test_ids_are_normalised_on_both_sides(load):
    found = load("se*abc*e1 , SE-XYZ-E2,https://a.example,2026-10-01\n")
    assert dict(found) == {"SEABCE1": "SEXYZE2"}


def test_several_ids_may_stand_for_the_same(load):
    found = load("SEABCE1,SEXYZE2,x,2026-10-01\nSEABCE3,SEXYZE2,x,2026-10-01\n")
    assert dict(found) == {"SEABCE1": "SEXYZE2", "SEABCE3": "SEXYZE2"}


def test_table_cannot_be_changed(load):
    with pytest.raises(TypeError):
        load("SEABCE1,SEXYZE2,x,2026-10-01\n")["SEABCE3"] = "SEXYZE2"


def test_comments_and_empty_lines_are_skipped_and_lines_still_counted(load, message):
    assert dict(load("\n# more\n", "# what this is\n" + HEADER)) == {}
    assert message("\n# more\nSEABCE1,x,y,2026-10-01\n").startswith("line 4: 'same_as' 'x'")


def test_chain_is_refused_by_its_line(message):
    told = message("SEABCE1,SEXYZE2,x,2026-10-01\nSEXYZE2,SEXYZE3,x,2026-10-01\n")
    assert told == "line 2: 'SEXYZE2' is an alias itself (line 3): name the id to use"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("SEABCE1,se*abc*e1,x,2026-10-01\n", [2]),
        ("SEABCE1,SEABCE2,x,2026-10-01\nSEABCE2,SEABCE1,x,2026-10-01\n", [2, 3]),
        (
            "\n".join(f"SEABCE{a},SEABCE{b},x,2026-10-01" for a, b in ((1, 2), (2, 3), (3, 1))),
            [2, 3, 4],
        ),
    ],
    ids=["itself", "two", "three"],
)
def test_circle_is_refused_by_its_lines(message, rows, lines):
    faults = message(rows).split("; ")
    assert len(faults) == len(lines)
    for line, fault in zip(lines, faults, strict=True):
        assert fault.startswith(f"line {line}: ")
        assert fault.endswith("leads back to itself")


def test_way_into_a_circle_ends(message):
    told = message(
        "SEABCE1,SEABCE2,x,2026-10-01\nSEABCE2,SEABCE3,x,2026-10-01\nSEABCE3,SEABCE2,x,2026-10-01\n"
    )
    assert told.startswith("line 2: 'SEABCE2' is an alias itself (line 3)")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("143,SEABCE1,x,2026-10-01", "'evse_id' '143'"),
        ("SEABCE1,N/A,x,2026-10-01", "'same_as' 'N/A'"),
        ("SEABCE1,SEABCE2,,2026-10-01", "'source'"),
        ("SEABCE1,SEABCE2,x,1.10.2026", "'read_on' '1.10.2026'"),
        ("SEABCE1,SEABCE2,x,", "'read_on' ''"),
        ("SEABCE1,SEABCE2,x", "4 values are needed, not 3"),
        ("SEABCE1,SEABCE2,x,2026-10-01,y", "4 values are needed, not 5"),
    ],
)
def test_row_that_cannot_be_is_refused_by_its_line(message, row, said):
    told = message(f"{row}\n")
    assert told.startswith("line 2: ")
    assert said in told


def test_id_with_two_rows_is_refused(message):
    told = message("SEABCE1,SEABCE2,x,2026-10-01\nse-abc-e1,SEABCE3,x,2026-10-01\n")
    assert told == "line 3: 'se-abc-e1' has a row already: line 2"


def test_every_fault_is_told_at_once(message):
    told = message("1,SEABCE2,x,2026-10-01\nSEABCE3,2,x,2026-10-01\n")
    assert [fault[:7] for fault in told.split("; ")] == ["line 2:", "line 3:"]


@pytest.mark.parametrize("header", ["", "same_as,evse_id,source,read_on\n", "evse_id,same_as\n"])
def test_other_columns_are_refused(message, header):
    assert message("", header) == "line 1: the columns must be evse_id,same_as,source,read_on"


def test_missing_table_is_told_in_one_line(tmp_path):
    with pytest.raises(ReferenceFileError, match="cannot be read as CSV"):
        load_evse_aliases(tmp_path)


def test_table_that_is_no_text_is_told_in_one_line(tmp_path):
    (tmp_path / "evse_aliases.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(ReferenceFileError, match="cannot be read as CSV"):
        load_evse_aliases(tmp_path)
