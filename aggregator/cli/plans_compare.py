"""`klarpris plans compare`: which contract pays off, for so many charges a month."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from aggregator.cli.output import print_error, print_json, print_line, print_table
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.config import Settings
from aggregator.domain.session import ReferenceSession
from aggregator.errors import StoreError
from aggregator.normalise.country_match import alpha_3
from aggregator.normalise.sessions import load_sessions
from aggregator.plans import PaysOff, Plans, PowerClass, break_even_kwh_per_month, operator_slugs
from aggregator.plans.comparing import Charger, Month, months
from aggregator.pricing.money import round_to_minor_unit
from aggregator.pricing.reference import placed
from aggregator.store.queries import PriceSpread, current_reader

WITHOUT_CONTRACT = ("card", "ad_hoc", "app")
COLUMNS = ("Plan", "Fee", "Each charge", "A month", "Per kWh", "Pays off")
MEDIAN = 2  # of the five quantiles
WORDS = {
    PaysOff.ABOVE: "from {kwh} kWh a month on",
    PaysOff.BELOW: "up to {kwh} kWh a month",
    PaysOff.ALWAYS: "always",
    PaysOff.NEVER: "never",
    PaysOff.SAME: "costs the same",
}


def compare(  # noqa: PLR0917 - one for each option
    country: Annotated[str, typer.Option(help="Where: ISO 3166-1 alpha-2, as DE.")],
    power_class: Annotated[PowerClass, typer.Option(help="Of the chargers.")] = PowerClass.HPC,
    session: Annotated[str, typer.Option(help="How one charges: ac, dc, hpc, idle, own.")] = "hpc",
    sessions: Annotated[int, typer.Option(min=0, max=1_000, help="Times a month.")] = 4,
    operator: Annotated[str | None, typer.Option(help="Slug: `klarpris operators list`.")] = None,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """Compare what a month costs by plan with paying without a contract (the median there)."""
    chosen = chosen_settings(demo=demo)
    usual = _session(chosen, session)
    plans = Plans.load(
        (chosen.plans_folder, chosen.own_plans_folder), operator_slugs(chosen.operators_folder)
    )
    for error in plans.errors:
        print_error(error)
    shown = plans.shown(demo=chosen.demo).plans.values()
    start = placed(usual, datetime.now(UTC).date(), ZoneInfo("UTC"))
    charger = Charger(country.upper(), power_class, operator)
    found = months(shown, charger, start, sessions)
    typical = _typical(chosen, charger, usual)
    rows = [_row(one, typical, usual) for one in found]
    if as_json:
        print_json({"without_contract": typical, "plans": rows})
    else:
        _print(rows, typical, sessions, usual)
    raise typer.Exit(1 if plans.errors or not rows else 0)


def _session(chosen: Settings, code: str) -> ReferenceSession:
    sessions = load_sessions(chosen.reference_folder, chosen.own_sessions_path)
    usual = {one.code: one for one in sessions}
    if code not in usual:
        message = f"there is no session {code!r}; there are {', '.join(usual)}"
        raise typer.BadParameter(message)
    return usual[code]


def _typical(chosen: Settings, charger: Charger, session: ReferenceSession) -> list[dict[str, Any]]:
    """Return the median total without a contract by currency; nothing without a snapshot."""
    country = alpha_3(charger.country)
    if country is None or session.code not in {"ac", "dc", "hpc", "idle"}:
        return []
    try:
        reader = current_reader(chosen.snapshots_folder)
    except StoreError as error:
        print_error(error)
        return []
    asked = (
        PriceSpread(country, charger.power_class, method, session.code)
        for method in WITHOUT_CONTRACT
    )
    rows = [row for one in asked for row in (reader.price_spread(one) if reader else ())]
    with_tax = [row for row in rows if row["tax_basis"] in {"gross", "derived"}]
    most: dict[str, dict[str, Any]] = {}
    for row in sorted(with_tax, key=lambda one: -one["offers"]):
        most.setdefault(row["currency"], row)
    return [
        {
            "currency": currency,
            "median_total": Decimal(str(row["total_quantiles"][MEDIAN])),
            "offers": row["offers"],
        }
        for currency, row in most.items()
    ]


def _row(
    month: Month, typical: Sequence[dict[str, Any]], session: ReferenceSession
) -> dict[str, Any]:
    plan = month.plan
    beside = next((one for one in typical if one["currency"] == plan.currency), None)
    pays_off = None
    if beside and month.per_kwh is not None:
        others = beside["median_total"] / session.energy_kwh
        pays_off = break_even_kwh_per_month(month.monthly_fee, month.per_kwh, Decimal(0), others)
    return {
        "slug": plan.slug,
        "provider": plan.provider,
        "name": plan.name,
        "synthetic": plan.synthetic,
        "currency": plan.currency,
        "monthly_fee": month.monthly_fee,
        "total_per_session": month.total_per_session,
        "total_per_month": month.total,
        "per_kwh": month.per_kwh,
        "break_even_kwh_per_month": pays_off.kwh_per_month if pays_off else None,
        "pays_off": pays_off.pays_off if pays_off else None,
        "reason": month.reason,
        "source_url": plan.source_url,
        "read_on": plan.read_on,
    }


def _print(
    rows: Sequence[dict[str, Any]],
    typical: Sequence[dict[str, Any]],
    sessions: int,
    session: ReferenceSession,
) -> None:
    if not rows:
        print_line("No plan holds today; `klarpris plans list` shows what there is.")
        return
    title = f"{sessions} charges of {session.energy_kwh:f} kWh a month, tax included"
    print_table(title, COLUMNS, map(_cells, rows))
    for one in typical:
        print_line(
            f"Without a contract such a charge costs {one['median_total']:.2f} {one['currency']}: "
            f"the median of {one['offers']} offers there."
        )
    if not typical:
        print_line("No prices without a contract are known there to compare with.")


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    name = f"{row['provider']}: {row['name']}" + (" (invented)" if row["synthetic"] else "")
    fee = _money(row["monthly_fee"], row["currency"])
    if row["reason"]:
        return (name, fee, "–", "–", "–", row["reason"])
    amounts = (row["total_per_session"], row["total_per_month"])
    per_kwh = f"{row['per_kwh']:.4f} {row['currency']}"
    return (name, fee, *(_money(one, row["currency"]) for one in amounts), per_kwh, _pays_off(row))


def _money(amount: Decimal, currency: str) -> str:
    return f"{round_to_minor_unit(Fraction(amount), currency)} {currency}"


def _pays_off(row: dict[str, Any]) -> str:
    if row["pays_off"] is None:
        return "not known"
    kwh = row["break_even_kwh_per_month"]
    return WORDS[row["pays_off"]].format(kwh="" if kwh is None else f"{kwh:.0f}")
