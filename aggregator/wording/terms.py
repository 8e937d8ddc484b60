"""What goes with all charges of a tariff: limits, tax and billing steps, in words.

Sources: rulings 5, 8 and 9.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from aggregator.domain.tariff import Dimension, PriceBasis, PriceLimit, PriceList
from aggregator.pricing.limits import without_zero
from aggregator.wording.catalogue import Language
from aggregator.wording.charge_list import Charge, Subject
from aggregator.wording.conditions import span

WH_PER_KWH = 1000
SMALL_STEP_WH = 100  # such steps change a bill by cents
SMALL_STEP_SECONDS = 60

Rates = tuple[Decimal | None, ...]


def kind_of(charges: Sequence[Charge]) -> str:
    """Return the name under which texts know what these charges of one dimension are for."""
    match charges[0].dimension:
        case Dimension.ENERGY:
            return "energy"
        case Dimension.TIME:
            return "charging"
        case Dimension.PARKING_TIME:
            return "parking"
    limits = [charge.restrictions for charge in charges]
    return "single_fee" if any(r.min_duration_seconds or r.min_kwh for r in limits) else "start_fee"


def limits_text(language: Language, price_list: PriceList) -> str:
    """Return the lowest and highest price of a session; nothing where there is none."""
    texts = [
        language.text(f"limit.{key}", price=_limit(language, without_zero(limit), price_list))
        for key, limit in (("min", price_list.min_price), ("max", price_list.max_price))
        if limit is not None and without_zero(limit) != PriceLimit()
    ]
    return language.all_of(texts) if texts else ""


def _limit(language: Language, limit: PriceLimit, price_list: PriceList) -> str:
    """Return the amount of a limit, with its tax where the prices would not tell it."""
    basis = price_list.price_basis
    net, gross = (
        None if amount is None else language.money(amount, price_list.currency)
        for amount in (limit.excl_vat, limit.incl_vat)
    )
    if net is None or gross is None or net == gross or basis is PriceBasis.UNKNOWN:
        plain_side = net if basis is PriceBasis.NET else gross
        if basis in {PriceBasis.NO_TAX, PriceBasis.UNKNOWN} or plain_side or net == gross:
            return net or gross or ""
        return language.text("limit.net" if gross is None else "limit.gross", price=net or gross)
    return language.text("limit.both", net=net, gross=gross)


def tax_text(language: Language, basis: PriceBasis, groups: Sequence[Sequence[Charge]]) -> str:
    """Return what the prices include.

    Args:
        language: of the text.
        basis: of the price list.
        groups: the charges of each subject and dimension.
    """
    fixed = {
        PriceBasis.GROSS: "tax.included",
        PriceBasis.NO_TAX: "tax.none",
        PriceBasis.UNKNOWN: "tax.unknown",
    }
    if basis in fixed:
        return language.text(fixed[basis])
    by_rates: dict[Rates, list[str]] = {}
    for group in groups:
        what = kind_of(group) if group[0].subject is Subject.SESSION else "reservation"
        rates = tuple(dict.fromkeys(charge.vat_rate for charge in group if charge.price))
        names = by_rates.setdefault(rates, [])
        if rates and what not in names:
            names.append(what)
    by_rates.pop((), None)
    return _added(language, by_rates)


def _added(language: Language, by_rates: dict[Rates, list[str]]) -> str:
    """Return the tax that comes on top, for all charges alike or for each."""
    alike = next(iter(by_rates), (None,))
    if len(by_rates) <= 1 and len(alike) == 1:
        rate = alike[0]
        if rate is None:
            return language.text("tax.rate_unknown")
        return (
            language.text("tax.added", rate=language.percent(rate))
            if rate
            else (language.text("tax.zero"))
        )
    parts = []
    for rates, names in by_rates.items():
        what = language.all_of([language.text(f"tax_on.{name}") for name in names])
        stated = [language.percent(rate) for rate in rates if rate is not None]
        if stated:
            parts.append(language.text("tax.rate_on", rate=language.one_of(stated), what=what))
        if None in rates:
            parts.append(language.text("tax.unknown_on", what=what))
    return language.text("tax.added_each", rates=", ".join(parts))


def session_steps(
    language: Language, charges: Sequence[Charge], *, prices_parking: bool
) -> Iterator[str]:
    """Return a sentence for every kind of billing step of a session that is worth knowing.

    prices_parking: whether parking has a price, be it 0: then its time is rounded (ruling 5).
    """
    energy = sorted({c.step_wh for c in _of(charges, Dimension.ENERGY)})
    sizes = [Decimal(step) / WH_PER_KWH for step in energy if step > SMALL_STEP_WH]
    if sizes:
        shown = [language.text("step.kwh", size=language.number(size)) for size in sizes]
        yield language.text("step.energy", steps=language.one_of(shown))
    parking = _of(charges, Dimension.PARKING_TIME)
    yield from _time_steps(language, "parking", parking)
    charging_key = "charging_alone" if prices_parking else "charging"
    yield from _time_steps(language, charging_key, _of(charges, Dimension.TIME))


def reservation_steps(language: Language, charges: Sequence[Charge]) -> Iterator[str]:
    """Return a sentence for the billing steps of reserved time."""
    reserved = [c for c in charges if c.subject is not Subject.SESSION]
    yield from _time_steps(
        language, "reservation", [c for c in reserved if c.dimension is Dimension.TIME]
    )


def _of(charges: Sequence[Charge], dimension: Dimension) -> list[Charge]:
    """Return the charges of a session for one dimension."""
    return [c for c in charges if c.subject is Subject.SESSION and c.dimension is dimension]


def _time_steps(language: Language, key: str, charges: Sequence[Charge]) -> Iterator[str]:
    steps = sorted({c.step_seconds for c in charges if c.step_seconds > SMALL_STEP_SECONDS})
    if steps:
        shown = language.one_of([span(language, step) for step in steps])
        yield language.text(f"step.{key}", steps=shown)
