"""What the user chose, in stable codes: the URL owns it, widgets follow, every link repeats it.

Contract: `/?country=SWE&type=CHADEMO&power=hpc&pay=any&session=hpc&currency=SEK&show=50`.
Defaults may be left out; an unknown value is said and replaced by the default.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aggregator.store.queries import Selection

ALL = "all"
POWERS = (ALL, "ac", "mid", "dc", "hpc")
SESSIONS = ("ac", "dc", "hpc")
SESSION_OF_POWER = {ALL: "dc", "ac": "ac", "mid": "ac", "dc": "dc", "hpc": "hpc"}
LEAST_KW = {"ac": 10.0, "dc": 45.0, "hpc": 96.0}  # energy over time of data/reference/sessions.csv
METHODS = {
    "any": ("card", "app", "ad_hoc", "free"),
    "card": ("card", "free"),
    "app": ("app", "free"),
    "contract": ("contract", "free"),
}
STEP = 25
MOST_SHOWN = 500


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
        )

    def query(self, default_country: str | None) -> dict[str, str]:
        """Return the URL's query; what is as by default is left out."""
        default = Choice(default_country, session=SESSION_OF_POWER[self.power])
        pairs = {
            "country": (self.country, default.country),
            "type": (self.standard, default.standard),
            "power": (self.power, default.power),
            "pay": (self.method, default.method),
            "session": (self.session, default.session),
            "currency": (self.currency, default.currency),
            "show": (str(self.shown), str(default.shown)),
        }
        return {key: value for key, (value, usual) in pairs.items() if value and value != usual}


def read_choice(
    query: Mapping[str, str], countries: Sequence[str], default_country: str | None
) -> tuple[Choice, list[tuple[str, str]]]:
    """Return the choice a URL states, and (parameter, code shown instead) of unknown values."""
    unknown: list[tuple[str, str]] = []

    def one_of(key: str, codes: Sequence[str], usual: str | None) -> str | None:
        value = query.get(key)
        if value is None or value in codes:
            return value or usual
        unknown.append((key, usual or ""))
        return usual

    power = one_of("power", POWERS, ALL) or ALL
    choice = Choice(
        country=one_of("country", countries, default_country),
        power=power,
        method=one_of("pay", tuple(METHODS), "any") or "any",
        session=one_of("session", SESSIONS, SESSION_OF_POWER[power]) or "dc",
        currency=query.get("currency"),
        shown=_shown(query.get("show")),
    )
    return replace(choice, standard=query.get("type", ALL)), unknown


def _shown(value: str | None) -> int:
    """Return how many rows are shown: whole steps, bounded."""
    if value is None or not value.isdecimal():
        return STEP
    return min(max(int(value[:6]), STEP), MOST_SHOWN)
