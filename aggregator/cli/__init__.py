"""The command line: `klarpris COMMAND`, thin; what it starts lives in the other rooms.

Exit codes: 0 fine, 1 the data or a feed needs attention, 2 wrong use.
"""

import sys

import typer

from aggregator.cli import (
    archive,
    bill,
    care,
    cdr,
    doctor,
    explain,
    feeds,
    harvest,
    operators,
    parts,
    places,
    plans,
    quarantine,
    rates,
    regions,
    snapshot,
    up,
)
from aggregator.cli.output import configure_logging, errors, print_error
from aggregator.errors import KlarprisError, SettingsError

app = typer.Typer(
    name="klarpris",
    help="Public EV charging prices: harvested from operators' own OCPI data, priced, compared.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
)
app.command("up")(up.up)
app.command("harvest")(harvest.harvest)
app.command("schedule")(parts.schedule)
app.command("dashboard")(parts.dashboard)
app.command("demo")(parts.demo)
app.command("snapshot")(snapshot.snapshot)
app.command("publish")(snapshot.publish)
app.command("bill")(bill.bill)
app.command("cdr")(cdr.cdr)
app.command("explain")(explain.explain)
app.command("places")(places.places)
app.command("quarantine")(quarantine.quarantine)
app.command("archive")(archive.archive)
app.command("backup")(care.backup)
app.command("restore")(care.restore)
app.command("vacuum")(care.vacuum)
app.command("doctor")(doctor.doctor)
app.add_typer(feeds.app, name="feeds")
app.add_typer(operators.app, name="operators")
app.add_typer(plans.app, name="plans")
app.add_typer(rates.app, name="rates")
app.add_typer(regions.app, name="regions")


def main() -> None:
    """Run the command line; what went wrong is one line on standard error."""
    configure_logging()
    try:
        app()
    except SettingsError as error:
        print_error(error)
        sys.exit(2)
    except KlarprisError as error:
        print_error(error)
        sys.exit(1)
    except KeyboardInterrupt:
        errors.print("klarpris: stopped")
        sys.exit(130)
