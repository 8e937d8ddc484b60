"""Names of towns and postcodes as keys: what people type, however feeds spell it.

`search_key` forgets case, accents and signs; `match_key` forgets besides which of the two ways an
umlaut was written in, so that Köln, Koeln and KOLN are one.
"""

import hashlib
import re
import unicodedata

from aggregator.domain.text import one_line

LONGEST = 80  # characters; longer than any name that people live by
LONGEST_POSTAL_CODE = 12  # characters
SHORTEST_POSTAL_CODE = 2  # of its key
DIGEST = 8  # hex digits
NO_NAMES = frozenset(
    (
        *("na", "nan", "none", "null", "nil", "unknown", "undefined", "notavailable"),
        *("unbekannt", "inconnu", "desconocido", "sconosciuto", "onbekend", "okänd", "ukjent"),
        *("notapplicable", "tbd", "tba", "test", "x", "xx", "xxx", "city", "town", "stadt"),
    )
)
"""What stands in the field of a town that nobody filled in, letters only."""

LETTERS = str.maketrans(
    {"ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŀ": "l"}
)
"""Letters that are no letter with an accent and are typed as others."""

BETWEEN_WORDS = re.compile(r"[\W_]+")
TWO_FOR_ONE = re.compile(r"(?<![aeiouq])([aou])e|(?<![aeiou])(a)a")
STATED_COUNTRY = re.compile(r"([a-z]{1,2})(\d.{2,})")


def town_name(stated: str | None) -> str | None:
    """Return the name of a town on one line; None where what is stated is none.

    >>> town_name("  Sankt  Gallen "), town_name("n/a"), town_name("12345"), town_name("Å")
    ('Sankt Gallen', None, None, 'Å')
    """
    name = one_line(stated or "", LONGEST + 1)
    letters = "".join(filter(str.isalpha, name)).casefold()
    is_name = letters and letters not in NO_NAMES and len(name) <= LONGEST
    return name if is_name else None


def postal_code(stated: str | None) -> str | None:
    """Return a postcode on one line; None where what is stated is none.

    >>> postal_code(" 114 55"), postal_code("00000"), postal_code("-"), postal_code("SW1A 1AA")
    ('114 55', None, None, 'SW1A 1AA')
    """
    code = one_line(stated or "", LONGEST_POSTAL_CODE + 1)
    key = search_key(code).replace(" ", "")
    has_digits = any(character in "123456789" for character in key)
    is_long = len(code) > LONGEST_POSTAL_CODE
    return code if has_digits and not is_long and len(key) >= SHORTEST_POSTAL_CODE else None


def search_key(text: str) -> str:
    """Return text without case, accents and signs, its words parted by one blank.

    >>> search_key("GÖTEBORG"), search_key("Großenhain"), search_key("L'Île-d'Yeu")
    ('goteborg', 'grossenhain', 'l ile d yeu')
    """
    plain = text.casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain)
        plain = "".join(one for one in parts if not _is_mark(one)).casefold()
        plain = plain.translate(LETTERS)
    return BETWEEN_WORDS.sub(" ", plain).strip()


def _is_mark(character: str) -> bool:
    """Tell an accent, or a sign that nobody sees, such as a soft hyphen."""
    return unicodedata.combining(character) > 0 or unicodedata.category(character) == "Cf"


def match_key(key: str) -> str:
    """Return a search key with ae, oe, ue and aa as ä, ö, ü and å are in it.

    >>> match_key("koeln"), match_key("koln"), match_key("aarhus"), match_key("neuenburg")
    ('koln', 'koln', 'arhus', 'neuenburg')
    """
    return TWO_FOR_ONE.sub(r"\1\2", key)


def postal_key(code: str, country: str | None = None) -> str:
    """Return a postcode without blanks and signs, and without the country it may begin with.

    country: lower case; ISO 3166-1 alpha-2.

    >>> postal_key("114 55"), postal_key("LV-1010", "lv"), postal_key("D-10115", "de")
    ('11455', '1010', '10115')
    """
    key = search_key(code).replace(" ", "")
    found = STATED_COUNTRY.fullmatch(key)
    is_stated = found and country and (country == found[1] or country[0] == found[1])
    return found[2] if found and is_stated and country != "gb" else key


def with_country(key: str) -> tuple[str, str]:
    """Return the country that a search key seems to begin with, and the postcode after it.

    A key that is no postcode with its country is all of it, of the country "".

    >>> with_country("lv 1010"), with_country("d 10115"), with_country("berlin")
    (('lv', '1010'), ('d', '10115'), ('', 'berlin'))
    """
    found = STATED_COUNTRY.fullmatch(key.replace(" ", ""))
    return (found[1], found[2]) if found else ("", key)


def ascii_code(country: str, key: str) -> str:
    """Return the code of a place by its key: ASCII, lower case, words parted by one hyphen.

    What has other letters than Latin ones is told by a digest of its key.

    >>> ascii_code("se", "goteborg"), ascii_code("gr", "αθηνα")
    ('se-goteborg', 'gr-421beb8b')
    """
    if not key.isascii():
        key = hashlib.sha256(key.encode()).hexdigest()[:DIGEST]
    return f"{country}-{key.replace(' ', '-')}"
