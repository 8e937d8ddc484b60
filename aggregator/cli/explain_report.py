"""An explanation as people read it: the document, tax, the bill, the figures, what is doubtful."""

import json
from decimal import Decimal

from aggregator.cli.bill_report import (
    BY_LAW,
    TAX,
    WARNINGS,
    percent,
    session_told,
    show_charges,
)
from aggregator.cli.output import console, print_line, print_table
from aggregator.cli.reasons import why_no_price, why_no_rate
from aggregator.invoices.evidence import Evidence
from aggregator.invoices.explaining import Explanation
from aggregator.invoices.figures import Figure, Value
from aggregator.invoices.rounding import InCurrency, Rounding
from aggregator.invoices.tax_step import INCLUDES, TaxStep
from aggregator.pricing.bill import TaxBasis
from aggregator.pricing.money import minor_unit_digits

VERDICT = {True: "the same", False: "DIFFERENT"}
TAX_OF = {**TAX, TaxBasis.DERIVED: BY_LAW}
COLUMNS = ["Figure", "Session", "Computed anew", "In the snapshot", "Unit", ""]
LONGEST = 20
PER = ("kwh", "minute")
SIDES = {
    "kWh": ("price_excl_vat_per_kwh", "price_incl_vat_per_kwh"),
    "minute": ("price_excl_vat_per_minute", "price_incl_vat_per_minute"),
    "minute parked": ("parking_price_excl_vat_per_minute", "parking_price_incl_vat_per_minute"),
    "session": ("start_fee_excl_vat", "start_fee_incl_vat"),
}


def show(found: Explanation, snapshot_id: str) -> None:
    """Print one explanation, step by step."""
    _show_offer(found)
    _show_evidence(found)
    if found.tax:
        _show_tax(found.tax)
    _show_prices(found)
    _show_bill(found)
    _show_figures(found, snapshot_id)
    for flag, meaning in (found.flags or {}).items():
        print_line(f"Doubtful ({flag}): {meaning}")
    console.print()


def _show_offer(found: Explanation) -> None:
    offer = found.offer
    place = offer["location_name"] or offer["location_id"]
    key = "/".join(offer[name] for name in ("feed", "location_id", "evse_uid", "connector_id"))
    ways = ", ".join(offer["payment_methods"] or ())
    about = [f"Tariff {offer['tariff_id'] or '–'}", offer["operator_name"], place, key, ways]
    print_line(" · ".join(one for one in about if one))
    if offer["synthetic"]:
        print_line("SIMULATED operator: not a real price")
    if offer["state"] in {"unknown", "not_computable"}:
        print_line(f"No price ({offer['state_reason']}): {why_no_price(offer['state_reason'])}")


def _show_evidence(found: Explanation) -> None:
    if found.why_no_evidence:
        print_line(f"NOT TRACED: {found.why_no_evidence}")
    if not found.evidence:
        return
    print_line("What the operator published, with its place in the document:")
    for part in found.stated:
        print_line(f"{part.json_path}: {json.dumps(part.value, ensure_ascii=False)}")
    for line in _document_lines(found.evidence):
        print_line(line)


def _document_lines(evidence: Evidence) -> list[str]:
    document = evidence.document
    lines = [
        f"Document: {document.url}, asked at {document.asked_at:%Y-%m-%d %H:%M:%S} UTC",
        f"SHA-256: {document.sha256} ({document.size_bytes:,} bytes)",
        f"Open it: {evidence.command}",
    ]
    if newer := evidence.newer:
        told = f"{newer.asked_at:%Y-%m-%d %H:%M:%S} UTC ({newer.path})"
        lines.append(f"The document of {told} holds other prices under this id")
    return lines


def _show_tax(tax: TaxStep) -> None:
    known = f", known {tax.known_by}" if tax.known_by and tax.known_by.startswith("by ") else ""
    known = known or (f": {tax.known_by}" if tax.known_by else "")
    print_line(f"Tax: {INCLUDES[tax.price_basis]}{known}")
    rates = ", ".join(percent(rate) for rate in tax.vat_rates)
    source = f"; {tax.rate_source}" if tax.rate_source else ""
    print_line(f"Rate of VAT: {f'{rates}, ' if rates else ''}{tax.rate_basis}{source}")


def _show_prices(found: Explanation) -> None:
    """Print the unit prices at the start of the offer's own session."""
    rows = []
    for per, names in SIDES.items():
        sides = [found.figure(name) for name in names]
        if any(side and side.computed is not None for side in sides):
            told = [_told(side.computed) if side else None for side in sides]
            rows.append([f"{found.offer['currency']}/{per}", *told])
    if rows:
        print_table("Unit prices", ["Per", "Without tax", "With tax"], rows)


def _show_bill(found: Explanation) -> None:
    if found.session is None:
        return
    print_line(f"Session {found.session_code}: {session_told(found.session)}")
    if found.bill is None or found.rounding is None:
        print_line(f"No bill: {why_no_price(found.refused)}")
        return
    show_charges(found.bill)
    currency = found.bill.currency
    print_line(_rounding(found.rounding, currency, is_limited=bool(found.bill.limits_applied)))
    print_line(_total(found, found.rounding, currency))
    per = [found.figure(f"effective_price_per_{one}", found.session_code) for one in PER]
    told = [f"{_told(one.computed)} {one.unit}" for one in per if one and one.computed is not None]
    if told:
        print_line(f"That is {' and '.join(told)} (total by energy and by time)")
    if found.display:
        print_line(_in_currency(found.display))
    for warning in found.bill.warnings:
        print_line(WARNINGS[warning])


def _rounding(rounding: Rounding, currency: str, *, is_limited: bool) -> str:
    unit = Decimal(1).scaleb(-minor_unit_digits(currency))
    side = "with tax" if rounding.with_tax else "as stated"
    limits = ", then the limits" if is_limited else ""
    exact = f"Sum of the lines {side}, not rounded: {rounding.exact:f} {currency}"
    return f"{exact}{limits}; rounded once, half up, to {unit} {currency}"


def _total(found: Explanation, rounding: Rounding, currency: str) -> str:
    figure, tax_basis = found.figure("total", found.session_code), found.figure("tax_basis")
    tax = TAX_OF[TaxBasis(str(tax_basis.computed))] if tax_basis and tax_basis.computed else ""
    told = f"Total {rounding.total} {currency}, {tax}"
    if figure is None:
        return told
    published = "none" if figure.published is None else _money(figure.published, currency)
    return f"{told}; as published in the snapshot: {published}, {VERDICT[figure.is_same]}"


def _money(amount: Value, currency: str) -> str:
    """Return an amount as it was published, with at least the digits of its currency."""
    exact = Decimal(str(amount))
    rounded = exact.quantize(Decimal(1).scaleb(-minor_unit_digits(currency)))
    return f"{rounded if rounded == exact else exact.normalize():f} {currency}"


def _in_currency(display: InCurrency) -> str:
    if display.total is None or display.rate is None:
        last = f" (the last one is of {display.rate_date})" if display.rate_date else ""
        return f"Not in {display.currency}: {why_no_rate(display.missing_because)}{last}"
    rate = f"rate {display.rate.normalize():f} of {display.rate_date}"
    return f"In {display.currency}: {display.total} {display.currency}, {rate}"


def _show_figures(found: Explanation, snapshot_id: str) -> None:
    known = [one for one in found.figures if (one.computed, one.published) != (None, None)]
    if not known:
        return
    print_table("Every figure", COLUMNS, [_row(one) for one in known])
    count = len(found.figures)
    if found.different:
        differing = f"{len(found.different)} of {count} figures are DIFFERENT"
        print_line(f"{differing} from those of the snapshot {snapshot_id}")
    elif found.evidence:
        print_line(f"All {count} figures are the same as in the snapshot {snapshot_id}")
    else:
        print_line(f"All {count} figures follow from the price list that the snapshot keeps")


def _row(one: Figure) -> list[object]:
    computed, published = _short(_told(one.computed)), _short(_told(one.published))
    return [one.name, one.session_code, computed, published, one.unit, VERDICT[one.is_same]]


def _short(text: str | None) -> str | None:
    """Return a text that fits into a table: of a digest its beginning."""
    return text if text is None or len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _told(value: Value) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)
