"""`klarpris cdr`: an operator's own bill, checked against its own tariff."""

from datetime import UTC
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from aggregator.cli import values
from aggregator.cli.bill_report import WARNINGS, show_lines
from aggregator.cli.output import console, print_json, print_line, print_table
from aggregator.cli.snapshot import Json
from aggregator.feeds import OcpiVersion
from aggregator.invoices.cdrs import Checked, checked
from aggregator.pricing.cdr_check import Comparison

COLUMNS = ["Figure", "Side", "Stated", "Computed", "Difference", ""]
VERDICT = {True: "agrees", False: "DIFFERS", None: "cannot be compared"}


def cdr(
    file: Annotated[Path, typer.Argument(help="A JSON file with CDRs, as OCPI writes them.")],
    tariff: Annotated[
        Path | None, typer.Option(help="A JSON file with the tariff, where the CDR has none.")
    ] = None,
    zone: Annotated[
        ZoneInfo | None, typer.Option(parser=values.zone, help="The charger's time zone.")
    ] = None,
    ocpi: Annotated[OcpiVersion | None, typer.Option(help="The file's version of OCPI.")] = None,
    as_json: Json = False,
) -> None:
    """Price charge detail records by their tariffs and show where their costs differ."""
    found = checked(file, tariff, zone, ocpi)
    if as_json:
        print_json({"cdrs": [one.as_data() for one in found]})
    else:
        for one in found:
            _show(one)
    if not all(one.agrees for one in found):
        raise typer.Exit(1)


def _show(one: Checked) -> None:
    print_line(f"CDR {one.cdr.cdr_id} · {one.cdr.start:%Y-%m-%d %H:%M} UTC · {one.cdr.currency}")
    if one.check is None:
        print_line(f"Not checked: {one.refused}")
        console.print()
        return
    for billed in one.check.bills:
        print_line(f"Tariff {billed.tariff_id}, clock of {one.zone or UTC}")
        show_lines(billed.bill)
        for warning in billed.bill.warnings:
            print_line(WARNINGS[warning])
    if one.check.changed_inside:
        numbers = ", ".join(str(number) for number in one.check.changed_inside)
        print_line(f"A price changes inside charging period {numbers}.")
    if one.check.without_tariff:
        numbers = ", ".join(str(number) for number in one.check.without_tariff)
        print_line(f"No tariff is named in charging period {numbers}, so nothing is owed for it.")
    if one.cdr.is_unordered:
        print_line("The charging periods did not stand in the order of time.")
    rows = [_row(item) for item in one.check.comparisons]
    print_table(f"Stated and computed, in {one.cdr.currency}, kWh and hours", COLUMNS, rows)
    console.print()


def _row(item: Comparison) -> list[object]:
    return [item.name, item.side, item.stated, item.computed, item.difference, VERDICT[item.agrees]]
