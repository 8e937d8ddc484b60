"""Countries as feeds write them -> ISO 3166-1 alpha-3, as OCPI wants them."""

from functools import cache

from babel.core import get_global

ALPHA_2, ALPHA_3 = 2, 3
WITHDRAWN = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR", "ZZZ"}  # former names, and no country at all


@cache
def _by_alpha_2() -> dict[str, str]:
    """Return alpha-3 codes by alpha-2, from CLDR's aliases (SWE is another name of SE)."""
    aliases = get_global("territory_aliases")
    return {
        codes[0]: name
        for name, codes in aliases.items()
        if len(name) == ALPHA_3 and name.isalpha() and len(codes) == 1 and name not in WITHDRAWN
    }


@cache
def alpha_3(country: str | None) -> str | None:
    """Return the alpha-3 code of a country given as alpha-3 or alpha-2; None for anything else.

    >>> alpha_3("SE"), alpha_3("SWE"), alpha_3("POLSKA")
    ('SWE', 'SWE', None)
    """
    if country is None:
        return None
    if len(country) == ALPHA_2:
        return _by_alpha_2().get(country)
    return country if country in _known() else None


@cache
def _known() -> frozenset[str]:
    return frozenset(_by_alpha_2().values())
