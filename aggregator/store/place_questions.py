"""Questions about towns and postcodes: found by what people type, without asking anybody else."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from aggregator.domain.place_name import (
    LONGEST,
    beginning_of_code,
    match_key,
    postal_key,
    search_key,
)
from aggregator.store.reading import Row

MOST = 1000
LETTERS_PER_EDIT = 4  # a shorter word with another letter is another word
MOST_EDITS = 2
PARTS = 3  # a single typing error leaves the first or the last third of a word as it is


class PlaceQuestions(ABC):
    """What a `queries.Reader` is asked about mart.place; every question may raise StoreError.

    Rows have its columns but the keys, and region_1_name: the name of the region, or None.
    """

    @abstractmethod
    def _rows(self, query: str, parameters: Mapping[str, Any]) -> list[Row]:
        """Return what one of the queries finds."""

    def places_named(self, text: str, country: str | None = None, limit: int = 20) -> list[Row]:
        """Return the places that somebody may mean by a text, the likeliest first.

        Those whose name or postcode begins so, then those of which a later word does, then those
        that differ by a typing error; among equals those of the country, then those with most
        locations.

        text: as typed; of more than 80 characters only the first count. country: alpha-3.
        found_by in each row: beginning, word or spelling.
        """
        key = search_key(text[:LONGEST])[:LONGEST]
        if not key:
            return []
        most = _bounded(limit)
        asked = {"key": key, "match_key": match_key(key), "country": country}
        codes = {"postal_key": postal_key(key), "code": beginning_of_code(key)}
        found = self._rows("places_named", asked | codes | {"limit": most})
        return found + self._misspelled(match_key(key), country, most - len(found))

    def _misspelled(self, key: str, country: str | None, limit: int) -> list[Row]:
        edits = min(len(key) // LETTERS_PER_EDIT, MOST_EDITS)
        if limit <= 0 or edits == 0:
            return []
        part = len(key) // PARTS
        bounds = {"least_length": len(key) - edits, "most_length": len(key) + edits}
        ends = {"beginning": key[:part], "ending": key[-part:]}
        asked = {"match_key": key, "most_edits": edits, "country": country, "limit": limit}
        return self._rows("places_misspelled", asked | bounds | ends)

    def place(self, code: str) -> Row | None:
        """Return the place of a code, such as se-goteborg; None where there is none (any more)."""
        rows = self._rows("place", {"place": code}) if code.isascii() else []
        return rows[0] if rows else None

    def largest_places(self, country: str | None = None, limit: int = 20) -> list[Row]:
        """Return the towns with most locations. country: alpha-3; None: of all countries."""
        return self._rows("largest_places", {"country": country, "limit": _bounded(limit)})


def _bounded(limit: int) -> int:
    return max(0, min(limit, MOST))
