"""Whether the country that a record states is the one its position lies in; nothing is corrected.

How what is not one country to everybody is judged:

* A part of a country with a code of its own agrees with its country: a charger in Guadeloupe may
  say GLP or FRA, one on Aland ALA or FIN, one on Svalbard SJM or NOR.
* The Crown dependencies (GGY, IMN, JEY) and Gibraltar are no part of the United Kingdom, in law
  or for tax: GBR disagrees there. So do the other British territories.
* Kosovo is XKK, also written XKX or XK. Serbia's code there is neither right nor wrong: unknown.
* Crimea is found as Ukraine and the north of Cyprus as Cyprus, as the United Nations see them.
  Russia's and Turkey's codes there tell nothing about the position: unknown.

Source: ISO 3166-1, remarks on the codes; United Nations resolutions 68/262 and 541 (1983).
"""

from enum import StrEnum
from functools import cache

from babel.core import get_global

ALPHA_2, ALPHA_3 = 2, 3
KOSOVO = "XKK"
ALSO = {"UK": "GBR", "EL": "GRC", "XK": KOSOVO, "XKX": KOSOVO}

PARTS = {
    "AUS": "CCK CXR HMD NFK",
    "CHN": "HKG MAC",
    "DNK": "FRO GRL",
    "FIN": "ALA",
    "FRA": "ATF BLM GLP GUF MAF MTQ MYT NCL PYF REU SPM WLF",
    "NLD": "ABW BES CUW SXM",
    "NOR": "BVT SJM",
    "NZL": "TKL",
    "USA": "ASM GUM MNP PRI UMI VIR",
}
"""By country, the parts of it that have an ISO 3166-1 alpha-3 code of their own."""

MOTHER = {part: country for country, parts in PARTS.items() for part in parts.split()}
CONTESTED = {
    ("SRB", KOSOVO),
    ("RUS", "UA-40"),  # Sevastopol
    ("RUS", "UA-43"),  # Crimea
    ("TUR", "CYP-northerncyprus"),
}
"""Stated country, found country or region, where nothing follows from their difference."""

FORMER = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR", "ZZZ", "QUU", "AAA", "XXX"}
"""Former names in those aliases, and what is no country."""


class Match(StrEnum):
    """What comparing the stated and the found country tells."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    UNKNOWN = "unknown"


def compare(
    stated_country: str | None, found_country: str | None, region_1: str | None = None
) -> Match:
    """Tell whether a stated country is the one that a position lies in.

    Args:
        stated_country: ISO 3166-1 alpha-2 or alpha-3 as published; anything else tells nothing.
        found_country: alpha-3, of `Boundaries.lookup`; None where the position tells none.
        region_1: code of the region that was found.

    >>> compare("SE", "SWE").value, compare("FRA", "GLP").value, compare("GBR", "JEY").value
    ('agrees', 'agrees', 'disagrees')
    """
    stated = alpha_3(stated_country)
    if stated is None or found_country is None:
        return Match.UNKNOWN
    if {(stated, found_country), (stated, region_1)} & CONTESTED:
        return Match.UNKNOWN
    if stated == found_country or MOTHER.get(found_country) == stated:
        return Match.AGREES
    return Match.DISAGREES


def alpha_3(code: str | None) -> str | None:
    """Return the alpha-3 code of a country by either of its codes; None for anything else."""
    text = (code or "").strip().upper()
    if text in ALSO:
        return ALSO[text]
    return _codes().get(text)


@cache
def _codes() -> dict[str, str]:
    """Return alpha-3 by alpha-2 and by itself, from CLDR's aliases; former names left out."""
    aliases = {
        name: codes[0]
        for name, codes in get_global("territory_aliases").items()
        if len(name) == ALPHA_3 and name.isalpha() and len(codes) == 1 and name not in FORMER
    }
    by_alpha_2 = {short: name for name, short in aliases.items() if len(short) == ALPHA_2}
    return {**by_alpha_2, **{name: name for name in by_alpha_2.values()}}
