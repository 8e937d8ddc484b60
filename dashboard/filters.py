"""What the user chose, in stable codes: the URL owns it, widgets follow, every link repeats it.

Contract: `/?country=SWE&type=CHADEMO&power=hpc&pay=any&session=hpc&currency=SEK&show=50`.
Defaults may be left out; an unknown value is said and replaced by the default. The country left out
is the reader's own, so a link that says anything else says the country too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from aggregator.store.queries import Selection

ALL = "all"
POWERS = (ALL, "ac", "mid", "dc", "hpc")
SESSIONS = ("ac", "dc", "hpc", "idle")
SESSION_OF_POWER = {ALL: "dc", "ac": "ac", "mid": "ac", "dc": "dc", "hpc": "hpc"}
LEAST_KW = {
    "ac": 10.0,
    "dc": 45.0,
    "hpc": 96.0,
    "idle": 96.0,
}  # energy over time of data/reference/sessions.csv
METHODS = {
    "any": ("card", "app", "ad_hoc", "free"),
    "card": ("card", "free"),
    "app": ("app", "free"),
    "contract": ("contract", "plug_and_charge", "free"),
}
DEFAULT_METHOD = "any"
SHOW, LEAVE_OUT = "show", "out"
DOUBTFUL = (SHOW, LEAVE_OUT)
STEP = 25
MOST_SHOWN = 500
SHOWN = tuple(str(rows) for rows in range(STEP, MOST_SHOWN + 1, STEP))


@dataclass(frozen=True, slots=True)
class Choice:
    """One state of the Compare page. country: alpha-3, None before there is any."""

    country: str | None
    standard: str = ALL
    power: str = ALL
    method: str = "any"
    session: str = "dc"
    currency: str | None = None
    shown: int = STEP
    doubtful: str = SHOW

    @property
    def selection(self) -> Selection:
        """Return what is asked of the snapshot."""
        return Selection(
            country=self.country,
            standard=None if self.standard == ALL else self.standard,
            power=None if self.power == ALL else self.power,
            methods=METHODS[self.method],
            session=self.session,
            least_kw=LEAST_KW[self.session],
            without_flagged=self.doubtful == LEAVE_OUT,
        )

    def query(self, default_country: str | None, default_currency: str | None) -> dict[str, str]:
        """Return the URL's query; what is as by default is left out."""
        pairs = {
            "type": (self.standard, ALL),
            "power": (self.power, ALL),
            "pay": (self.method, DEFAULT_METHOD),
            "session": (self.session, SESSION_OF_POWER[self.power]),
            "currency": (self.currency, default_currency),
            "show": (str(self.shown), str(STEP)),
            "doubtful": (self.doubtful, SHOW),
        }
        said = {key: value for key, (value, usual) in pairs.items() if value and value != usual}
        if self.country and (said or self.country != default_country):
            return {"country": self.country, **said}
        return said


def read_choice(
    query: Mapping[str, str],
    countries: Sequence[str],
    default_country: str | None,
    standards: Callable[[str | None], Sequence[str]],
) -> tuple[Choice, list[tuple[str, str]]]:
    """Return the choice a URL states, and (parameter, code shown instead) of unknown values.

    standards: the plug types that a country has.
    """
    unknown: list[tuple[str, str]] = []

    def one_of(key: str, codes: Sequence[str], usual: str) -> str:
        value = query.get(key, usual)
        if value in codes:
            return value
        if key in query:
            unknown.append((key, usual))
        return usual

    country = one_of("country", countries, default_country or "") or None
    power = one_of("power", POWERS, ALL)
    choice = Choice(
        country=country,
        standard=one_of("type", (ALL, *standards(country)), ALL),
        power=power,
        method=one_of("pay", tuple(METHODS), DEFAULT_METHOD),
        session=one_of("session", SESSIONS, SESSION_OF_POWER[power]),
        currency=query.get("currency"),
        shown=int(one_of("show", SHOWN, str(STEP))),
        doubtful=one_of("doubtful", DOUBTFUL, SHOW),
    )
    return choice, unknown
