"""What a charge costs by way to pay, now and at a chosen time, and the bill behind each total."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from aggregator.comparing.station import Cost
from aggregator.pricing.bill import Bill, BillLine, BillWarning
from aggregator.pricing.quote import QuoteState
from dashboard.station.facts import Priced, Way, best_of
from dashboard.wording.labels import money, number, percent, reason, safe, text, unit_price

FINEST = Decimal("0.000001")
SAID = (BillWarning.FLAT_FEE_LEFT_OUT, BillWarning.UNPRICED_LAST_MINUTE, BillWarning.MAX_PRICE_ZERO)


def way_name(way: Way) -> str:
    """Return a way to pay in words."""
    method = way.method
    if method == "free":
        return text("compare.free")
    if method == "app" and way.row["payment_certainty"] == "likely":
        return text("chip.app_likely")
    return text(f"chip.{method}") if method else text("station.no_method")


def tax_words(one: Cost) -> str:
    """Return what a total includes."""
    return text(f"tax.{one.tax_basis.value}")


def total_words(one: Cost) -> str:
    """Return a total with its currency, `free`, or why there is none."""
    if one.state is QuoteState.FREE:
        return text("compare.free")
    if one.total is None:
        return text("station.no_total", reason=reason(one.reason))
    return money(one.total, one.currency)


def matrix(found: Sequence[Priced], heads: Sequence[str], caption: str) -> str:
    """Return the table: one row for each way to pay, one column for each time."""
    best = best_of(found)
    tariffs = [each.way.row["tariff_id"] for each in found]
    names = "".join(f'<th scope="col">{safe(head)}</th>' for head in heads)
    rows = "".join(_row(each, len(heads), best, tells=len(set(tariffs)) > 1) for each in found)
    return (
        f'<table class="data pay"><caption>{safe(caption, 300)}</caption><thead><tr>'
        f'<th scope="col">{safe(text("compare.method"))}</th>{names}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(each: Priced, columns: int, best: Cost | None, *, tells: bool) -> str:
    tariff = text("station.tariff", tariff=each.way.row["tariff_id"]) if tells else ""
    doubts = [text(f"flag.{flag}") for flag in (each.way.row["flags"] or "").split()]
    more = "".join(f'<div class="s">{safe(words)}</div>' for words in (tariff, *doubts) if words)
    cells = "".join(_cell(one, best) for one in (each.now, each.then)[:columns])
    return f'<tr><th scope="row">{safe(way_name(each.way))}{more}</th>{cells}</tr>'


def _cell(one: Cost, best: Cost | None) -> str:
    if one.total is None:
        return f'<td class="why">{safe(total_words(one), 200)}</td>'
    is_best = best is not None and (one.total, one.with_tax) == (best.total, best.with_tax)
    mark = f'<div class="best">★ {safe(text("station.best"))}</div>' if is_best else ""
    tax = "" if one.state is QuoteState.FREE else tax_words(one)
    return f'<td><b>{safe(total_words(one))}</b><div class="s">{safe(tax)}</div>{mark}</td>'


def bills(found: Sequence[Priced], heads: Sequence[str]) -> str:
    """Return every bill, folded away under its name and total; the same one stands once."""
    shown: dict[tuple[str, str, Cost], list[str]] = {}
    for each in found:
        for head, one in zip(heads, (each.now, each.then), strict=False):
            if one.bill and one.state is not QuoteState.FREE:
                key = (head, each.way.row["tariff_id"], one)
                shown.setdefault(key, []).append(way_name(each.way))
    return "".join(
        _bill(one, one.bill, text("station.bill_of", ways=", ".join(ways), when=head))
        for (head, _, one), ways in shown.items()
        if one.bill
    )


def _bill(one: Cost, found: Bill, name: str) -> str:
    body = "".join(_tr(cells) for cells in bill_rows(one, found))
    heads = ("what", "quantity", "unit_price", "vat", "amount")
    head = "".join(f'<th scope="col">{safe(text(f"bill.{key}"))}</th>' for key in heads)
    notes = "".join(f"<p>{safe(words, 300)}</p>" for words in _notes(found))
    return (
        f"<details><summary>{safe(name, 200)}: <b>{safe(total_words(one))}</b></summary>"
        f'<div class="wide" tabindex="0" role="region" aria-label="{safe(name, 200)}">'
        f'<table class="data bill"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f"</div>{notes}</details>"
    )


def _tr(cells: Sequence[str]) -> str:
    first, *rest = (safe(cell, 160) for cell in cells)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'


def bill_rows(one: Cost, found: Bill) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the bill's rows: its lines, limits and rounding, which make the total; then the tax."""
    for line in found.lines:
        yield _line(line, one)
    amounts = [amount_of(line, one) for line in found.lines]
    rest = (one.total or Decimal(0)) - sum(amounts, Decimal(0))
    if found.limits_applied:
        kinds = {limit.kind.value for limit in found.limits_applied}
        limits = ", ".join(text(f"limit.{kind}") for kind in sorted(kinds))
        yield limits, "", "", "", exact(rest, one.currency)
    elif rest:
        yield text("station.rounding"), "", "", "", exact(rest, one.currency)
    yield text("station.total"), "", "", tax_words(one), total_words(one)
    if one.with_tax and found.total_net is not None and found.total_gross is not None:
        tax = money(found.total_gross - found.total_net, one.currency)
        yield text("station.of_which_vat"), "", "", "", tax
        yield text("station.net"), "", "", "", money(found.total_net, one.currency)


def amount_of(line: BillLine, one: Cost) -> Decimal:
    """Return a line's amount in the tax that the total is in, not rounded."""
    if one.with_tax and line.gross is not None:
        return line.gross
    return line.as_stated


def _line(line: BillLine, one: Cost) -> tuple[str, str, str, str, str]:
    unit = text(f"unit.{line.unit.value.lower()}")
    quantity = f"{_figure(line.billed_quantity)} {unit}"
    if line.billed_quantity != line.quantity:
        quantity = text("station.rounded_up", of=_figure(line.quantity), quantity=quantity)
    rate = text("station.vat_none") if line.vat_rate is None else _rate(line.vat_rate)
    return (
        text(f"dimension.{line.dimension.value.lower()}"),
        quantity,
        text("station.per", price=unit_price(line.price, one.currency), unit=unit),
        rate,
        exact(amount_of(line, one), one.currency),
    )


def _figure(value: Decimal) -> str:
    return number(value.quantize(Decimal("0.001"), ROUND_HALF_UP))


def _rate(rate: Decimal) -> str:
    return percent(rate) if rate * 100 == round(rate * 100) else f"{number(rate * 100)}%"


def exact(amount: Decimal, currency: str) -> str:
    """Return an amount as fine as it is, to a millionth, so that lines can be added up."""
    fine = amount.quantize(FINEST, ROUND_HALF_UP).normalize()
    digits = max(2, -int(fine.as_tuple().exponent))
    return f"{currency}\u00a0{fine:,.{digits}f}".replace("-", "−")


def _notes(found: Bill) -> list[str]:
    return [text(f"note.{one.value}") for one in found.warnings if one in SAID]
