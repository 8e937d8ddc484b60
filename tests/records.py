"""Small canonical records for tests; every value can be said otherwise."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from msgspec import structs

from aggregator.domain.location import Connector, Evse, Location, PowerSource
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceList,
    Tariff,
    TariffElement,
    TariffType,
)

SPRING = datetime(2026, 3, 1, 12, tzinfo=UTC)


def connector(connector_id="1", **values):
    plain = Connector(
        connector_id=connector_id,
        standard="IEC_62196_T2_COMBO",
        format="CABLE",
        power_type="DC",
        max_power_kw=Decimal(150),
        max_power_source=PowerSource.DECLARED,
        tariff_ids=("T1",),
        last_updated=SPRING,
    )
    return structs.replace(plain, **values)


def evse(evse_uid="E1", **values):
    plain = Evse(
        evse_uid=evse_uid,
        evse_id=f"SE*AAA*E{evse_uid}",
        status="AVAILABLE",
        capabilities=("CREDIT_CARD_PAYABLE", "RFID_READER"),
        physical_reference=None,
        connectors=(connector(),),
        last_updated=SPRING,
    )
    return structs.replace(plain, **values)


def location(location_id="L1", **values):
    plain = Location(
        country_code="SE",
        party_id="AAA",
        location_id=location_id,
        publish=True,
        name=f"Station {location_id}",
        address="Storgatan 1",
        city="Göteborg",
        postal_code="411 38",
        country="SWE",
        latitude=57.7,
        longitude=11.97,
        time_zone="Europe/Stockholm",
        operator_name="Ampere AB",
        evses=(evse(),),
        last_updated=SPRING,
    )
    return structs.replace(plain, **values)


def price_list(price="5.00", **values):
    plain = PriceList(
        currency="SEK",
        price_basis=PriceBasis.NET,
        elements=(
            TariffElement((PriceComponent(Dimension.ENERGY, Decimal(price), Decimal("0.25")),)),
        ),
    )
    return replace(plain, **values)


def tariff(tariff_id="T1", price="5.00", **values):
    plain = Tariff(
        country_code="SE",
        party_id="AAA",
        tariff_id=tariff_id,
        type=TariffType.AD_HOC_PAYMENT,
        price_list=price_list(price),
        last_updated=SPRING,
    )
    return replace(plain, **values)
