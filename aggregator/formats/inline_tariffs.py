"""Tariffs that stand inside locations, EVSEs or connectors instead of in a module of their own.

Met as `evses[].tariffs` (Ludwigsburg), `connectors[].tariffs`, `connectors[]._openapiTariffs`
(Greece) and `tariffs` of a location. An entry without prices is a link, as in `tariff_ids`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from aggregator.feeds import ObjectKind
from aggregator.formats.keys import in_ocpi_words
from aggregator.formats.reading import id_of, items, objects

Aliases = Mapping[ObjectKind, Mapping[str, str]]
NO_ALIASES: Aliases = {}
INLINE_KEYS = ("tariffs", "_openapiTariffs")
EVSE_KEYS = frozenset({"uid", "evse_id", "connectors"})
CONNECTOR_KEYS = frozenset({"id", "standard", "power_type", "format"})
TARIFF_KEYS = frozenset({"id", "tariff_id", "elements", "currency"})
PRICED_KEYS = ("elements", "currency")
CLOCKS = {"last_updated", "lastUpdated"}
LONG, SHORT = 16, 8  # hex digits


class Entry(NamedTuple):
    """One entry of a list of tariffs. digest: of its content; None where it is only a link."""

    path: str
    raw: object
    base_id: str
    digest: str | None


@dataclass(slots=True)
class InlineTariffs:
    """The tariffs inside one location, each content once, by base id and digest.

    A base id that stands for several contents is none: the digest is added to each. known: the
    content of each base id at the locations before; another one under it gets its digest too.
    """

    known: dict[str, str] = field(default_factory=dict)
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    _contents: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        raw_location: object,
        path: str = "$",
        aliases: Aliases = NO_ALIASES,
        known: dict[str, str] | None = None,
    ) -> "InlineTariffs":
        """Return the tariffs that stand in a location, whatever it looks like."""
        found = cls({} if known is None else known)
        for holder, here in _holders(raw_location, path, aliases):
            for entry in _entries(holder, here, aliases):
                if entry.digest:
                    found.entries.setdefault((entry.base_id, entry.digest), entry)
                    found._contents.setdefault(entry.base_id.casefold(), set()).add(entry.digest)
        return found

    def final_id(self, entry: Entry) -> str:
        """Return the id under which an entry's tariff is kept."""
        if entry.digest is None:
            return entry.base_id
        base = entry.base_id.casefold()
        is_one_of_several = len(self._contents.get(base, ())) > 1
        if is_one_of_several or self.known.setdefault(base, entry.digest) != entry.digest:
            return f"{entry.base_id}#{entry.digest[:SHORT]}"
        return entry.base_id

    def link(
        self, tariff_ids: tuple[str, ...], *holders: object, aliases: Aliases = NO_ALIASES
    ) -> tuple[str, ...]:
        """Return a connector's tariff ids, with those of the tariffs that stand in its holders.

        Args:
            tariff_ids: as the connector names them.
            holders: the connector, its EVSE and its location, in OCPI's words.
            aliases: the feed's.
        """
        entries = [entry for holder in holders for entry in _entries(holder, "", aliases)]
        ids = {entry.base_id: self.final_id(entry) for entry in entries}
        named = [ids.get(tariff_id, tariff_id) for tariff_id in tariff_ids]
        return tuple(dict.fromkeys([*named, *map(self.final_id, entries)]))


def inline_tariffs(
    raw_location: object,
    path: str,
    aliases: Aliases = NO_ALIASES,
    known: dict[str, str] | None = None,
) -> list[tuple[str, dict[str, Any]]]:
    """Return the tariffs inside a location as (JSON path, raw tariff with its id), each once.

    The id is the tariff's own, else the `tariff_id` under which it is listed, else the first 16
    hex digits of the SHA-256 of its JSON; connectors carry the same among their tariff ids.
    """
    found = InlineTariffs.of(raw_location, path, aliases, known)
    return [
        (entry.path, {**entry.raw, "id": found.final_id(entry)})
        for entry in found.entries.values()
        if isinstance(entry.raw, dict)
    ]


def _holders(
    raw_location: object, path: str, aliases: Aliases
) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the location, its EVSEs and their connectors, in OCPI's words, with their paths."""
    location = in_ocpi_words(raw_location, aliases.get(ObjectKind.LOCATION))
    if not isinstance(location, dict):
        return
    yield location, path
    for number, raw_evse in enumerate(objects(location, "evses", EVSE_KEYS)):
        evse = in_ocpi_words(raw_evse, aliases.get(ObjectKind.EVSE))
        if not isinstance(evse, dict):
            continue
        yield evse, f"{path}.evses[{number}]"
        for position, raw_connector in enumerate(objects(evse, "connectors", CONNECTOR_KEYS)):
            connector = in_ocpi_words(raw_connector, aliases.get(ObjectKind.CONNECTOR))
            if isinstance(connector, dict):
                yield connector, f"{path}.evses[{number}].connectors[{position}]"


def _entries(holder: object, path: str, aliases: Aliases) -> Iterator[Entry]:
    """Yield the tariffs, and links to tariffs, that stand in one object."""
    for key in INLINE_KEYS:
        if not isinstance(holder, dict) or not holder.get(key):
            continue
        value = holder[key]
        names = list(value) if isinstance(value, dict) else []
        listed = objects(holder, key, TARIFF_KEYS)
        is_keyed = bool(names) and listed != [value]
        for number, raw in enumerate(listed):
            name = names[number] if is_keyed else _only_tariff_id(holder, listed)
            if entry := _entry(raw, f"{path}.{key}[{number}]", name, aliases):
                yield entry


def _entry(raw: object, path: str, name: str | None, aliases: Aliases) -> Entry | None:
    if not isinstance(raw, dict):
        link = id_of({"id": raw})
        return Entry(path, raw, link, None) if link else None
    named = in_ocpi_words(raw, aliases.get(ObjectKind.TARIFF))
    assert isinstance(named, dict)  # noqa: S101 - an object stays one
    own = id_of(named) or id_of({"id": named.get("tariff_id")})
    if not any(named.get(key) for key in PRICED_KEYS):
        return Entry(path, named, own, None) if own else None
    digest = content_digest(raw)
    return Entry(path, named, own or name or digest[:LONG], digest)


def _only_tariff_id(holder: dict[str, Any], listed: list[Any]) -> str | None:
    """Return the one tariff that a connector names, when it holds one."""
    links = [*items(holder, "tariff_ids"), holder.get("tariff_id")]
    ids = {link for link in (id_of({"id": raw}) for raw in links) if link}
    return ids.pop() if len(ids) == 1 and len(listed) == 1 else None


def content_digest(raw: object) -> str:
    """Return the SHA-256 of a tariff in hex, whatever the order of its keys and its own clock."""
    if isinstance(raw, dict):
        raw = {key: value for key, value in raw.items() if key not in CLOCKS}
    return sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()
