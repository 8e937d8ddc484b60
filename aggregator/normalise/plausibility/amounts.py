"""Amounts of money in a text of an operator: "0,49 €/kWh", "SEK 5.49 per kWh", "59p".

Numbers are read as English, Swedish, German, French and Swiss texts write them. What could be read
in two ways is not read: "1,234" may be more than a thousand or little more than one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

HUNDREDTH = Decimal("0.01")
GROUP = 3  # digits between marks of thousands
LONGEST_NUMBER = 12
FARTHEST_WORD = 30  # letters before an amount in which a word can belong to it
BLANKS = " \u00a0\u202f'’"
CODES = "AUD BGN CAD CHF CZK DKK EUR GBP HUF ISK NOK NZD PLN RON RSD SEK TRY UAH USD"

_DOLLARS = frozenset({"AUD", "CAD", "HKD", "NZD", "SGD", "USD"})
_POUNDS = frozenset({"GBP", "GIP"})
_KRONER = frozenset({"DKK", "NOK"})
UNITS = MappingProxyType(
    {code: frozenset({code}) for code in CODES.split()}
    | {
        "€": frozenset({"EUR"}), "Eur": frozenset({"EUR"}), "eur": frozenset({"EUR"}),
        "Euro": frozenset({"EUR"}), "euro": frozenset({"EUR"}), "euros": frozenset({"EUR"}),
        "£": _POUNDS, "pounds": _POUNDS, "pound": _POUNDS, "$": _DOLLARS,
        "kr": _KRONER | {"ISK", "SEK"}, "kronor": frozenset({"SEK"}), "kroner": _KRONER,
        "Kč": frozenset({"CZK"}), "zł": frozenset({"PLN"}), "Ft": frozenset({"HUF"}),
        "lei": frozenset({"RON"}), "Fr.": frozenset({"CHF"}), "SFr.": frozenset({"CHF"}),
    }
)  # fmt: skip
HUNDREDTHS = MappingProxyType(
    {
        "p": _POUNDS, "pence": _POUNDS, "öre": frozenset({"SEK"}), "øre": _KRONER,
        "ct": _DOLLARS | {"EUR"}, "Ct": _DOLLARS | {"EUR"}, "cts": _DOLLARS | {"EUR"},
        "cent": _DOLLARS | {"EUR"}, "Cent": _DOLLARS | {"EUR"}, "cents": _DOLLARS | {"EUR"},
        "Rp.": frozenset({"CHF"}), "Rappen": frozenset({"CHF"}), "groszy": frozenset({"PLN"}),
    }
)  # fmt: skip
ONLY_BEHIND = frozenset({"Fr."})  # before a number it is Friday


def _any_of(words: list[str]) -> str:
    """Return a pattern for any of the words, none of which goes on with another letter."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(one) + r"(?![^\W\d_])" for one in longest_first)


_GROUPED = rf"\d{{1,3}}(?:[{BLANKS}]\d{{3}})++(?:[.,]\d++)?+"
_NUMBER = rf"(?:{_GROUPED}|\d++(?:[.,]\d++)*+)(?![\d:])"  # taken whole or not at all
_BEFORE = rf"(?<![^\W\d_])(?P<before>{_any_of([u for u in UNITS if u not in ONLY_BEHIND])})"
_BEHIND = rf"(?P<behind>{_any_of([*UNITS, *HUNDREDTHS])})(?!\.m)"  # 6 p.m. is no price
_TAX = (
    r"(?:\s*\(?(?:inc|incl|inkl|ex|excl|exkl|zzgl|including|inklusive|brutto|netto|TTC|HT)\b\.?"
    r"(?:\s*(?:VAT|tax|MwSt|USt|moms|mva|TVA)\b\.?)?\)?)?"
)
_PER_KWH = r"(?:/|(?:per|pr|pro|par|je|le)\b\.?)\s*kwh\b"
_MONEY = re.compile(rf"(?:{_BEFORE}\.?\s*|(?<![\w.,:]))(?P<number>{_NUMBER})(?:\s*{_BEHIND}\.?)?")
_THEN_PER_KWH = re.compile(rf"{_TAX}\s*{_PER_KWH}", re.IGNORECASE)
_PER_KWH_BEFORE = re.compile(rf"{_PER_KWH}\s*[:=]\s*$", re.IGNORECASE)
_IS_A_LIMIT = re.compile(
    r"(?:\b(?:from|ab|från|fra|dès|à partir de|up to|bis|bis zu|upp till|max|min|ca|about|average|"
    r"to|till|til)\.?|jusqu['’]à|\d\s*[-–—]|\d\s*[€£]\s*[-–—])\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that a text names. currencies: what its sign can stand for; none: no sign.

    is_per_kwh: whether it is the price of a kWh. is_limit: whether it is said to be one end of a
    range only, as in "from 0.39".
    """

    value: Decimal
    currencies: frozenset[str]
    is_per_kwh: bool
    is_limit: bool


def amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts that a text names: with a currency, or without one but per kWh.

    >>> [str(one.value) for one in amounts("Start 1 €, 59 ct pro kWh, nach 4 h 0,12 €/min")]
    ['1', '0.59', '0.12']
    """
    for match in _MONEY.finditer(text):
        value, sign = number(match["number"]), match["before"] or match["behind"]
        before = text[max(match.start() - FARTHEST_WORD, 0) : match.start()]
        is_per_kwh = bool(_THEN_PER_KWH.match(text, match.end()) or _PER_KWH_BEFORE.search(before))
        if value is None or not (sign or is_per_kwh):
            continue
        if sign in HUNDREDTHS and not match["before"]:
            value *= HUNDREDTH
        known = UNITS.get(sign) or HUNDREDTHS.get(sign) or frozenset()
        yield Amount(value, known, is_per_kwh, bool(_IS_A_LIMIT.search(before)))


def number(written: str) -> Decimal | None:
    """Return a number as people write it; None where it can be read in two ways, or in none.

    >>> [str(number(one)) for one in ("0,325", "1 234,50", "1.234,50", "1'234.5", "1,234")]
    ['0.325', '1234.50', '1234.50', '1234.5', 'None']
    """
    text = re.sub(f"[{BLANKS}]", "", written)
    is_grouped = text != written
    marks = [one for one in text if one in ".,"]
    if len(text) > LONGEST_NUMBER:
        return None
    if not marks:
        return Decimal(text)
    whole, _, decimals = text.rpartition(marks[-1])
    if marks[-1] in whole:
        return None
    is_clear = is_grouped or len(marks) > 1 or whole.startswith("0")
    if len(decimals) == GROUP and len(whole) <= GROUP and not is_clear:
        return None
    return Decimal(f"{re.sub('[.,]', '', whole)}.{decimals}")
