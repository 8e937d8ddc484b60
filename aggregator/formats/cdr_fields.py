"""The fields of a CDR of OCPI 2.1.1, 2.2.1 and 2.3.0, and what they may be called."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, field_validator

from aggregator.domain.cdr import CostPart, StatedCost
from aggregator.formats.figures import number
from aggregator.formats.keys import spellings
from aggregator.formats.values import Degrees, Flag, Identifier, Moment, Number, Text, word

KEYS = (
    "id currency start_date_time end_date_time stop_date_time credit tariffs charging_periods "
    "dimensions type volume tariff_id "
    "cdr_location location country time_zone coordinates latitude longitude "
    "total_cost total_fixed_cost total_energy_cost total_time_cost total_parking_cost "
    "total_reservation_cost excl_vat incl_vat before_taxes after_taxes taxes amount "
    "total_energy total_time total_parking_time"
)
BY_SPELLING = {other: name for name in KEYS.split() for other in spellings(name)}

MOST = 10**9
NeededNumber = Annotated[Decimal, BeforeValidator(number), Field(ge=-MOST, le=MOST)]
NeededWord = Annotated[str, BeforeValidator(word)]
NeededCurrency = Annotated[str, BeforeValidator(word), Field(pattern=r"^[A-Z]{3}$")]


def in_words_of_cdrs(raw: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON with keys such as `chargingPeriods` under OCPI's names; tariffs as they are.

    >>> in_words_of_cdrs({"totalCost": {"exclVat": 4}})
    {'total_cost': {'excl_vat': 4}}
    """
    if isinstance(raw, list):
        return [in_words_of_cdrs(one) for one in raw]
    if not isinstance(raw, dict):
        return raw
    others = {BY_SPELLING[key]: value for key, value in raw.items() if key in BY_SPELLING}
    named = others | {key: value for key, value in raw.items() if key not in BY_SPELLING}
    return {
        key: value if key == "tariffs" else in_words_of_cdrs(value) for key, value in named.items()
    }


class DimensionFields(BaseModel):
    """CdrDimension."""

    type: NeededWord
    volume: NeededNumber


class PeriodFields(BaseModel):
    """ChargingPeriod."""

    start_date_time: Moment
    dimensions: list[DimensionFields] = Field(default_factory=list)
    tariff_id: Text = None


class TaxFields(BaseModel):
    """TaxAmount of 2.3.0."""

    amount: Number = None


class CostFields(BaseModel):
    """Price of 2.2.1 and of 2.3.0; a bare number of 2.1.1 is without tax."""

    excl_vat: Number = None
    incl_vat: Number = None
    before_taxes: Number = None
    after_taxes: Number = None
    taxes: list[TaxFields] | None = None

    @property
    def stated(self) -> StatedCost:
        """The amounts; in 2.3.0 the taxes stand one by one."""
        net = self.before_taxes if self.excl_vat is None else self.excl_vat
        gross = self.after_taxes if self.incl_vat is None else self.incl_vat
        if gross is None and net is not None and self.taxes is not None:
            amounts = [tax.amount for tax in self.taxes if tax.amount is not None]
            is_whole = len(amounts) == len(self.taxes)
            gross = net + sum(amounts, Decimal(0)) if is_whole else None
        return StatedCost(net, gross)


class CoordinateFields(BaseModel):
    """GeoLocation."""

    latitude: Degrees = None
    longitude: Degrees = None


class PlaceFields(BaseModel):
    """CdrLocation, or the Location of 2.1.1."""

    country: Text = None
    time_zone: Text = None
    coordinates: CoordinateFields | None = None


class CdrFields(BaseModel):
    """CDR."""

    id: Identifier
    currency: NeededCurrency
    start_date_time: Moment
    end_date_time: Moment = None
    stop_date_time: Moment = None
    cdr_location: PlaceFields | None = None
    location: PlaceFields | None = None
    charging_periods: list[PeriodFields] = Field(min_length=1)
    total_cost: CostFields
    total_fixed_cost: CostFields | None = None
    total_energy_cost: CostFields | None = None
    total_time_cost: CostFields | None = None
    total_parking_cost: CostFields | None = None
    total_reservation_cost: CostFields | None = None
    total_energy: Number = None
    total_time: Number = None
    total_parking_time: Number = None
    credit: Flag = None

    @field_validator(*CostPart, mode="before")
    @classmethod
    def _bare_number_is_net(cls, value: object) -> object:
        return value if value is None or isinstance(value, dict) else {"excl_vat": value}
