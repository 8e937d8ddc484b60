"""What the user chose, in stable codes: the URL owns it, widgets follow, every link repeats it.

Contract: `/?place=se-goteborg&km=10&type=CHADEMO&power=hpc&kw=50&pay=card&sort=km&known=1`, the
codes of `charge_filters`, and `open`, `currency`, `into`, `show`, `doubtful`; `country=SWE` instead
of place and km is the whole country. Defaults may be left out; an unknown value is said and
replaced by the default. The place left out is the reader's own, so a link that says anything else
says it too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aggregator.store.queries import Circle, ViewAsked
from dashboard.choosing.charge_filters import Plan, read_plan

ALL = "all"
POWERS = (ALL, "ac", "dc", "hpc")
HPC_KW = 150.0
LEAST_KW = ("0", "11", "22", "50", "100", "150", "300")
METHODS = {
    "any": ("card", "app", "ad_hoc", "free"),
    "card": ("card", "free"),
    "app": ("app", "free"),
    "contract": ("contract", "plug_and_charge", "free"),
}
DEFAULT_METHOD = "any"
RADII_KM = ("2", "5", "10", "25", "50")
USUAL_KM = "10"
SORTS = ("total", "km")
SHOW, LEAVE_OUT = "show", "out"
DOUBTFUL = (SHOW, LEAVE_OUT)
OWN = "own"  # currency
YES, NO = "1", "0"
STEP = 25
MOST_SHOWN = 500
SHOWN = tuple(str(rows) for rows in range(STEP, MOST_SHOWN + 1, STEP))


@dataclass(frozen=True, slots=True)
class Place:
    """A place that chargers are looked for around.

    code: as in the URL. name: feed text. country: alpha-3. region: tells namesakes apart.
    """

    code: str
    name: str
    country: str
    latitude: float
    longitude: float
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One state of the Compare page.

    place: None: the whole country. country: alpha-3, None before there is any. km: radius.
    power: how fast; least_kw: at least so many kW, "0" takes connectors of unknown power, too.
    known: whether only what has a price is shown. into: the currency that others are changed into;
    None: each stays as it is. is_open: what is known to be closed at the start is left out.
    """

    country: str | None
    place: Place | None = None
    km: str = USUAL_KM
    standard: str = ALL
    power: str = ALL
    least_kw: str = "0"
    method: str = DEFAULT_METHOD
    plan: Plan = field(default_factory=Plan)
    currency: str | None = None
    into: str | None = None
    sort: str = SORTS[0]
    known: bool = False
    is_open: bool = False
    shown: int = STEP
    doubtful: str = SHOW

    def asked(self, starts: datetime) -> ViewAsked:
        """Return what is asked of the snapshot; starts: of the planned charge."""
        least_kw = float(self.least_kw)
        return ViewAsked(
            country=None if self.place else self.country,
            circle=Circle(self.place.latitude, self.place.longitude, float(self.km))
            if self.place
            else None,
            methods=METHODS[self.method],
            standard=None if self.standard == ALL else self.standard,
            least_kw=max(least_kw, HPC_KW) if self.power == "hpc" else least_kw,
            takes_ac=self.plan.ac_kw > 0 and self.power in {ALL, "ac"},
            takes_dc=self.plan.dc_kw > 0 and self.power != "ac",
            without_flagged=self.doubtful == LEAVE_OUT,
            open_at=starts if self.is_open else None,
        )

    def query(self, default_place: str | None, default_currency: str | None) -> dict[str, str]:
        """Return the URL's query; what is as by default is left out.

        default_place: code of the place (or alpha-3 of the country) that a bare address means.
        """
        pairs = {
            "km": (self.km if self.place else USUAL_KM, USUAL_KM),
            "type": (self.standard, ALL),
            "power": (self.power, ALL),
            "kw": (self.least_kw, "0"),
            "pay": (self.method, DEFAULT_METHOD),
            "currency": (self.currency, default_currency),
            "into": (self.into, None),
            "sort": (self.sort, SORTS[0]),
            "known": (YES if self.known else NO, NO),
            "open": (YES if self.is_open else NO, NO),
            "show": (str(self.shown), str(STEP)),
            "doubtful": (self.doubtful, SHOW),
        }
        said = {key: value for key, (value, usual) in pairs.items() if value and value != usual}
        said |= self.plan.query()
        return {**self._where(default_place, is_said=bool(said)), **said}

    def _where(self, default_place: str | None, *, is_said: bool) -> dict[str, str]:
        where = self.place.code if self.place else self.country
        if where is None or (where == default_place and not is_said):
            return {}
        return {"place": where} if self.place else {"country": where}


@dataclass(frozen=True, slots=True)
class Known:
    """What a choice is read against.

    countries: that have offers. default: what a bare address means. place: a place by its code,
    None for an unknown one. standards: the plug types of a country. currencies: that others can be
    changed into.
    """

    countries: Sequence[str]
    default: Place | str | None
    place: Callable[[str], Place | None]
    standards: Callable[[str | None], Sequence[str]]
    currencies: Sequence[str] = ()


def read_choice(query: Mapping[str, str], known: Known) -> tuple[Choice, list[tuple[str, str]]]:
    """Return the choice a URL states, and (parameter, code shown instead) of unknown values."""
    plan, unknown = read_plan(query)

    def one_of(key: str, codes: Sequence[str], usual: str) -> str:
        value = query.get(key, usual)
        if value in codes:
            return value
        unknown.append((key, usual))
        return usual

    country, place = _where(query, known, unknown)
    choice = Choice(
        country=country,
        place=place,
        km=one_of("km", RADII_KM, USUAL_KM),
        standard=one_of("type", (ALL, *known.standards(country)), ALL),
        power=one_of("power", POWERS, ALL),
        least_kw=one_of("kw", LEAST_KW, "0"),
        method=one_of("pay", tuple(METHODS), DEFAULT_METHOD),
        plan=plan,
        currency=query.get("currency"),
        into=_none_if_own(one_of("into", (OWN, *known.currencies), OWN)),
        sort=one_of("sort", SORTS, SORTS[0]),
        known=one_of("known", (NO, YES), NO) == YES,
        is_open=one_of("open", (NO, YES), NO) == YES,
        shown=int(one_of("show", SHOWN, str(STEP))),
        doubtful=one_of("doubtful", DOUBTFUL, SHOW),
    )
    return choice, unknown


def _none_if_own(currency: str) -> str | None:
    return None if currency == OWN else currency


def _where(
    query: Mapping[str, str], known: Known, unknown: list[tuple[str, str]]
) -> tuple[str | None, Place | None]:
    """Return the country and the place; a place goes before a country."""
    if "place" in query:
        place = known.place(query["place"])
        if place:
            return place.country, place
        unknown.append(("place", _code(known.default)))
    elif "country" in query:
        if query["country"] in known.countries:
            return query["country"], None
        unknown.append(("country", _code(known.default)))
    if isinstance(known.default, Place):
        return known.default.country, known.default
    return known.default, None


def _code(default: Place | str | None) -> str:
    return default.code if isinstance(default, Place) else default or ""
