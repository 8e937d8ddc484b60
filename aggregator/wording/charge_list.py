"""What a tariff charges for, as a list that a sentence is made of or a page can show.

Sources: rulings 1, 5, 6 and 7.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from aggregator.domain.tariff import Dimension, PriceList, Restrictions
from aggregator.pricing.components import Candidate, price_table
from aggregator.pricing.money import decimal_from
from aggregator.wording.situations import Reach, reach

MINUTES_PER_HOUR = 60
SHORTEST = Fraction(10_000)  # four decimals
ORDER = (Dimension.ENERGY, Dimension.FLAT, Dimension.TIME, Dimension.PARKING_TIME)
UNRESTRICTED = Restrictions()


class Subject(StrEnum):
    """What is charged: a session, a reservation, or one that expires without a session."""

    SESSION = "session"
    RESERVATION = "reservation"
    EXPIRED = "expired"


class Per(StrEnum):
    """What a price is for."""

    KWH = "kwh"
    MINUTE = "minute"
    HOUR = "hour"
    ONCE = "once"


class Place(StrEnum):
    """How a charge follows the one before it of the same subject and dimension.

    FIRST: none before. ALSO: their conditions exclude each other. THEN: it takes over when the
    other's threshold is passed. OTHERWISE: it holds where those before do not.
    """

    FIRST = "first"
    ALSO = "also"
    THEN = "then"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Charge:
    """One price and when it holds.

    element_number: counted from 1; None for what no element charges for.
    price: currency per kWh, minute, hour or once, see `per`, as the tariff states it.
    step_wh, step_seconds: billing block, 0 for none.
    """

    subject: Subject
    dimension: Dimension
    element_number: int | None
    price: Decimal
    per: Per
    vat_rate: Decimal | None
    restrictions: Restrictions
    place: Place
    step_wh: int = 0
    step_seconds: int = 0


def charges(price_list: PriceList) -> list[Charge]:
    """Return what can be charged, by subject and dimension, in the order in which prices count.

    Of the charges of one subject and dimension the first one counts whose restrictions hold. A
    dimension that nothing is charged for is left out. One without an element number says that
    nothing is charged otherwise.

    Raises:
        NotComputable: the price list cannot be priced.
    """
    table = price_table(price_list)
    used = table.for_reservation(expired=False).candidates
    expired = table.for_reservation(expired=True).candidates
    expires = any(len(expired[dimension]) > len(used[dimension]) for dimension in expired)
    found = [*_of(Subject.SESSION, table.candidates), *_of(Subject.RESERVATION, used)]
    if expires:
        at_expiry = list(_of(Subject.EXPIRED, expired))
        found += at_expiry or [_nothing(Subject.EXPIRED, Dimension.FLAT, Place.FIRST)]
    return found


def _of(
    subject: Subject, candidates: Mapping[Dimension, tuple[Candidate, ...]]
) -> Iterator[Charge]:
    """Return the charges of all dimensions."""
    for dimension in ORDER:
        listed = candidates.get(dimension, ())
        if dimension is Dimension.FLAT:
            listed = _due_first(listed)
        met = reach(listed, dimension, flows=subject is Subject.SESSION)
        if any(candidate.price for candidate in met.candidates):
            yield from _alternatives(subject, dimension, _without_free_end(met))


def _due_first(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Leave out flat fees that never are the first one due: one is owed, the first (ruling 6).

    At the start nothing has lasted or been charged, so every highest duration or energy is kept
    to, but for one of 0, and no lowest one is met. Where no fee is sure to be due then, all may be.
    """
    early = [_at_the_start(one) for one in candidates if _may_begin(one.restrictions)]
    for count, one in enumerate(early, start=1):
        if one.unrestricted:
            return tuple(early[:count])
    return candidates


def _may_begin(restrictions: Restrictions) -> bool:
    """Return whether the duration and energy of the start, which are 0, are within the limits."""
    lowest = restrictions.min_duration_seconds or restrictions.min_kwh
    return not lowest and 0 not in {restrictions.max_duration_seconds, restrictions.max_kwh}


def _at_the_start(candidate: Candidate) -> Candidate:
    kept = replace(candidate.restrictions, max_duration_seconds=None, max_kwh=None)
    kept = replace(kept, min_duration_seconds=None, min_kwh=None)
    return replace(candidate, restrictions=kept, unrestricted=kept == UNRESTRICTED)


def _without_free_end(met: Reach) -> Reach:
    """Leave out prices of 0 at the end, if nothing is charged otherwise either."""
    kept = list(met.candidates)
    open_ended = met.open_ended
    while open_ended and not kept[-1].price:
        kept.pop()
    return replace(met, candidates=tuple(kept))


def _alternatives(subject: Subject, dimension: Dimension, met: Reach) -> Iterator[Charge]:
    """Return the charges of one dimension."""
    exact = [candidate.price / MINUTES_PER_HOUR for candidate in met.candidates]
    by_minute = all(_is_short(price) for price in exact)
    before: Candidate | None = None
    for candidate in met.candidates:
        component = candidate.component
        per = _per(dimension, by_minute=by_minute)
        yield Charge(
            subject=subject,
            dimension=dimension,
            element_number=candidate.element_number,
            price=decimal_from(candidate.price / MINUTES_PER_HOUR)
            if per is Per.MINUTE
            else component.price,
            per=per,
            vat_rate=component.vat_rate,
            restrictions=_that_matter(candidate, dimension, subject),
            place=_place(before, candidate, met),
            step_wh=component.step_size_wh,
            step_seconds=component.step_size_seconds,
        )
        before = candidate
    if met.open_ended:
        yield _nothing(subject, dimension, Place.OTHERWISE)


def _nothing(subject: Subject, dimension: Dimension, place: Place) -> Charge:
    """Return that nothing is charged."""
    per = _per(dimension, by_minute=False)
    return Charge(subject, dimension, None, Decimal(0), per, None, UNRESTRICTED, place)


def _per(dimension: Dimension, *, by_minute: bool) -> Per:
    if dimension is Dimension.ENERGY:
        return Per.KWH
    if dimension is Dimension.FLAT:
        return Per.ONCE
    return Per.MINUTE if by_minute else Per.HOUR


def _is_short(price: Fraction) -> bool:
    """Return whether a price has no more than four decimals."""
    return (price * SHORTEST).denominator == 1


def _that_matter(candidate: Candidate, dimension: Dimension, subject: Subject) -> Restrictions:
    """Leave out limits of power and current where no power flows: a price met there meets them."""
    if dimension is Dimension.PARKING_TIME or subject is not Subject.SESSION:
        return replace(
            candidate.restrictions,
            min_power_kw=None,
            max_power_kw=None,
            min_current_a=None,
            max_current_a=None,
        )
    return candidate.restrictions


def _place(before: Candidate | None, candidate: Candidate, met: Reach) -> Place:
    """Say how a charge follows the one before it."""
    if before is None:
        return Place.FIRST
    if met.candidates == (before, candidate) and _takes_over(before, candidate):
        return Place.THEN
    return Place.OTHERWISE if candidate in met.overlapping else Place.ALSO


def _takes_over(before: Candidate, after: Candidate) -> bool:
    """Return whether one holds up to some duration or energy and the other from there on."""
    shortened = (
        replace(before.restrictions, max_duration_seconds=None),
        replace(before.restrictions, max_kwh=None),
    )
    return after.unrestricted and UNRESTRICTED in shortened
