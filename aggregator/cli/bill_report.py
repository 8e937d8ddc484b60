"""A bill as people read it, and as scripts do."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from aggregator.cli.output import age, console, print_line, print_table
from aggregator.domain.session import ChargingSession
from aggregator.invoices.answers import Answer
from aggregator.invoices.tariffs import Priced
from aggregator.pricing.bill import Bill, BillWarning, TaxBasis
from aggregator.pricing.limits import LimitKind
from aggregator.pricing.lint import lint
from aggregator.wording import sentence

WARNINGS = {
    BillWarning.CURRENT_UNKNOWN: "The price depends on the current: say --current.",
    BillWarning.POWER_UNKNOWN: "The price depends on the power, which is not known.",
    BillWarning.FLAT_FEE_LEFT_OUT: "A later, higher flat fee is left out: one is owed.",
    BillWarning.LIMIT_UNCHECKED: "A price limit may apply, but only the tax rate could tell.",
    BillWarning.MAX_PRICE_ZERO: "A highest price of 0 is read as none.",
    BillWarning.UNPRICED_LAST_MINUTE: "A window ends at 23:59: the last minute is outside.",
    BillWarning.IMPOSSIBLE_RESTRICTION: "An element can never apply: its limits exclude all.",
    BillWarning.CONTRADICTORY_LIMITS: "The lowest price is above the highest; that one holds.",
    BillWarning.ABSURD_STEP_SIZE: "Billed in blocks of more than 100 kWh or a day.",
    BillWarning.CHANGE_INSIDE_PERIOD: "A price changes inside a period, billed as cut.",
}
TAX = {
    TaxBasis.GROSS: "tax included",
    TaxBasis.DERIVED: "tax included, in proportion where a limit states none",
    TaxBasis.NET: "without tax: the rate is not stated",
    TaxBasis.UNKNOWN: "as published: whether tax is included is not stated",
}
BY_LAW = "tax included, at the rate by law"
LIMITS = {LimitKind.MIN_PRICE: "lowest price", LimitKind.MAX_PRICE: "highest price"}


def total(bill: Bill) -> Decimal:
    """Return the best known total: with tax, else without, else as published."""
    known = (bill.total_gross, bill.total_net, bill.total_as_stated)
    return next(one for one in known if one is not None)


def show(answer: Answer, language: str) -> None:
    """Print one answer: the tariff, the session, the lines, the total and what to know."""
    _show_tariff(answer, language)
    bill, session = answer.bill, answer.session
    if bill is None or session is None:
        print_line(f"No bill: {answer.refused}")
        console.print()
        return
    print_line(session_told(session))
    for remark in _validity(answer.priced, session.start):
        print_line(remark)
    law = tax_by_law(answer.priced.vat_rate, answer.priced.vat_source)
    if law:
        print_line(law)
    show_charges(bill)
    tax = BY_LAW if law and bill.total_gross is not None else TAX[bill.tax_basis]
    show_total(bill, tax)
    for warning in bill.warnings:
        print_line(WARNINGS[warning])
    if answer.hours:
        rows = [[f"{hour:%H:%M}", f"{total(one)} {one.currency}"] for hour, one in answer.hours]
        print_table(f"Total by start, {tax}", ["Start", "Total"], rows)
    console.print()


def session_told(session: ChargingSession) -> str:
    """Return the session in one line."""
    start, reserved = session.start, session.reserved
    told = (
        f"{session.energy_kwh:f} kWh in {_minutes(session.charging_minutes)}, then parked for "
        f"{_minutes(session.parking_minutes)}, from {start:%A %Y-%m-%d %H:%M} ({start.tzinfo})"
    )
    if reserved is None:
        return told
    became = "and nobody came" if reserved.expired else "before"
    return f"Reserved for {_minutes(reserved.minutes)} {became}; {told}"


def _validity(priced: Priced, start: datetime) -> Iterator[str]:
    """Say when the tariff is not valid at the start, which decides (ruling 12)."""
    if priced.valid_from and start < priced.valid_from:
        yield f"NOT VALID YET: the tariff begins {priced.valid_from:%Y-%m-%d %H:%M} UTC"
    if priced.valid_to and start >= priced.valid_to:
        yield f"EXPIRED: the tariff ended {priced.valid_to:%Y-%m-%d %H:%M} UTC"


def _show_tariff(answer: Answer, language: str) -> None:
    priced = answer.priced
    about = [
        priced.operator_name,
        priced.place,
        priced.connector,
        ", ".join(priced.payment_methods),
    ]
    print_line(" · ".join([f"Tariff {priced.tariff_id or '–'}", *(one for one in about if one)]))
    if priced.synthetic:
        print_line("SIMULATED operator: not a real price")
    seen = age(priced.last_seen_at)
    origin = [priced.licence, priced.source_url, f"seen {seen}" if seen else None]
    if any(origin):
        print_line(" · ".join(one for one in origin if one))
    if priced.price_list:
        print_line(sentence(priced.price_list, language))
        for finding in lint(priced.price_list):
            print_line(f"{finding.severity}: {finding.path}: {finding.message}")
    for note in priced.notes:
        print_line(f"note: {note}")


def tax_by_law(vat_rate: Decimal | None, vat_source: str | None) -> str | None:
    """Say which rate of VAT was added by law, 0.2 for 20 %; None where none was."""
    if vat_rate is None:
        return None
    return f"Tax: {percent(vat_rate)} by law, for the operator states no rate; {vat_source}"


def percent(vat_rate: Decimal | None) -> str:
    """Return a rate of VAT, 0.2 for 20 %, as people write it."""
    return "–" if vat_rate is None else f"{(vat_rate * 100).normalize():f} %"


def show_lines(bill: Bill) -> None:
    """Print a bill's lines, limits and totals."""
    show_charges(bill)
    show_total(bill, TAX[bill.tax_basis])


def show_charges(bill: Bill) -> None:
    """Print a bill's lines and the limits that changed their sum."""
    columns = ["For", "Element", "Quantity", "Billed", "Price", "Tax"]
    columns += [f"Net {bill.currency}", f"Gross {bill.currency}"]
    rows = [
        [
            line.dimension if line.context == "session" else f"{line.dimension} (reservation)",
            line.element_number,
            f"{line.quantity:.6g} {line.unit}",
            f"{line.billed_quantity:.6g} {line.unit}",
            f"{line.price:f} {bill.currency}/{line.unit}",
            percent(line.vat_rate),
            _money(line.net),
            _money(line.gross),
        ]
        for line in bill.lines
    ]
    print_table("Bill", columns, rows)
    for limit in bill.limits_applied:
        side = "with tax" if limit.incl_vat else "without tax"
        if bill.tax_basis is TaxBasis.UNKNOWN:
            side = "as published"
        print_line(f"{LIMITS[limit.kind]} {limit.amount} {bill.currency} ({side}) applied")


def show_total(bill: Bill, tax: str) -> None:
    """Print a bill's totals. tax: what the best known one includes, in words."""
    print_line(f"Total {total(bill)} {bill.currency}, {tax}")
    if bill.total_gross is not None and bill.total_net is not None:
        print_line(f"Net {bill.total_net} {bill.currency}")


def _money(amount: Decimal | None) -> str:
    return "unknown" if amount is None else f"{amount:.4f}"


def _minutes(minutes: Decimal) -> str:
    return f"{round(minutes, 1):f} min".replace(".0 min", " min")


def as_data(answer: Answer, language: str) -> dict[str, Any]:
    """Return an answer for scripts; amounts are texts, exact."""
    priced = asdict(answer.priced)
    listed = priced.pop("price_list") and answer.priced.price_list
    return {
        **priced,
        "sentence": sentence(listed, language) if listed else None,
        "findings": [
            {**asdict(one), "severity": one.severity} for one in (lint(listed) if listed else ())
        ],
        "session": asdict(answer.session) if answer.session else None,
        "refused": answer.refused,
        "bill": asdict(answer.bill) if answer.bill else None,
        "hours": [
            {"start": hour.isoformat(), "total": total(one), "tax_basis": one.tax_basis}
            for hour, one in answer.hours
        ],
    }
