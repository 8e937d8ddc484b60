"""A tariff as a person would tell it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from aggregator.domain.tariff import Dimension, PriceList
from aggregator.pricing.refusal import NotComputable
from aggregator.wording.catalogue import Language, language_named
from aggregator.wording.charge_list import Charge, Per, Place, Subject, charges
from aggregator.wording.conditions import conditions
from aggregator.wording.merging import merged
from aggregator.wording.terms import (
    kind_of,
    limits_text,
    reservation_steps,
    session_steps,
    tax_text,
)

Groups = list[list[Charge]]
"""Charges of one subject and dimension each."""


def sentence(price_list: PriceList, language: str) -> str:
    """Return what a tariff charges, in one or a few plain sentences.

    A tariff in which each kind of charge has one price is one sentence; others have one for each
    kind. Text without markup; callers escape it.

    Args:
        price_list: of the tariff.
        language: en, sv or de.

    Raises:
        ValueError: there are no texts in that language.
    """
    words = language_named(language)
    try:
        found = charges(price_list)
    except NotComputable as refusal:
        return words.texts.get(f"untold.{refusal.reason_code}", words.texts["untold.other"])
    return " ".join(_sentences(words, price_list, found))


def _sentences(words: Language, price_list: PriceList, found: list[Charge]) -> Iterator[str]:
    """Return the sentences, each with its full stop."""
    groups = [merged(group) for _, group in groupby(found, lambda c: (c.subject, c.dimension))]
    during = [group for group in groups if group[0].subject is Subject.SESSION]
    limits = limits_text(words, price_list)
    tax = tax_text(words, price_list.price_basis, groups)
    if not during and not limits:
        yield words.text("sentence.free")
    else:
        yield from _session(words, price_list.currency, during, limits, tax)
    yield from session_steps(words, found, prices_parking=_prices_parking(price_list))
    for subject in (Subject.RESERVATION, Subject.EXPIRED):
        before = [group for group in groups if group[0].subject is subject]
        if before:
            yield _ended(_reservation(words, price_list.currency, before))
    yield from reservation_steps(words, found)
    if not during and not limits and any(charge.price for charge in found):
        yield _ended(tax)


def _session(
    words: Language, currency: str, groups: Groups, limits: str, tax: str
) -> Iterator[str]:
    """Return the sentences on a session."""
    simple = [_inline(words, currency, group, alone=len(groups) == 1) for group in groups]
    if limits and groups:
        limits = words.text("limit.per_session", limits=limits)
    if not groups:
        limits = words.text("sentence.labelled", label=words.text("label.session"), charges=limits)
    elif all(simple):
        told = _joined(words, simple, "plus")
        limits = words.text("sentence.with_limits", charges=told, limits=limits) if limits else told
    else:
        for group in groups:
            label = words.text(f"label.{kind_of(group)}")
            told = _alternatives(words, currency, group)
            yield _ended(words.text("sentence.labelled", label=label, charges=told))
    yield _ended(words.text("sentence.with_tax", charges=limits, tax=tax) if limits else tax)


def _inline(words: Language, currency: str, group: list[Charge], *, alone: bool) -> str:
    """Return a charge with what it is for; nothing where the group does not read well so.

    That a fee beside other charges is not due otherwise goes without saying. A fee with one
    exception is told as such.
    """
    charges = [charge for charge in group if charge.element_number is not None]
    *free, charge = charges
    is_fee = charge.dimension is not Dimension.ENERGY
    goes_without_saying = is_fee and not alone
    if len(charges) != len(group) and not goes_without_saying:
        return ""
    is_exception = is_fee and charge.place is Place.OTHERWISE and not any(c.price for c in free)
    if free and not (len(free) == 1 and is_exception):
        return ""
    price = words.text(f"inline.{kind_of([charge])}", price=_price(words, currency, charge))
    told = _with_conditions(words, price, charge)
    if not free:
        return told
    when = conditions(words, free[0].restrictions, charge.dimension)
    return words.text("sentence.except", charge=told, when=when)


def _alternatives(words: Language, currency: str, group: Sequence[Charge]) -> str:
    """Return the charges of one dimension in the order in which they count."""
    told = ""
    for charge in group:
        text = _with_conditions(words, _price(words, currency, charge), charge)
        if charge.place is Place.FIRST:
            told = text
        else:
            told = words.text(f"place.{charge.place}", before=told, charge=text)
    return told


def _reservation(words: Language, currency: str, groups: Groups) -> str:
    """Return what a reservation costs."""
    told = [_alternatives(words, currency, group) for group in groups]
    key = "plus" if all(len(group) == 1 for group in groups) else "plus_apart"
    label = words.text(f"label.{groups[0][0].subject}")
    return words.text("sentence.labelled", label=label, charges=_joined(words, told, key))


def _joined(words: Language, parts: Sequence[str], key: str) -> str:
    """Return what is charged together."""
    told = parts[0]
    for part in parts[1:]:
        told = words.text(f"sentence.{key}", before=told, charge=part)
    return told


def _price(words: Language, currency: str, charge: Charge) -> str:
    """Return a price with its unit; 0 is told in words."""
    is_fee = charge.per is Per.ONCE
    in_session = charge.subject is Subject.SESSION
    if not charge.price:
        return words.text("charge.no_fee" if is_fee and in_session else "charge.free")
    unit = "reservation" if is_fee and not in_session else charge.per
    return words.text(f"per.{unit}", price=words.money(charge.price, currency))


def _with_conditions(words: Language, price: str, charge: Charge) -> str:
    when = conditions(words, charge.restrictions, charge.dimension)
    return f"{price} {when}" if when else price


def _ended(text: str) -> str:
    """Return a sentence with a capital letter and a full stop."""
    stop = "" if text.endswith(".") else "."
    return text[:1].upper() + text[1:] + stop


def _prices_parking(price_list: PriceList) -> bool:
    """Return whether parking has a price in a session, be it 0."""
    return any(
        component.dimension is Dimension.PARKING_TIME
        for element in price_list.elements
        if element.restrictions.reservation is None
        for component in element.price_components
    )
