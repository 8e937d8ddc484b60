"""Tables of data/reference are right in every row, or not used; each fault has its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from aggregator.errors import ReferenceFileError
from aggregator.normalise.reference_table import read_table
from aggregator.normalise.vat_apart import load_vat_apart

SHIPPED = Path(__file__).parents[2] / "data" / "reference"


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a table of names and figures."""

    def read(content, *clashes):
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        columns = ("name", "figure")
        return read_table(path, columns, lambda row: Decimal(int(row["figure"])), *clashes)

    return read


def test_comments_blank_lines_and_byte_marks_say_nothing(read):
    content = b'\xef\xbb\xbf# what it is\n\nname,figure\n\n a , 1\n # not, "2\r\nb,3\r\n,,\n'
    assert read(content) == [1, 3]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "line 1: the columns must be name,figure"),
        (b"# x\nfigure,name\n1,a\n", "line 2: the columns must be name,figure"),
        (b"name,figure\na\n", "line 2: 2 values are needed, not 1"),
        (b"name,figure\na,1\nb,x\nc,2,3\n", "line 3: invalid literal .*; line 4: 2 values are"),
        (b'name,figure\n"a"b,1\n', "line 2: ',' expected"),
        (b'name,figure\na,1\n"b,2\nc",3\n', "line 3: unexpected end"),
        (b"name,figure\n\xff,1\n", "cannot be read as CSV"),
    ],
)
def test_every_fault_has_its_line(read, content, fault):
    with pytest.raises(ReferenceFileError, match=f"table.csv: .*{fault}"):
        read(content)


def test_rows_that_do_not_go_together_are_told_in_the_order_of_lines(read):
    def clashes(found):
        return [(line, "is odd") for line, figure in found if figure % 2]

    with pytest.raises(
        ReferenceFileError, match=r"line 2: is odd; line 3: invalid .* line 5: is odd"
    ):
        read(b"name,figure\na,1\nb,x\nc,2\nd,3\n", clashes)


def test_a_table_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ReferenceFileError, match=r"gone\.csv: cannot be read"):
        read_table(tmp_path / "gone.csv", ("name",), dict)


def test_the_regions_with_rates_of_their_own_are_shipped():
    assert {"ES-CN", "PT-20", "DE-BW"} <= load_vat_apart(SHIPPED)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Kanaren,other tax,law", "'region_1' 'Kanaren' is no region such as ES-CN"),
        ("ES-CN,,law", "say in 'why'"),
        ("ES-CN,other tax,", "say in 'source'"),
    ],
)
def test_a_region_without_a_reason_or_a_source_is_refused(tmp_path, row, fault):
    (tmp_path / "vat_apart.csv").write_text(f"region_1,why,source\n\n{row}\n")
    with pytest.raises(ReferenceFileError, match=f"vat_apart.csv: line 3: {fault}"):
        load_vat_apart(tmp_path)
