"""Names and ids for feeds that have none yet: from country, operator or host."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from babel import Locale
from babel.core import get_global

from aggregator.checking.report import Party
from aggregator.formats.defaults import UNKNOWN_COUNTRY, UNKNOWN_PARTY

LONGEST_ID = 40
LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "þ": "th"})
NOT_IN_ID = re.compile(r"[^a-z0-9]+")
SAYS_NOTHING = {
    "www", "api", "ocpi", "open", "opendata", "data", "public", "roaming", "info", "feed", "feeds",
    "static", "files", "cdn", "co", "com", "org", "net", "gov",
}  # fmt: skip
COUNTRY = re.compile(r"[A-Z]{2}")
PARTY = re.compile(r"[A-Z0-9]{3}")


def country_code_of(parties: tuple[Party, ...], countries: Mapping[str, int]) -> str | None:
    """Return the one country of the parties that name one, else of most locations."""
    named = {one.party.partition("*")[0] for one in parties} - {UNKNOWN_COUNTRY}
    if len(named) == 1:
        code = named.pop()
        return code if COUNTRY.fullmatch(code) else None
    if named or not countries:
        return None
    most = Counter(countries).most_common(1)[0][0]
    aliases = get_global("territory_aliases").get(most, [])
    return aliases[0] if len(aliases) == 1 else None


def party_id_of(parties: tuple[Party, ...]) -> str | None:
    """Return the id of the one party that the records name."""
    named = {one.party for one in parties if not one.party.endswith(f"*{UNKNOWN_PARTY}")}
    found = named.pop().partition("*")[2] if len(named) == 1 else ""
    return found if PARTY.fullmatch(found) else None


def operator_of(parties: tuple[Party, ...]) -> str | None:
    """Return what the locations of the one party call their operator, all of them the same."""
    names = {name for one in parties for name in one.names}
    return names.pop() if len(names) == 1 else None


def name_of(country_code: str | None, publisher: str) -> str:
    """Return a feed's name for people: the country, then who publishes.

    >>> name_of("SE", "Kungälv Energi"), name_of(None, "a.example")
    ('Sweden: Kungälv Energi', 'a.example')
    """
    country = Locale("en").territories.get(country_code or "")
    return f"{country}: {publisher}" if country else publisher


def id_of(country_code: str | None, publisher: str) -> str:
    """Return a feed's id.

    >>> id_of("SE", "Kungälv Energi AB"), id_of("DE", "…"), id_of(None, "a.example")
    ('se_kungalv_energi_ab', 'de_feed', 'a_example')
    """
    plain = unicodedata.normalize("NFKD", publisher.lower().translate(LETTERS))
    words = [word for word in NOT_IN_ID.split(plain.encode("ascii", "ignore").decode()) if word]
    country = (country_code or "").lower()
    if words[:1] == [country]:
        words = words[1:]
    parts = [part for part in (country, *(words or ["feed"])) if part]
    return "_".join(parts)[:LONGEST_ID].strip("_")


def host_word(url: str) -> str:
    """Return what is telling in an address's host.

    >>> host_word("https://opendata.ndw.nu/x.json.gz"), host_word("http://127.0.0.1:80/")
    ('ndw', '127.0.0.1')
    """
    host = urlsplit(url).hostname or "feed"
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    labels = host.split(".")
    telling = [one for one in labels[:-1] if one not in SAYS_NOTHING]
    return (telling or labels)[-1]
