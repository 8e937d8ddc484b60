"""Questions about towns and postcodes: found by what people type, without asking anybody else."""

from collections.abc import Iterator
from typing import Any

from aggregator.domain.place_name import (
    LONGEST,
    match_key,
    postal_key,
    search_key,
    with_country,
)
from aggregator.store.reading import Asking, Row

MOST = 1000
BEHIND_ALL = chr(0x10FFFF)  # the last character there is
LETTERS_PER_EDIT = 4  # a shorter word with another letter is another word
MOST_EDITS = 2


class PlaceQuestions(Asking):
    """What a `queries.Reader` is asked about mart.place; every question may raise StoreError.

    Rows have its columns but the keys.
    """

    def places_named(self, text: str, country: str | None = None, limit: int = 20) -> list[Row]:
        """Return the places that somebody may mean by a text, the likeliest first.

        Those whose name or postcode begins so, then those of which a later word does, then those
        that differ by a typing error; among equals those of the country, then those with most
        locations.

        text: as typed; of more than 80 characters only the first count. country: alpha-3.
        found_by in each row: beginning, word or spelling.
        """
        most, found = max(0, min(limit, MOST)), list[Row]()
        for query, asked in _searches(search_key(text[:LONGEST])[:LONGEST]):
            if len(found) < most:
                rest = {"country": country, "limit": most - len(found)}
                found += self._rows(query, asked | rest)
        return found

    def place(self, code: str) -> Row | None:
        """Return the place of a code, such as se-goteborg; None where there is none (any more)."""
        rows = self._rows("place", {"place": code}) if code.isascii() else []
        return rows[0] if rows else None

    def largest_places(self, country: str | None = None, limit: int = 20) -> list[Row]:
        """Return the towns with most locations. country: alpha-3; None: of all countries."""
        asked = {"country": country, "limit": max(0, min(limit, MOST))}
        return self._rows("largest_places", asked)


def _searches(key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the queries that may find a search key, each with what it is asked by."""
    has_digits = any(map(str.isdigit, key))
    if has_digits:
        yield "postal_codes_named", _postal(key)
    if any(map(str.isalpha, key)):
        same = match_key(key)
        bounds = {"match_key": same, "match_key_end": same + BEHIND_ALL}
        yield "towns_named", {"key": key, **bounds}
        if not has_digits:  # a number with another digit is another number
            yield "towns_alike", {"match_key": same, **_alike(same)}


def _postal(key: str) -> dict[str, str]:
    """Return how postcodes begin, and the first text behind all that do."""
    whole = postal_key(key)
    country, rest = with_country(key)
    ends = {"postal_key_end": whole + BEHIND_ALL, "postal_rest_end": rest + BEHIND_ALL}
    return {"postal_key": whole, "stated_country": country, "postal_rest": rest, **ends}


def _alike(key: str) -> dict[str, Any]:
    """Return how names may differ, and the halves of which one typing error leaves one as it is."""
    edits = min(len(key) // LETTERS_PER_EDIT, MOST_EDITS)
    half = (len(key) - 1) // 2
    return {
        "most_edits": edits,
        "least_length": len(key) - edits,
        "most_length": len(key) + edits,
        "beginning": key[:half],
        "ending": key[len(key) - half :],
    }
