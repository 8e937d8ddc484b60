"""Whose contracts an EVSE takes: OCPI 2.3.0's `accepted_service_providers`, within bounds.

Their order says nothing, so they are sorted: another order is no change of the EVSE.
"""

from typing import Any, cast

from aggregator.domain.problem import ObjectType
from aggregator.formats.reading import Reader
from aggregator.formats.values import text

KEY = "accepted_service_providers"
MOST_PROVIDERS = 1_000
LONGEST_PROVIDER = 200  # characters


def read_service_providers(raw_evse: dict[str, Any], path: str, reader: Reader) -> tuple[str, ...]:
    """Return the providers that an EVSE lists; each one that is left out is noted."""
    listed = reader.listed(ObjectType.EVSE, path, raw_evse, KEY)
    named = service_providers(listed)
    short = tuple(name for name in named if len(name) <= LONGEST_PROVIDER)
    no_text = [one for one in listed if one is not None and not isinstance(one, str)]
    long = [name for name in named if len(name) > LONGEST_PROVIDER]
    for code, why, left_out in (
        ("unreadable_service_provider", "that is no text", no_text),
        ("long_service_provider", f"of more than {LONGEST_PROVIDER} characters", long),
        ("many_service_providers", f"beyond the first {MOST_PROVIDERS:,}", short[MOST_PROVIDERS:]),
    ):
        for one in left_out:
            said = f"'{KEY}' holds an entry {why}; left out"
            reader.note(ObjectType.EVSE, f"{path}.{KEY}", code, said, one)
    return short[:MOST_PROVIDERS]


def service_providers(listed: list[Any]) -> tuple[str, ...]:
    """Return the names of a list in one line each, sorted, each once; what is no text is left out.

    >>> service_providers(["Plugsurfing", " Chargemap ", "n/a", "Plugsurfing", 5])
    ('Chargemap', 'Plugsurfing')
    """
    found = {cast("str | None", text(one)) for one in listed if isinstance(one, str)}
    return tuple(sorted(name for name in found if name))


def is_bounded(names: tuple[str, ...]) -> bool:
    """Tell whether these are few and short enough to be kept as they are."""
    return len(names) <= MOST_PROVIDERS and all(len(name) <= LONGEST_PROVIDER for name in names)
