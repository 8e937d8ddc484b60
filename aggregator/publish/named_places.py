"""Which towns and postcodes there are: spellings brought together, namesakes told apart."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter

from aggregator.domain.place_name import (
    ascii_code,
    match_key,
    postal_code,
    postal_key,
    search_key,
    town_name,
)
from aggregator.normalise.vat_rates import alpha_2
from aggregator.publish.clusters import WIDEST_GAP_KM, Middle, clusters
from aggregator.store import marts
from aggregator.store.warehouse import Connection

CITY = "city"


def name_places(connection: Connection) -> None:
    """Keep which place each location belongs to; after `marts.gather`."""
    marts.keep(connection, "place_spelling", _spellings(marts.stated_places(connection)))
    wide = marts.wide_places(connection, WIDEST_GAP_KM)
    marts.keep(connection, "place_cluster", _apart(wide))


def _spellings(stated: Iterable[marts.Row]) -> Iterator[marts.Row]:
    """Yield a row for each spelling of a place; what is no name is none."""
    groups: dict[tuple[str, str, str], int] = {}
    for kind, country, text in stated:
        code = _country_code(country)
        name = town_name(text) if kind == CITY else postal_code(text)
        if name is None:
            continue
        key = search_key(name) if kind == CITY else postal_key(name, code)
        same = match_key(key) if kind == CITY else key
        group_no = groups.setdefault((kind, country, same), len(groups))
        yield (kind, country, text, name, key, same, ascii_code(code, key), group_no)


@cache
def _country_code(country: str) -> str:
    """Return the country as codes of places begin: alpha-2 where there is one."""
    return (alpha_2(country) or country).lower()


def _apart(cells: Iterable[marts.Row]) -> Iterator[marts.Row]:
    """Yield (group, cell, number of the cluster) of what lies apart from the largest, number 0."""
    for group_no, rows in groupby(cells, key=itemgetter(0)):
        found = clusters({cell: Middle(*middle) for _, cell, *middle in rows})
        for number, cluster in enumerate(found[1:], start=1):
            yield from ((group_no, cell, number) for cell in cluster)
