"""`klarpris plans`: what providers charge their customers, and whether the files can be used."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from aggregator.cli.output import print_error, print_json, print_line, print_table
from aggregator.cli.plans_compare import compare
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.config import Settings
from aggregator.errors import PlanFileError
from aggregator.plans import Plan, Plans, load_plan, operator_slugs
from aggregator.plans.catalogue import lonely_tables, plan_files

COLUMNS = {
    "slug": "Plan",
    "provider": "Provider",
    "name": "Name",
    "countries": "Countries",
    "monthly_fee": "Fee",
    "currency": "Currency",
    "prices": "Prices",
    "valid_from": "From",
    "valid_to": "To",
}

app = typer.Typer(help="Plans of providers: contract prices.", no_args_is_help=True)
Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE...", exists=True, dir_okay=False, help="TOML; all plans, if none is named."
    ),
]


@app.command("list")
def list_plans(demo: Demo = False, as_json: Json = False) -> None:
    """List the plans, the shipped ones and your own; invented ones in the demonstration only."""
    chosen = chosen_settings(demo=demo)
    plans = Plans.load(_folders(chosen), operator_slugs(chosen.operators_folder))
    for error in plans.errors:
        print_error(error)
    rows = [_row(plan) for plan in plans.shown(demo=chosen.demo).plans.values()]
    if as_json:
        print_json(rows)
    elif rows:
        cells = ([_cell(row[key]) for key in COLUMNS] for row in rows)
        print_table("Plans", list(COLUMNS.values()), cells)
    else:
        print_line(f"No plans; files in {chosen.own_plans_folder} would be yours.")
    raise typer.Exit(1 if plans.errors else 0)


app.command("compare")(compare)


@app.command("check")
def check(files: Files = None, demo: Demo = False, as_json: Json = False) -> None:
    """Look through plan files: what cannot be used, where it stands, and what is never used."""
    chosen = chosen_settings(demo=demo)
    rows = _checked(chosen, files or [])
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            _print_checked(row)
    raise typer.Exit(1 if any(row["error"] for row in rows) else 0)


def _folders(chosen: Settings) -> tuple[Path, Path]:
    """Return where plans are; what is later replaces what is before."""
    return chosen.plans_folder, chosen.own_plans_folder


def _checked(chosen: Settings, files: Sequence[Path]) -> list[dict[str, Any]]:
    """Return what came of the files, or of all there are; a table stands for its plan."""
    slugs = operator_slugs(chosen.operators_folder)
    named = [path.with_suffix(".toml") if path.suffix == ".csv" else path for path in files]
    paths = dict.fromkeys(named) if files else plan_files(_folders(chosen))
    lonely = [] if files else lonely_tables(_folders(chosen))
    return [
        *(_checked_row(path, slugs) for path in paths),
        *({"file": None, "plan": None, "error": str(one), "warnings": ()} for one in lonely),
    ]


def _checked_row(path: Path, slugs: frozenset[str]) -> dict[str, Any]:
    try:
        loaded = load_plan(path, slugs)
    except PlanFileError as error:
        return {"file": str(path), "plan": None, "error": str(error), "warnings": ()}
    plan, warnings = _row(loaded.plan), loaded.warnings
    return {"file": str(path), "plan": plan, "error": None, "warnings": warnings}


def _print_checked(row: dict[str, Any]) -> None:
    if row["error"]:
        print_error(row["error"])
        return
    plan = row["plan"]
    prices = "1 price" if plan["prices"] == 1 else f"{plan['prices']} prices"
    print_line(f"{row['file']}: can be used - {plan['name']} of {plan['provider']}, {prices}")
    for warning in row["warnings"]:
        print_line(f"warning: {warning}")


def _row(plan: Plan) -> dict[str, Any]:
    """Return what scripts are told about a plan; amounts exact."""
    row = plan.model_dump(mode="json", exclude={"price_entries"})
    return {**row, "prices": len(plan.price_entries)}


def _cell(value: object) -> object:
    return ", ".join(value) if isinstance(value, list) else value
