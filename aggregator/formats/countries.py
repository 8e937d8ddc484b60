"""Countries as feeds write them -> ISO 3166-1 alpha-3, as OCPI wants them."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from babel import localedata
from babel.core import get_global

ALPHA_2, ALPHA_3 = 2, 3
LONGEST_NAME = 80
WITHDRAWN = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR", "ZZZ"}  # former names, and no country at all
USER_ASSIGNED = re.compile(r"AAA|Q[M-Z][A-Z]|X[A-JL-Z][A-Z]")  # to no country, but for Kosovo
KOSOVO, ALSO_KOSOVO = "XKK", "XKX"
ALSO_ALPHA_2 = {"UK": "GBR", "EL": "GRC"}  # as the European Union writes them
ALSO_NAMED = {
    "Czech Republic": "CZE",
    "England": "GBR",
    "Great Britain": "GBR",
    "Holland": "NLD",
    "Northern Ireland": "GBR",
    "Republic of Ireland": "IRL",
    "Russian Federation": "RUS",
    "Scotland": "GBR",
    "Slovak Republic": "SVK",
    "The Netherlands": "NLD",
    "Turkey": "TUR",
    "United States of America": "USA",
    "Wales": "GBR",
}
# Languages of Europe first: should two languages mean different countries, theirs counts.
FIRST_LANGUAGES = (
    "en de fr es it nl pl pt sv da nb nn fi et lv lt cs sk hu sl hr sr bs mk sq bg ro el tr uk ru "
    "be is ga cy ca eu gl mt lb"
)


@lru_cache(maxsize=4096)
def alpha_3(country: str | None) -> str | None:
    """Return the alpha-3 code of a country; None for anything else.

    Understood are alpha-2, alpha-3 and the country's name in any language of CLDR.

    >>> alpha_3("SE"), alpha_3("SWE"), alpha_3("POLSKA"), alpha_3("TRY")
    ('SWE', 'SWE', 'POL', None)
    """
    if country is None:
        return None
    code = country.strip().upper()
    if len(code) == ALPHA_2 and code.isascii():
        return _by_alpha_2().get(code) or ALSO_ALPHA_2.get(code)
    if len(code) == ALPHA_3 and code.isascii():
        code = KOSOVO if code == ALSO_KOSOVO else code
        return code if code in _known() else None
    return _by_name().get(_letters(country)) if len(country) <= LONGEST_NAME else None


@cache
def _by_alpha_2() -> dict[str, str]:
    """Return alpha-3 codes by alpha-2, from CLDR's aliases (SWE is another name of SE)."""
    aliases = get_global("territory_aliases")
    return {
        codes[0]: name
        for name, codes in aliases.items()
        if len(name) == ALPHA_3 and name.isalpha() and len(codes) == 1
        if name not in WITHDRAWN and not USER_ASSIGNED.fullmatch(name)
    }


@cache
def _known() -> frozenset[str]:
    return frozenset(_by_alpha_2().values())


@cache
def _by_name() -> dict[str, str]:
    """Return alpha-3 codes by name in any language; built when a name is first met, in a second."""
    codes = _by_alpha_2()
    names = {_letters(name): code for name, code in ALSO_NAMED.items()}
    for territory, name in _named_territories():
        if territory in codes:
            names.setdefault(_letters(name), codes[territory])
    return names


def _named_territories() -> Iterator[tuple[str, str]]:
    """Yield alpha-2 codes and names, of the first languages first."""
    every = [name for name in localedata.locale_identifiers() if "_" not in name]
    kept: dict[str, object] = getattr(localedata, "_cache", {})  # 140 MB when all languages stay
    for language in dict.fromkeys([*FIRST_LANGUAGES.split(), *sorted(every)]):
        was_kept = language in kept
        yield from localedata.load(language).get("territories", {}).items()
        if not was_kept:
            kept.pop(language, None)


def _letters(name: str) -> str:
    """Return a name's letters, without case, accents, blanks and punctuation."""
    split = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in split if sign.isalpha() or _is_vowel_sign(sign))


def _is_vowel_sign(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M") and not unicodedata.combining(sign)
