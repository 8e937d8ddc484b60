"""What describes one simulated operator: facts only, read by everything else in this package."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from aggregator.domain.tariff import TariffElement, TariffType
from aggregator.feeds import OcpiVersion, StatedPrices

# A JSON object as it goes over the wire; several operators publish wrong types on purpose.
Record = dict[str, Any]


class PowerClass(StrEnum):
    """What a connector can deliver, as operators set their prices by it."""

    AC = "ac"  # up to 22 kW
    DC = "dc"  # 50 kW
    HPC = "hpc"  # 150 kW and more


class Transport(StrEnum):
    """How an operator hands its data over."""

    SERVER = "server"  # an OCPI server that answers in pages
    SLOW_SERVER = "slow_server"  # the same, late
    FALTERING_SERVER = "faltering_server"  # the first request for each page gets 503
    GZIP_FILE = "gzip_file"  # two .json.gz files with bare arrays, no OCPI server


class TaxForm(StrEnum):
    """How an operator writes its consumer prices."""

    NET_WITH_RATE = "net_with_rate"
    NET_WITHOUT_RATE = "net_without_rate"
    GROSS_UNSAID = "gross_unsaid"


class TariffScope(StrEnum):
    """What has a tariff id of its own."""

    CITY = "city"
    SITE = "site"  # equal price lists under many ids, as hubs and chargers' back ends publish


@dataclass(frozen=True, slots=True)
class Country:
    """vat_percent: 25 for 25 %. streets: names to put into addresses."""

    alpha_3: str
    time_zone: str
    vat_percent: Decimal
    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class City:
    """A town with stations. postal_code: `#` stands for any digit. price_factor: local price level.

    The straight line to the operator's next city in the same country stands for a motorway.
    """

    code: str
    name: str
    country: Country
    latitude: float
    longitude: float
    postal_code: str
    price_factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A tariff before it is written for one place: prices are what people pay, tax included.

    names: (language, name). tax_included: what OCPI 2.3.0 says; older versions cannot.
    min_price / max_price: of a session, tax included.
    """

    code: str
    names: tuple[tuple[str, str], ...]
    elements: tuple[TariffElement, ...]
    tariff_type: TariffType | None = None
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    tax_included: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """The plans that apply together to connectors of one power class at a site.

    Each site has one of its operator's offers for each class; one that is listed twice is twice
    as frequent.
    """

    power_class: PowerClass
    plan_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operator:
    """One simulated operator.

    weight: share of all sites, relative to the other operators.
    prices / prices_evidence: what the feed file says about tax, beyond the records.
    price_step: consumer prices per kWh are multiples of it.
    card_share: share of fast charging sites whose EVSEs publish a card terminal, 0 to 1.
    page_cap: most objects that its server puts on one page.
    has_defects: a few per cent of its records are bad, see `defects`.
    """

    operator_id: str
    name: str
    country_code: str
    party_id: str
    currency: str
    ocpi_version: OcpiVersion
    cities: tuple[City, ...]
    plans: tuple[Plan, ...]
    offers: tuple[Offer, ...]
    price_step: Decimal = Decimal("0.01")
    weight: int = 4
    card_share: float = 0.5
    tax_form: TaxForm = TaxForm.NET_WITH_RATE
    prices: StatedPrices = StatedPrices.AS_STATED
    prices_evidence: str | None = None
    tariff_scope: TariffScope = TariffScope.CITY
    transport: Transport = Transport.SERVER
    page_cap: int = 250
    needs_token: bool = False
    has_defects: bool = False

    @property
    def feed_id(self) -> str:
        """The id of its feed file."""
        return f"demo_{self.operator_id}"

    @property
    def token_env(self) -> str | None:
        """The environment variable that holds its token; None when it asks for none."""
        return f"KLARPRIS_DEMO_{self.operator_id.upper()}_TOKEN" if self.needs_token else None

    @property
    def token(self) -> str | None:
        """Its token; nothing secret, as it opens made-up data only."""
        return f"demo-token-of-{self.operator_id}" if self.needs_token else None
