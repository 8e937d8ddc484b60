"""A row as a tuple, of which the compiler keeps in registers what is used."""

from aggregator.pricing.kernel.compiling import inlined
from aggregator.pricing.kernel.shapes import Columns, Int64s


@inlined
def of_session(rows: Int64s, row: int) -> Columns:
    """Return the columns of a session."""
    return (
        rows[row, 0],
        rows[row, 1],
        rows[row, 2],
        rows[row, 3],
        rows[row, 4],
        rows[row, 5],
        rows[row, 6],
        rows[row, 7],
    )


@inlined
def of_tariff(rows: Int64s, row: int) -> Columns:
    """Return the columns of a tariff."""
    return (
        rows[row, 0],
        rows[row, 1],
        rows[row, 2],
        rows[row, 3],
        rows[row, 4],
        rows[row, 5],
        rows[row, 6],
        rows[row, 7],
        rows[row, 8],
        rows[row, 9],
        rows[row, 10],
        rows[row, 11],
        rows[row, 12],
        rows[row, 13],
        rows[row, 14],
        rows[row, 15],
        rows[row, 16],
        rows[row, 17],
        rows[row, 18],
        rows[row, 19],
        rows[row, 20],
        rows[row, 21],
    )
