"""The compiled loop over pairs of tariff and session."""

# ruff: noqa: FBT001, FBT003 - numba knows no arguments by keyword only

from aggregator.pricing.kernel.amounts import exact_totals, near_totals
from aggregator.pricing.kernel.compiling import compiled, inlined
from aggregator.pricing.kernel.exactness import UNDECIDED, nearly_rounded, rounded
from aggregator.pricing.kernel.layout import (
    APPLIED,
    BASIS,
    BASIS_DERIVED,
    BASIS_GROSS,
    BASIS_NET,
    BASIS_UNKNOWN,
    BLIND_CURRENT_WARNING,
    BLIND_POWER_WARNING,
    CHARGING_MS,
    CURRENT_MA,
    FIXED_WARNINGS,
    FLAT_FEE_LEFT_OUT,
    FROM_EXACT,
    FROM_KERNEL,
    GROSS,
    HAS_LIMITS,
    LIMIT_UNCHECKED,
    MINOR_UNITS,
    NET,
    NO_TAX,
    ORIGIN,
    REFUSED,
    STATE,
    STATE_KERNEL,
    STATE_REFUSED,
    TAX_BASIS,
    TOTAL_AS_STATED,
    TOTAL_GROSS,
    TOTAL_NET,
    UNKNOWN,
    UNKNOWN_TOTAL,
    VAT_DENOMINATOR,
    WARNINGS,
)
from aggregator.pricing.kernel.limits import limited
from aggregator.pricing.kernel.loading import of_session, of_tariff
from aggregator.pricing.kernel.marks import TOO_MANY, find_marks
from aggregator.pricing.kernel.shapes import Columns, Floats, Int64s, Number, Uint16s
from aggregator.pricing.kernel.volumes import TOO_LARGE, measure, step_up


@inlined
def basis_code(net_known: bool, gross_known: bool, derived: bool) -> int:
    """Return what the best known total includes."""
    if gross_known:
        return BASIS_DERIVED if derived else BASIS_GROSS
    return BASIS_NET if net_known else BASIS_UNKNOWN


@inlined
def tax_known(tariff: Columns, known: bool) -> tuple[bool, bool]:
    """Return whether the net total and whether the gross total is known before limits.

    known: whether the tax rate of everything charged is.
    """
    basis = tariff[BASIS]
    return (
        basis in (NET, NO_TAX) or (basis == GROSS and known),
        basis in (GROSS, NO_TAX) or (basis == NET and known),
    )


@inlined
def settle_nearly(
    tariff: Columns, near: tuple[float, float, bool], amounts: Int64s, codes: Uint16s, pair: int
) -> bool:
    """Write down totals without limits; return whether float64 could tell them."""
    stated, taxed, known = near
    as_stated = nearly_rounded(stated, tariff[MINOR_UNITS])
    with_tax = as_stated
    net_known, gross_known = tax_known(tariff, known)
    if tariff[BASIS] in (NET, GROSS) and known:
        with_tax = nearly_rounded(taxed, tariff[MINOR_UNITS])
    if UNDECIDED in (as_stated, with_tax):
        return False
    is_net = tariff[BASIS] == NET
    if net_known:
        amounts[pair, TOTAL_NET] = as_stated if is_net else with_tax
    if gross_known:
        amounts[pair, TOTAL_GROSS] = with_tax if is_net else as_stated
    amounts[pair, TOTAL_AS_STATED] = as_stated
    codes[pair, TAX_BASIS] = basis_code(net_known, gross_known, False)
    return True


@inlined
def settle_exactly(
    tariff: Columns,
    known: bool,
    numbers: tuple[Number, Number],
    amounts: Int64s,
    codes: Uint16s,
    pair: int,
) -> bool:
    """Write down totals within limits; return whether everything could be decided."""
    stated, taxed = numbers
    if tariff[BASIS] in (NO_TAX, UNKNOWN):
        taxed = stated
    net_known, gross_known = tax_known(tariff, known)
    net, gross = (stated, taxed) if tariff[BASIS] == NET else (taxed, stated)
    decided, totals, marks = limited(tariff, (net, gross, stated, net_known, gross_known))
    net, gross, stated, net_known, gross_known = totals
    minor_units = tariff[MINOR_UNITS]
    rounded_net = rounded(net, minor_units) if net_known else UNKNOWN_TOTAL
    rounded_gross = rounded(gross, minor_units) if gross_known else UNKNOWN_TOTAL
    as_stated = rounded(stated, minor_units)
    if not decided or UNDECIDED in (rounded_net, rounded_gross, as_stated):
        return False
    amounts[pair, TOTAL_NET], amounts[pair, TOTAL_GROSS] = rounded_net, rounded_gross
    amounts[pair, TOTAL_AS_STATED] = as_stated
    codes[pair, TAX_BASIS] = basis_code(net_known, gross_known, marks[1])
    codes[pair, APPLIED] = marks[0]
    if marks[2]:
        codes[pair, WARNINGS] |= LIMIT_UNCHECKED
    return True


@inlined
def warnings_of(tariff: Columns, session: Columns, left_out: bool) -> int:
    """Return the mask of warnings that do not depend on the amounts."""
    found = tariff[FIXED_WARNINGS]
    if session[CHARGING_MS] == 0:
        found |= tariff[BLIND_POWER_WARNING]
    if session[CHARGING_MS] == 0 or session[CURRENT_MA] < 0:
        found |= tariff[BLIND_CURRENT_WARNING]
    return found | FLAT_FEE_LEFT_OUT if left_out else found


@inlined
def price_one(  # noqa: PLR0913, PLR0917 - columns and what to do with them, one by one
    tariff: Columns,
    thresholds: Int64s,
    candidates: Int64s,
    restrictions: Int64s,
    factors: Floats,
    session: Columns,
    marks: Int64s,
    volumes: Int64s,
    amounts: Int64s,
    codes: Uint16s,
    pair: int,
) -> bool:
    """Price one session; return whether the kernel could."""
    if tariff[STATE] != STATE_KERNEL or session[STATE] != STATE_KERNEL:
        return False
    count = find_marks(tariff, thresholds, session, marks)
    if count == TOO_MANY:
        return False
    flat, left_out, last = measure(tariff, candidates, restrictions, session, marks, count, volumes)
    if step_up(tariff, candidates, session, volumes, last) == TOO_LARGE:
        return False
    codes[pair, WARNINGS] = warnings_of(tariff, session, left_out)
    near = near_totals(tariff, candidates, factors, session, volumes, flat)
    if not tariff[HAS_LIMITS] and settle_nearly(tariff, near, amounts, codes, pair):
        return True
    if tariff[VAT_DENOMINATOR] == 0:
        return False
    numbers = exact_totals(tariff, candidates, session, volumes, flat, near)
    return settle_exactly(tariff, near[2], numbers, amounts, codes, pair)


@compiled(
    "void(int64[:, ::1], int64[::1], int64[:, ::1], int64[:, ::1], float64[::1], int64[:, ::1],"
    " int64[::1], int64[::1], int64[:, ::1], uint16[:, ::1], int64[:, ::1], int64[::1])"
)
def price_pairs(  # noqa: PLR0913, PLR0917 - columns and what to do with them, one by one
    tariffs: Int64s,
    thresholds: Int64s,
    candidates: Int64s,
    restrictions: Int64s,
    factors: Floats,
    sessions: Int64s,
    tariff_index: Int64s,
    session_index: Int64s,
    amounts: Int64s,
    codes: Uint16s,
    marks: Int64s,
    volumes: Int64s,
) -> None:
    """Fill amounts and codes (see `layout`), one row for each pair; codes come as zeros.

    marks, volumes: room to work in, (MOST_MARKS + 1, 2) and MOST_CANDIDATES.
    """
    for pair in range(len(tariff_index)):
        tariff = of_tariff(tariffs, tariff_index[pair])
        session = of_session(sessions, session_index[pair])
        for column in range(3):
            amounts[pair, column] = UNKNOWN_TOTAL
        if tariff[STATE] >= STATE_REFUSED:
            codes[pair, ORIGIN] = REFUSED
        elif not price_one(
            tariff,
            thresholds,
            candidates,
            restrictions,
            factors,
            session,
            marks,
            volumes,
            amounts,
            codes,
            pair,
        ):
            codes[pair, ORIGIN] = FROM_EXACT
        else:
            codes[pair, ORIGIN] = FROM_KERNEL
