"""Reads records as a harvest does, and counts what they are instead of keeping them."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aggregator.domain.location import Location, PowerSource
from aggregator.domain.problem import Account, ObjectType
from aggregator.domain.tariff import Tariff
from aggregator.feeds import Feed, OcpiVersion
from aggregator.formats.defaults import Defaults
from aggregator.formats.document import RecordBatch
from aggregator.formats.reading import Reader
from aggregator.formats.records import read_record
from aggregator.formats.shapes import guess_version
from aggregator.sources.page import Page, naming

PartyKey = tuple[str, str]


@dataclass(slots=True)
class PartyTally:
    """What one operator has."""

    names: Counter[str] = field(default_factory=Counter)
    counts: Counter[ObjectType] = field(default_factory=Counter)


@dataclass(slots=True)
class Tally:
    """What the documents of one check hold.

    version: that of the source, else what the first records look like. links: how many connectors
    name each set of tariffs.
    """

    feed: Feed | None
    version: OcpiVersion | None = None
    account: Account = field(default_factory=Account)
    records: int = 0
    places: dict[ObjectType, dict[str, None]] = field(default_factory=dict)
    geojson: bool = False
    inline_tariffs: int = 0
    power_in_kw: int = 0
    repeated: Counter[ObjectType] = field(default_factory=Counter)
    links: Counter[tuple[str, ...]] = field(default_factory=Counter)
    tariff_ids: set[str] = field(default_factory=set)
    tariff_types: Counter[str] = field(default_factory=Counter)
    currencies: Counter[str] = field(default_factory=Counter)
    bases: Counter[str] = field(default_factory=Counter)
    components: int = 0
    components_with_vat: int = 0
    parties: dict[PartyKey, PartyTally] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    _seen: set[tuple[ObjectType, PartyKey, str]] = field(default_factory=set)

    def read(self, page: Page) -> None:
        """Count one document's records.

        Raises:
            SourceError, FormatError: it cannot be used; what came before counts.
        """
        reader = Reader(self.account, page.url)
        with naming(page.url):
            for batch in page.document.batches():
                self._batch(batch, reader)

    @property
    def connectors_naming_a_tariff(self) -> int:
        """Connectors that name at least one tariff."""
        return sum(count for ids, count in self.links.items() if ids)

    @property
    def connectors_naming_a_known_tariff(self) -> int:
        """Connectors of which at least one tariff came."""
        known = self.tariff_ids
        return sum(count for ids, count in self.links.items() if not known.isdisjoint(ids))

    def _batch(self, batch: RecordBatch, reader: Reader) -> None:
        self.places.setdefault(batch.object_type, {})[batch.json_path] = None
        if batch.first == 0:
            self.geojson |= any(_is_feature(record) for record in batch.sample())
        defaults = self._defaults(batch)
        for position, raw in enumerate(batch.records, start=batch.first):
            path = f"{batch.json_path}[{position}]"
            found = read_record(batch.object_type, raw, path, defaults, reader)
            if found.location:
                self._location(found.location.record)
            for tariff in found.tariffs:
                self._tariff(tariff.record)
            if batch.object_type is ObjectType.LOCATION:
                self.inline_tariffs += len(found.tariffs)
        self.records += len(batch.records)

    def _defaults(self, batch: RecordBatch) -> Defaults:
        if self.version is None:
            self.version = guess_version(batch.object_type, batch.sample())
        feed = self.feed
        return Defaults.of(feed, self.version) if feed else Defaults(ocpi_version=self.version)

    def _location(self, location: Location) -> None:
        party = self._party(location.country_code, location.party_id)
        self._note_id(ObjectType.LOCATION, location, location.location_id)
        party.counts[ObjectType.LOCATION] += 1
        party.counts[ObjectType.EVSE] += len(location.evses)
        if location.operator_name:
            party.names[location.operator_name] += 1
        if location.country:
            self.countries[location.country] += 1
        for evse in location.evses:
            party.counts[ObjectType.CONNECTOR] += len(evse.connectors)
            for connector in evse.connectors:
                self.links[connector.tariff_ids] += 1
                self.power_in_kw += connector.max_power_source is PowerSource.DECLARED_IN_KW

    def _tariff(self, tariff: Tariff) -> None:
        self._note_id(ObjectType.TARIFF, tariff, tariff.tariff_id)
        self._party(tariff.country_code, tariff.party_id).counts[ObjectType.TARIFF] += 1
        self.tariff_ids.add(tariff.tariff_id)
        self.tariff_types[tariff.type or "not stated"] += 1
        self.currencies[tariff.price_list.currency] += 1
        self.bases[tariff.price_list.price_basis] += 1
        for element in tariff.price_list.elements:
            self.components += len(element.price_components)
            stated = [one for one in element.price_components if one.vat_rate is not None]
            self.components_with_vat += len(stated)

    def _party(self, country_code: str, party_id: str) -> PartyTally:
        return self.parties.setdefault((country_code, party_id), PartyTally())

    def _note_id(self, kind: ObjectType, record: Location | Tariff, name: str) -> None:
        key = kind, (record.country_code, record.party_id), name
        self.repeated[kind] += key in self._seen
        self._seen.add(key)


def _is_feature(record: Any) -> bool:  # noqa: ANN401 - any JSON
    return isinstance(record, dict) and record.get("type") == "Feature"
