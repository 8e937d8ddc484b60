"""What the user chose on Subscriptions, in stable codes; see `dashboard.choosing.filters`.

Contract: `/plans?country=DEU&power=hpc&operator=fastned&kwh=150&charge=30&parked=0`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from fractions import Fraction

from aggregator.domain.session import MINUTES_PER_HOUR, ReferenceSession
from aggregator.domain.tariff import Weekday
from aggregator.store.queries import Chargers
from dashboard.choosing.filters import ALL

KINDS = ("ac", "mid", "dc", "hpc")
DEFAULT_KIND = "dc"
AVERAGE_KW = {"ac": 10.0, "mid": 22.0, "dc": 45.0, "hpc": 96.0}
"""What a charge takes on average, in kW: energy by time in data/reference/sessions.csv."""

OWN = "own"
START = Weekday.TUESDAY, time(18)
"""When the charge begins, as in the reference sessions."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The whole numbers that an input may have, and the one it has by default."""

    least: int
    most: int
    usual: int

    def read(self, text: str) -> int | None:
        """Return the number that a text states; None where it is none of these."""
        if not (text.isascii() and text.isdecimal() and len(text) <= len(str(self.most))):
            return None
        return int(text) if self.least <= int(text) <= self.most else None


NUMBERS = {"kwh": Bounds(5, 2000, 150), "charge": Bounds(5, 200, 30), "parked": Bounds(0, 1440, 0)}


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """One state of Subscriptions.

    country: alpha-3, None before there is any. operator: a code of the snapshot. kwh: a month.
    charge: kWh each time. parked: minutes after each charge.
    """

    country: str | None
    kind: str = DEFAULT_KIND
    operator: str = ALL
    kwh: int = NUMBERS["kwh"].usual
    charge: int = NUMBERS["charge"].usual
    parked: int = NUMBERS["parked"].usual

    @property
    def chargers(self) -> Chargers:
        """Return which connectors are asked about."""
        return Chargers(self.country, self.kind, AVERAGE_KW[self.kind])

    @property
    def charging_minutes(self) -> int:
        """An estimate: the energy over the power that such chargers deliver on average."""
        return round(self.charge * MINUTES_PER_HOUR / AVERAGE_KW[self.kind])

    @property
    def charges(self) -> Fraction:
        """How often one charges in a month, on average."""
        return Fraction(self.kwh, self.charge)

    @property
    def session(self) -> ReferenceSession:
        """Return each charge as a session that can be placed on the calendar."""
        minutes = Decimal(self.charging_minutes), Decimal(self.parked)
        return ReferenceSession(OWN, Decimal(self.charge), *minutes, *START)

    def query(self, default_country: str | None) -> dict[str, str]:
        """Return the URL's query; what is as by default is left out."""
        pairs = {
            "power": (self.kind, DEFAULT_KIND),
            "operator": (self.operator, ALL),
            **{name: (str(getattr(self, name)), str(of.usual)) for name, of in NUMBERS.items()},
        }
        said = {key: value for key, (value, usual) in pairs.items() if value != usual}
        if self.country and (said or self.country != default_country):
            return {"country": self.country, **said}
        return said


def read_plan_choice(
    query: Mapping[str, str],
    countries: Sequence[str],
    default_country: str | None,
    operators: Callable[[PlanChoice], Sequence[str]],
) -> tuple[PlanChoice, list[tuple[str, str]]]:
    """Return the choice a URL states, and (parameter, code shown instead) of unknown values.

    operators: the codes of those that have prices for a choice of country and kind.
    """
    unknown: list[tuple[str, str]] = []

    def one_of(key: str, codes: Sequence[str], usual: str) -> str:
        value = query.get(key, usual)
        if key in query and value not in codes:
            unknown.append((key, usual))
            return usual
        return value

    def number(key: str) -> int:
        found = NUMBERS[key].read(query.get(key, str(NUMBERS[key].usual)))
        if found is None:
            unknown.append((key, str(NUMBERS[key].usual)))
            return NUMBERS[key].usual
        return found

    country = one_of("country", countries, default_country or "") or None
    kind = one_of("power", KINDS, DEFAULT_KIND)
    codes = (ALL, *operators(PlanChoice(country, kind)))
    operator = one_of("operator", codes, ALL)
    return PlanChoice(country, kind, operator, *map(number, NUMBERS)), unknown
