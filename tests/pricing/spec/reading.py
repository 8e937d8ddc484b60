"""The specification's example tariffs in each version's own JSON, read as a feed's are."""

import json
from datetime import datetime
from decimal import Decimal

from aggregator.domain.problem import Account, ObjectType
from aggregator.domain.session import ChargingSession, ProfiledSession, ReservedTime, Stretch
from aggregator.feeds import OcpiVersion, StatedPrices
from aggregator.formats.defaults import Defaults
from aggregator.formats.reading import Reader
from aggregator.formats.records import read_record
from tests.pricing.price_lists import BERLIN

V2_2_1, V2_3_0 = OcpiVersion.V2_2_1, OcpiVersion.V2_3_0
VERSIONS = (V2_2_1, V2_3_0)
LIMIT_WORDS = {V2_2_1: ("excl_vat", "incl_vat"), V2_3_0: ("before_taxes", "after_taxes")}


def component(dimension, price, vat=None, step_size=1):
    """Return a price component; without `vat` the field is left out."""
    stated = {"type": dimension, "price": price, "step_size": step_size}
    return stated if vat is None else {**stated, "vat": vat}


def element(*components, **restrictions):
    plain = {"price_components": list(components)}
    return {**plain, "restrictions": restrictions} if restrictions else plain


def limit(version, net, gross):
    """Return a lowest or highest price in the version's words."""
    return dict(zip(LIMIT_WORDS[version], (net, gross), strict=True))


def read(version, *elements, prices=StatedPrices.AS_STATED, tax_included="NO", **fields):
    """Return the price list that is read from the example's JSON, without a single note."""
    raw = {
        "country_code": "DE",
        "party_id": "ALL",
        "id": "12",
        "currency": "EUR",
        "elements": list(elements),
        "last_updated": "2018-12-05T12:01:09Z",
        **fields,
    }
    if version is V2_3_0 and tax_included:
        raw["tax_included"] = tax_included
    defaults = Defaults(ocpi_version=version, prices=prices)
    account = Account()
    found = read_record(
        ObjectType.TARIFF, json.dumps(raw).encode(), "$.data[0]", defaults, Reader(account)
    )
    assert not account.notes
    assert not account.rejections
    return found.tariffs[0].record.price_list


def read_excluding_tax(version, *elements):
    """Return an example that names no VAT rate but says that its prices are without VAT.

    2.2.1 can say so only in its text: the feed's setting does (ruling 9). 2.3.0 has a field.
    """
    prices = StatedPrices.NET if version is V2_2_1 else StatedPrices.AS_STATED
    return read(version, *elements, prices=prices)


def session(
    kwh="0",
    minutes="60",
    parked="0",
    start="2026-11-23T09:00",
    current_a=None,
    reserved=None,
    expired=False,
):
    """Return a session; a current in A and minutes of a reservation where they are given."""
    return ChargingSession(
        datetime.fromisoformat(start).replace(tzinfo=BERLIN),
        Decimal(kwh),
        Decimal(minutes),
        Decimal(parked),
        None if current_a is None else Decimal(current_a),
        None if reserved is None else ReservedTime(Decimal(reserved), expired=expired),
    )


def profile(*stretches, start="2026-11-23T09:00"):
    """Return a session of stretches of charging: (minutes, kWh)."""
    return ProfiledSession(
        datetime.fromisoformat(start).replace(tzinfo=BERLIN),
        tuple(
            Stretch(charging=True, minutes=Decimal(minutes), energy_kwh=Decimal(kwh))
            for minutes, kwh in stretches
        ),
    )


def rows(found):
    """Return the lines as the text's tables show them: dimension, quantity, cost, with VAT.

    Quantities are in minutes, kWh or sessions. Amounts are rounded to a tenth of a cent, as the
    finest in the text.
    """
    return [
        (
            line.dimension.value,
            _shown(line.billed_quantity * (60 if line.unit == "h" else 1)),
            _shown(line.net),
            _shown(line.gross),
        )
        for line in found.lines
    ]


def _shown(number):
    return None if number is None else Decimal(round(number, 3)).normalize() + 0


def row(dimension, quantity, net, gross):
    """Return a row of one of the text's tables; None where it states no amount with VAT."""
    amounts = (None if amount is None else Decimal(amount) for amount in (quantity, net, gross))
    return (dimension, *(None if a is None else a.normalize() + 0 for a in amounts))
