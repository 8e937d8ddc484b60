"""A location with its EVSEs and connectors, as far as prices and their comparison need them.

These are msgspec structs, not dataclasses: a large feed has millions of them, and making one of
them takes a fifth of the time.
"""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class PowerSource(StrEnum):
    """Where `Connector.max_power_kw` comes from."""

    DECLARED = "declared"
    DECLARED_IN_KW = "declared_in_kw"  # the watt field held kilowatts
    COMPUTED = "computed"  # voltage times current


class Connector(Struct, frozen=True, gc=False):
    """One plug. Unknown values are None; `standard` keeps values outside the enum as published.

    capabilities: OCPI 2.3.0's, of the plug: whether it takes Plug & Charge.
    """

    connector_id: str
    standard: str | None
    format: str | None
    power_type: str | None
    max_power_kw: Decimal | None
    max_power_source: PowerSource | None
    tariff_ids: tuple[str, ...]
    last_updated: datetime | None
    capabilities: tuple[str, ...] = ()


class Evse(Struct, frozen=True, gc=False):
    """One parking bay's supply: one vehicle at a time.

    accepted_service_providers: names of those whose contracts are taken, as OCPI 2.3.0 lists them.
    """

    evse_uid: str
    evse_id: str | None
    status: str | None
    capabilities: tuple[str, ...]
    physical_reference: str | None
    connectors: tuple[Connector, ...]
    last_updated: datetime | None
    accepted_service_providers: tuple[str, ...] = ()


class Location(Struct, frozen=True, gc=False):
    """One site of one party.

    country: ISO 3166-1 alpha-3. latitude / longitude: WGS 84 degrees. time_zone: IANA name.
    publish: False when the operator asks that the site is not shown to the public. opening_times:
    as `domain.opening.to_texts`; none where it states none.
    """

    country_code: str
    party_id: str
    location_id: str
    publish: bool
    name: str | None
    address: str | None
    city: str | None
    postal_code: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    time_zone: str | None
    operator_name: str | None
    evses: tuple[Evse, ...]
    last_updated: datetime | None
    opening_times: tuple[str, ...] = ()
