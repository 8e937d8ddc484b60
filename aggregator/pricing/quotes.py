"""Quotes of many price lists at once: the kernel prices their sessions, each distinct one once."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from aggregator.domain.contents import from_json
from aggregator.domain.session import ReferenceSession
from aggregator.pricing.quote import Quote, quotes_by_code
from aggregator.pricing.session_totals import Listed, row_of, session_totals, worth_the_kernel


class Asked(NamedTuple):
    """A price list as JSON (`domain.contents`), the charger's zone, the session of the headline."""

    price_list: str
    time_zone: str | None
    session_code: str


def quotes(
    asked: Sequence[Asked], sessions: Sequence[ReferenceSession], day: date
) -> Iterator[Quote]:
    """Yield the quote of each price list, in order; see `quote`.

    What is asked of one price list in one zone is answered fastest where it stands together.
    """
    groups = [
        (Listed(text, zone), tuple(one.session_code for one in group))
        for (text, zone), group in groupby(asked, key=itemgetter(0, 1))
    ]
    lists = [listed for listed, _ in groups]
    found = session_totals(lists, sessions, day) if worth_the_kernel(len(asked)) else None
    codes = [session.code for session in sessions]
    for number, (one, wanted) in enumerate(groups):
        listed = from_json(one.price_list)
        totals = row_of(found, number * len(codes), codes, listed.currency) if found else None
        by_code = quotes_by_code(listed, one.time_zone, sessions, set(wanted), day, totals)
        yield from (by_code[code] for code in wanted)
