"""What a plan may say; an unknown key is an error, a real price without a source too."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    ValidationInfo,
    field_validator,
    model_validator,
)

from aggregator.operators.operator import Slug, Spelling, Url
from aggregator.plans.values import Amount, Clock, CountryCode, Currency, FreeMinutes, VatRate

MOST_ENTRIES = 5_000


class PowerClass(StrEnum):
    """How fast a connector is: AC up to 22 kW, above 22 kW, from 50 kW, from 150 kW."""

    AC = "ac"
    MID = "mid"
    DC = "dc"
    HPC = "hpc"


class Tax(StrEnum):
    """Whether the amounts of a plan include VAT."""

    GROSS = "gross"
    NET = "net"


class PriceEntry(BaseModel):
    """What a plan charges at some chargers, in its currency.

    operators: slugs of data/operators; None: all. countries: None: all of the plan.
    free_minutes, parking_free_minutes: from the start of the session, charging included.
    start_time / end_time: local to the charger; an end before the start wraps past midnight.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    operators: Annotated[tuple[Spelling, ...], Field(min_length=1)] | None = None
    power_class: Annotated[tuple[PowerClass, ...], Field(min_length=1)] | None = None
    countries: Annotated[tuple[CountryCode, ...], Field(min_length=1)] | None = None
    start_time: Clock | None = None
    end_time: Annotated[Clock | None, Field(validate_default=True)] = None
    per_kwh: Amount | None = None
    per_minute: Amount | None = None
    free_minutes: FreeMinutes | None = None
    parking_per_minute: Amount | None = None
    parking_free_minutes: FreeMinutes | None = None
    start_fee: Amount | None = None

    @property
    def has_window(self) -> bool:
        """Whether it holds at some hours of the day only."""
        return self.start_time is not None

    @field_validator("end_time")
    @classmethod
    def _makes_a_window(cls, end_time: Clock | None, info: ValidationInfo) -> Clock | None:
        if "start_time" not in info.data:
            return end_time
        start_time = info.data["start_time"]
        if (start_time is None) != (end_time is None):
            message = "'start_time' and 'end_time' belong together: write both or none"
            raise ValueError(message)
        if end_time is not None and end_time == start_time:
            message = "the same as 'start_time': leave both out for the whole day"
            raise ValueError(message)
        return end_time

    @field_validator("free_minutes", "parking_free_minutes")
    @classmethod
    def _goes_before_a_price(cls, minutes: int | None, info: ValidationInfo) -> int | None:
        name = (info.field_name or "").replace("free_minutes", "per_minute")
        if minutes is not None and name in info.data and info.data[name] is None:
            message = f"there is no '{name}' that could begin after them"
            raise ValueError(message)
        return minutes

    @model_validator(mode="after")
    def _charges_for_charging(self) -> Self:
        if self.per_kwh is None and self.per_minute is None and self.start_fee is None:
            message = "states no price for charging: write per_kwh = 0 where it is free"
            raise ValueError(message)
        return self


class Plan(BaseModel):
    """What a provider charges those who have this contract.

    monthly_fee: per month, in the currency. vat_rate: of all amounts; where they are net, needed.
    valid_to: the first day on which it is over; None: not known to end.
    price_entries: the first that matches a charger counts.
    Each key is described where plans are explained to people: data/plans/README.md.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: Slug
    synthetic: StrictBool = False
    provider: Spelling
    name: Spelling
    countries: Annotated[tuple[CountryCode, ...], Field(min_length=1)]
    currency: Currency
    monthly_fee: Amount
    tax: Tax
    vat_rate: Annotated[VatRate | None, Field(validate_default=True)] = None
    valid_from: Annotated[date, Field(strict=True)]
    valid_to: Annotated[date, Field(strict=True)] | None = None
    source_url: Annotated[Url | None, Field(validate_default=True)] = None
    read_on: Annotated[date | None, Field(strict=True, validate_default=True)] = None
    licence: Spelling | None = None
    price_entries: Annotated[
        tuple[PriceEntry, ...], Field(alias="price", min_length=1, max_length=MOST_ENTRIES)
    ]

    def holds_on(self, day: date) -> bool:
        """Tell whether the plan's prices are those of a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @field_validator("vat_rate")
    @classmethod
    def _is_known_where_net(cls, vat_rate: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if vat_rate is None and info.data.get("tax") is Tax.NET:
            message = 'needed with tax = "net", as 0.25 for 25 %'
            raise ValueError(message)
        return vat_rate

    @field_validator("valid_to")
    @classmethod
    def _comes_after_the_beginning(cls, valid_to: date | None, info: ValidationInfo) -> date | None:
        valid_from = info.data.get("valid_from")
        if valid_to and valid_from and valid_to <= valid_from:
            message = "the first day on which it is over: it must be after 'valid_from'"
            raise ValueError(message)
        return valid_to

    @field_validator("source_url", "read_on")
    @classmethod
    def _is_known_where_real(
        cls, fact: str | date | None, info: ValidationInfo
    ) -> str | date | None:
        if fact is None and info.data.get("synthetic") is False:
            message = "missing: say where the prices stand and on which day somebody read them"
            raise ValueError(message)
        return fact
