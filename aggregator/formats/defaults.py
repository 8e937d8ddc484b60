"""What a feed's file says where its records are silent, and what the version means by silence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from aggregator.feeds import Feed, ObjectKind, OcpiVersion, StatedPrices

UNKNOWN_COUNTRY = "ZZ"  # ISO 3166-1 user-assigned; CLDR: "Unknown Region"
UNKNOWN_PARTY = "ZZZ"


@dataclass(frozen=True, slots=True)
class Defaults:
    """Facts about a feed that its records may leave out.

    time_zone: the zone in which the feed writes times without an offset; None: read as UTC.
    aliases: for each kind of object, OCPI's field -> where this feed's objects keep it.
    """

    ocpi_version: OcpiVersion = OcpiVersion.V2_2_1
    country_code: str = UNKNOWN_COUNTRY
    party_id: str = UNKNOWN_PARTY
    operator_name: str | None = None
    time_zone: ZoneInfo | None = None
    prices: StatedPrices = StatedPrices.AS_STATED
    aliases: Mapping[ObjectKind, Mapping[str, str]] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, feed: Feed, ocpi_version: OcpiVersion) -> "Defaults":
        """Return the defaults that a feed file states."""
        return cls(
            ocpi_version=ocpi_version,
            country_code=feed.country_code or UNKNOWN_COUNTRY,
            party_id=feed.party_id or UNKNOWN_PARTY,
            operator_name=feed.operator_name,
            time_zone=ZoneInfo(feed.time_zone) if feed.time_zone else None,
            prices=feed.prices,
            aliases=feed.layout.aliases,
        )
