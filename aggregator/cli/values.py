"""What is typed after an option -> its value, or what is wrong with it."""

import re
from datetime import date, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import typer

from aggregator.formats import figures
from aggregator.normalise.time_zone import exists

MOST = 10**9
CURRENCY = re.compile(r"[A-Za-z]{3}")


def number(text: str) -> Decimal:
    """Return a number from 0 to a thousand million."""
    try:
        found = figures.number(text, figures.Comma.DECIMAL)
    except ValueError:
        found = None
    if found is None or not 0 <= found <= MOST:
        message = f"{text!r} is no number from 0 up"
        raise typer.BadParameter(message)
    return found


def clock(text: str) -> time:
    """Return a time of day."""
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo:
        message = f"{text!r} is no time of day such as 22:00"
        raise typer.BadParameter(message)
    return found


def day(text: str) -> date:
    """Return a date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is no date such as 2026-11-24"
        raise typer.BadParameter(message) from None


def currency(text: str) -> str:
    """Return a code as ISO 4217 writes it."""
    if not CURRENCY.fullmatch(text):
        message = f"{text!r} is no code of a currency such as SEK"
        raise typer.BadParameter(message)
    return text.upper()


def zone(text: str) -> ZoneInfo:
    """Return a time zone."""
    if not exists(text):
        message = f"{text!r} is no IANA time zone such as Europe/Stockholm"
        raise typer.BadParameter(message)
    return ZoneInfo(text)
