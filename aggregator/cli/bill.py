"""`klarpris bill`: what one session costs, line by line."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from aggregator.cli import values
from aggregator.cli.bill_report import as_data, show
from aggregator.cli.charger import KEY, place_of
from aggregator.cli.output import print_json
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.errors import ConfigError
from aggregator.feeds import OcpiVersion, StatedPrices
from aggregator.invoices.answers import Answer, Question, answer
from aggregator.invoices.sessions import Wish
from aggregator.invoices.tariffs import Priced, of_connectors, of_file
from aggregator.normalise.sessions import load_sessions

NUMBER = values.number


class Language(StrEnum):
    """The languages of the plain sentence."""

    EN = "en"
    SV = "sv"
    DE = "de"


def bill(  # noqa: PLR0917 - one for each option
    file: Annotated[
        Path | None, typer.Argument(help="A JSON file with tariffs, as OCPI writes them.")
    ] = None,
    evse_id: Annotated[str | None, typer.Option(help="EVSE id, as printed on the charger.")] = None,
    connector: Annotated[
        str | None, typer.Option(help=f"One of the EVSE's connectors, or by itself {KEY}.")
    ] = None,
    tariff_id: Annotated[str | None, typer.Option(help="Only the tariff of this id.")] = None,
    session: Annotated[
        str | None,
        typer.Option(help="ac, dc, hpc, idle or one of your own: for what is not given."),
    ] = None,
    kwh: Annotated[Decimal | None, typer.Option(parser=NUMBER, help="Energy.")] = None,
    minutes: Annotated[
        Decimal | None, typer.Option(parser=NUMBER, help="How long charging takes.")
    ] = None,
    power: Annotated[Decimal | None, typer.Option(parser=NUMBER, help="kW while charging.")] = None,
    stay: Annotated[
        Decimal | None, typer.Option(parser=NUMBER, help="Minutes at the charger in all.")
    ] = None,
    current: Annotated[
        Decimal | None, typer.Option(parser=NUMBER, help="Ampere, all phases together.")
    ] = None,
    reserved: Annotated[
        Decimal | None, typer.Option(parser=NUMBER, help="Minutes reserved before the start.")
    ] = None,
    expired: Annotated[bool, typer.Option("--expired", help="Nobody came after all.")] = False,
    at: Annotated[
        time | None, typer.Option(parser=values.clock, help="When it starts, local time.")
    ] = None,
    day: Annotated[date | None, typer.Option(parser=values.day, help="On which day.")] = None,
    zone: Annotated[
        ZoneInfo | None, typer.Option(parser=values.zone, help="The charger's time zone.")
    ] = None,
    prices: Annotated[
        StatedPrices, typer.Option(help="What a file's prices include, where it does not say.")
    ] = StatedPrices.AS_STATED,
    ocpi: Annotated[OcpiVersion | None, typer.Option(help="The file's version of OCPI.")] = None,
    compare_hours: Annotated[
        bool, typer.Option("--compare-hours", help="The total at each hour of the day.")
    ] = False,
    language: Annotated[Language, typer.Option(help="Of the plain sentence.")] = Language.EN,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """Show what a session costs by a tariff file, or at a connector of the current snapshot."""
    if (file is None) == (evse_id is None and connector is None):
        message = "name a tariff file, or a charger by --evse-id or --connector"
        raise typer.BadParameter(message)
    chosen = chosen_settings(demo=demo)
    found = (
        of_file(file, ocpi, prices)
        if file
        else of_connectors(chosen.snapshots_folder, place_of(evse_id, connector))
    )
    if expired and reserved is None:
        message = "--expired says how --reserved ended: say both"
        raise typer.BadParameter(message)
    if expired and kwh is None and minutes is None:
        kwh = Decimal(0)
    wish = Wish(kwh, minutes, power, stay, current, day, at, reserved, expired)
    sessions = load_sessions(chosen.reference_folder, chosen.own_sessions_path)
    usual = {one.code: one for one in sessions}
    if session is not None and session not in usual:
        message = f"there is no session {session!r}; there are {', '.join(usual)}"
        raise typer.BadParameter(message)
    now = datetime.now(UTC)
    question = Question(wish, usual, session, zone, now, compare_hours=compare_hours)
    answers = _answers(_named(found, tariff_id), question)
    _print(answers, language, as_json=as_json)
    if not any(one.bill for one in answers):
        raise typer.Exit(1)


def _answers(found: list[Priced], question: Question) -> list[Answer]:
    try:
        return [answer(one, question) for one in found]
    except ConfigError as wrong:
        raise typer.BadParameter(str(wrong)) from wrong


def _named(found: list[Priced], tariff_id: str | None) -> list[Priced]:
    if tariff_id is None:
        return found
    named = [one for one in found if (one.tariff_id or "").casefold() == tariff_id.casefold()]
    if not named:
        there = ", ".join(one.tariff_id for one in found if one.tariff_id)
        message = f"no tariff {tariff_id!r} here; there is {there or 'none'}"
        raise typer.BadParameter(message)
    return named


def _print(answers: list[Answer], language: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"bills": [as_data(one, language) for one in answers]})
        return
    for one in answers:
        show(one, language)
