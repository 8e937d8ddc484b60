"""Where a foreign document keeps what OCPI keeps in `data`, and under which names."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from aggregator.feeds.values import JsonPath


class ObjectKind(StrEnum):
    """Objects whose fields can be renamed."""

    LOCATION = "location"
    EVSE = "evse"
    CONNECTOR = "connector"
    TARIFF = "tariff"


class Layout(BaseModel):
    """Facts about documents that are not wrapped or worded like OCPI.

    envelope: what `locations_at` and `tariffs_at` start from. aliases: for each kind of object,
    OCPI's name of a field -> the path of the value in this feed's objects, dots going inwards.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    envelope: JsonPath | None = None
    locations_at: JsonPath | None = None
    tariffs_at: JsonPath | None = None
    aliases: Mapping[ObjectKind, Mapping[str, JsonPath]] = Field(default_factory=dict)
