"""The kernel's answers beside those of the exact engine."""

from aggregator.pricing.bill import bill_from
from aggregator.pricing.components import price_table
from aggregator.pricing.kernel import layout
from aggregator.pricing.kernel.prices import prepare, price, session_columns
from aggregator.pricing.kernel.totals import amounts_of, codes_of
from aggregator.pricing.refusal import NotComputable


def tables(price_lists):
    """Return each price list's table, or the code of the reason why it has none."""
    found = []
    for price_list in price_lists:
        try:
            found.append(price_table(price_list))
        except NotComputable as refusal:
            found.append(refusal.reason_code)
    return found


def assert_equal(price_lists, sessions, pairs):
    """Assert that both engines say the same of the pairs; return the totals and the bills."""
    first, second = zip(*pairs, strict=True)
    totals = price(prepare(price_lists), first, session_columns(sessions), second)
    known, bills = tables(price_lists), []
    for pair, (tariff, session) in enumerate(pairs):
        bills.append(None)
        if isinstance(known[tariff], str):
            assert totals.reason_code(pair) == known[tariff]
            assert totals.origin[pair] == layout.REFUSED
            assert set(totals.amounts[pair]) == {layout.UNKNOWN_TOTAL}
            continue
        found = bills[-1] = bill_from(known[tariff], sessions[session])
        answer = [*totals.amounts[pair].tolist(), *totals.codes[pair, 1:].tolist()]
        expected = [*amounts_of(found), *codes_of(found)[1:]]
        assert answer == expected, (price_lists[tariff], sessions[session], found)
        assert totals.reason_code(pair) is None
    return totals, bills
