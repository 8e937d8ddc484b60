"""`klarpris rates`: exchange rates of the European Central Bank, by day."""

import asyncio
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter, ValidationError

from aggregator.cli import values
from aggregator.cli.output import print_error, print_json, print_line, print_table
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.config import Settings
from aggregator.errors import SourceError
from aggregator.feeds.values import Url
from aggregator.normalise.currency import OLDEST_DAYS, Missing, Rate, Rates
from aggregator.normalise.rates_file import EURO
from aggregator.pricing.money import decimal_from, round_to_minor_unit
from aggregator.sources.rates import URL, Update, download_rates, install_rates

OPTIONS = "--url names another address, --allow-private allows a private one, --from takes a file"
SHOWN = Context(prec=6)
COLUMNS = ("Currency", "Rate", "Into", "Of")


def _url(text: str) -> str:
    try:
        return str(TypeAdapter(Url).validate_python(text))
    except ValidationError:
        message = "write http:// or https://, and a host"
        raise typer.BadParameter(message) from None


app = typer.Typer(help="Exchange rates of the European Central Bank.", no_args_is_help=True)
On = Annotated[
    date | None, typer.Option(parser=values.day, help="Of which day; the newest, if not said.")
]
To = Annotated[str, typer.Option(parser=values.currency, help="Into which currency.")]


@app.command("list")
def list_rates(on: On = None, to: To = EURO, demo: Demo = False, as_json: Json = False) -> None:
    """List what one unit of each currency is worth, by the last rates up to a day."""
    rates = Rates.load(chosen_settings(demo=demo).rates_folder)
    day = on or rates.last_day
    rows = [rate for rate in rates.table(day, to) if rate.currency != to]
    if as_json:
        print_json([_row(rate) for rate in rows])
    elif rows:
        cells = ((r.currency, _short(r), r.to, str(r.rate_date)) for r in rows)
        print_table(f"Rates for {day}", COLUMNS, cells)
        print_line(rows[0].source)
    if not rows:
        print_error(f"no rates into {to} for {day}; they reach to {rates.last_day}")
        raise typer.Exit(1)


@app.command("update")
def update(
    from_file: Annotated[
        Path | None, typer.Option("--from", help="A file that was downloaded before.")
    ] = None,
    url: Annotated[str, typer.Option(parser=_url, help="Of the history, or of a copy.")] = URL,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Allow this machine and private networks.")
    ] = False,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """Fetch newer rates; those that cannot be believed are refused, and the old ones stay."""
    chosen, today = chosen_settings(demo=demo), datetime.now(UTC).date()
    if from_file:
        found = install_rates(from_file, chosen.rates_folder, today=today)
    else:
        found = _download(chosen, today, url, allow_private=allow_private)
    _print_update(found, as_json=as_json)


@app.command("convert")
def convert(
    amount: Annotated[Decimal, typer.Argument(parser=values.number, help="How much.")],
    currency: Annotated[str, typer.Argument(metavar="FROM", parser=values.currency)],
    to: Annotated[str, typer.Argument(metavar="TO", parser=values.currency)],
    *,
    on: On = None,
    allow_old_days: Annotated[
        int, typer.Option(min=0, help="How many days before the rate may be of.")
    ] = OLDEST_DAYS,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """Show an amount in another currency; rounded once, at the end."""
    rates = Rates.load(chosen_settings(demo=demo).rates_folder)
    rate = rates.rate(currency, to, on or rates.last_day, allow_old_days)
    if isinstance(rate, Missing):
        print_error(f"{rate}; {_advice(rate, rates)}")
        raise typer.Exit(1)
    total = round_to_minor_unit(rate.converted(amount), to)
    if as_json:
        print_json({"amount": amount, "total": total, **_row(rate)})
    else:
        print_line(f"{amount} {currency} = {total} {to}")
        print_line(f"1 {currency} = {_short(rate)} {to} on {rate.rate_date}")
        print_line(rate.source)


def _download(chosen: Settings, today: date, url: str, *, allow_private: bool) -> Update:
    """Return what came of it; a failure says that no feed file but options are at work here."""
    work = download_rates(
        chosen.rates_folder,
        today=today,
        url=url,
        contact=chosen.contact,
        allow_private=allow_private,
    )
    try:
        return asyncio.run(work)
    except SourceError as error:
        print_error(f"{error} - the rates that were here stay; {OPTIONS}")
        raise typer.Exit(1) from error


def _advice(missing: Missing, rates: Rates) -> str:
    if missing.rate_date == rates.last_day:
        return "`klarpris rates update` fetches newer ones"
    if missing.rate_date:
        return f"--allow-old-days {missing.age_days} takes that one"
    return "`klarpris rates list` shows what there is"


def _print_update(found: Update, *, as_json: bool) -> None:
    told = {"is_new": found.is_new, "first_day": found.first_day, "last_day": found.last_day}
    if as_json:
        print_json(told)
    else:
        news = "newer rates" if found.is_new else "nothing new; the rates that were here stay"
        print_line(f"{news}: from {found.first_day} to {found.last_day}")


def _short(rate: Rate) -> str:
    """Return the rate to as many digits as are published."""
    return f"{SHOWN.plus(decimal_from(rate.value)):f}"


def _row(rate: Rate) -> dict[str, Any]:
    """Return what scripts are told about a rate; exact where it ends within 28 digits."""
    return {
        "currency": rate.currency,
        "to": rate.to,
        "rate": decimal_from(rate.value),
        "rate_date": rate.rate_date.isoformat(),
        "source": rate.source,
    }
