"""Price lists for the tests of plausibility: short to write, and ordinary ones by currency."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from aggregator.domain.tariff import (
    Dimension,
    DisplayText,
    PriceBasis,
    PriceComponent,
    PriceList,
    Restrictions,
    TariffElement,
)
from aggregator.normalise.plausibility import flags_anywhere, load_ranges, tender_flags

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
RANGES = load_ranges(REFERENCE)
DAY = date(2026, 11, 22)
NET, GROSS, NO_TAX, UNKNOWN = (
    PriceBasis.NET,
    PriceBasis.GROSS,
    PriceBasis.NO_TAX,
    PriceBasis.UNKNOWN,
)
DIMENSIONS = {
    "kwh": Dimension.ENERGY,
    "hour": Dimension.TIME,
    "parking": Dimension.PARKING_TIME,
    "start": Dimension.FLAT,
}


def component(written, vat_rate=None):
    """Return the component of "kwh 0.49", "parking 7.20 60"; the third word is the step."""
    what, price, *step = written.split()
    dimension, steps = DIMENSIONS[what], int(step[0]) if step else 1
    is_timed = dimension in {Dimension.TIME, Dimension.PARKING_TIME}
    return PriceComponent(
        dimension,
        Decimal(price),
        None if vat_rate is None else Decimal(vat_rate),
        step_size_wh=steps if dimension is Dimension.ENERGY else 0,
        step_size_seconds=steps if is_timed else 0,
    )


def listed(currency, parts, basis=UNKNOWN, vat_rate=None, **more):
    """Return a price list of "kwh 0.49, start 1": one element for each part."""
    elements = (
        TariffElement((component(part.strip(), vat_rate),), Restrictions())
        for part in parts.split(",")
    )
    return PriceList(currency, basis, tuple(elements), **more)


def flags_of(price_list, alt_text=(), country=None, on=DAY):
    """Return what is implausible, sorted."""
    tender = tender_flags(price_list.currency, country, on)
    return tuple(sorted(flags_anywhere(price_list, alt_text, RANGES).union(tender)))


def flags(price_list, *texts, country=None, on=DAY):
    """Return the codes of what is implausible."""
    alt_text = [DisplayText("en", text) for text in texts]
    return [str(flag) for flag in flags_of(price_list, alt_text, country, on)]


# currency, country, components, basis, stated rate, text of the operator
ORDINARY = [
    ("GBP", "GBR", "kwh 0.79", GROSS, "0.2", "£0.79 per kWh"),
    ("GBP", "GB", "kwh 0.4917", NET, "0.2", "59p per kWh incl. VAT"),
    ("GBP", "GBR", "kwh 0.325", NET, None, "£0.39/kWh"),
    ("GBP", "GBR", "kwh 0.4", NET, "0.2", "East Riding Of Yorkshire Council Tariff - £0.48"),
    ("GBP", "GBR", "kwh 0.4083", NET, "0.2", "£0.49/kWh"),
    ("GBP", "GBR", "kwh 0.6584, start 0.1584", NET, "0.2", None),
    ("GBP", "GBR", "kwh 0.5, hour 50 60, start 0.833", NET, "0.2", None),
    ("GBP", "GBR", "kwh 0.69, parking 5.56 5400", UNKNOWN, "0.2", None),
    ("GBP", "GBR", "kwh 1.25", GROSS, None, None),
    ("GBP", "JEY", "kwh 0.56", NO_TAX, None, "56p/kWh"),
    ("GBP", "GIB", "kwh 0.45", UNKNOWN, None, None),
    ("EUR", "DEU", "kwh 0.49", GROSS, "0.19", "0,49 €/kWh"),
    ("EUR", "DEU", "kwh 0.59, parking 7.20 60", GROSS, None, "59 ct/kWh, ab 4 h 12 ct/min"),
    ("EUR", "DE", "kwh 0.4958", NET, "0.19", "Preis pro kWh: 0,59 €"),
    ("EUR", "DEU", "kwh 0.52, parking 6 1", GROSS, "0.19", "0,52 EUR/kWh + 0,10 EUR/min"),
    ("EUR", "DEU", "kwh 0.3277, start 0.2941", NET, "0.19", None),
    ("EUR", "AUT", "hour 6 60", GROSS, "0.2", "10 ct/min"),
    ("EUR", "FRA", "kwh 0.325, kwh 0.4083", NET, "0.2", "0,39 € TTC/kWh ou 0,49 € TTC/kWh"),
    ("EUR", "FRA", "kwh 0.55, hour 12 60", GROSS, "0.2", "0,55 € par kWh"),
    ("EUR", "NLD", "kwh 0.62, parking 3 60", UNKNOWN, None, "from 0.45 €/kWh"),
    ("EUR", "NLD", "hour 2, start 0.25", GROSS, None, "2.00 euro p/hour including VAT."),
    ("EUR", "BEL", "kwh 0.45", NET, "0.2", None),
    ("EUR", "ITA", "kwh 0.98", GROSS, "0.22", None),
    ("EUR", "BGR", "kwh 0.36", GROSS, "0.2", None),
    ("EUR", "HRV", "kwh 0.41, start 0", GROSS, "0.25", None),
    ("EUR", "FIN", "kwh 0.29, hour 1.20", GROSS, "0.255", None),
    ("EUR", "LTU", "kwh 0.05", GROSS, "0.21", None),
    ("SEK", "SWE", "kwh 5.49", GROSS, "0.25", "5,49 kr/kWh"),
    ("SEK", "SE", "kwh 3.992", NET, "0.25", "4,99 SEK per kWh inkl. moms"),
    ("SEK", "SWE", "kwh 3, hour 5", GROSS, "0.25", "3 kr/kWh och 5 kr/timme"),
    ("SEK", "SWE", "kwh 4.30, parking 240 60, start 10", GROSS, None, None),
    ("NOK", "NOR", "kwh 6.29", GROSS, "0.25", "kr 6,29 per kWh"),
    ("NOK", "NOR", "kwh 4.80, hour 30 60", GROSS, "0.25", "4,80 kr/kWh + 0,50 kr/min"),
    ("NOK", "SJM", "kwh 5", NO_TAX, None, None),
    ("DKK", "DNK", "kwh 3.95", GROSS, "0.25", "3,95 kr. pr. kWh"),
    ("DKK", "DNK", "kwh 2.796", NET, "0.25", "3,50 DKK/kWh"),
    ("DKK", "FRO", "kwh 2.50, parking 60", UNKNOWN, None, None),
    ("CHF", "CHE", "kwh 0.59, parking 6 60", GROSS, "0.081", "CHF 0.59/kWh"),
    ("CHF", "CHE", "kwh 0.62, start 1.50", GROSS, None, "62 Rp./kWh"),
    ("CHF", "LIE", "kwh 0.45", GROSS, "0.081", None),
    ("PLN", "POL", "kwh 2.69", GROSS, "0.23", "2,69 zł/kWh"),
    ("PLN", "POL", "kwh 1.6179, parking 24 60", NET, "0.23", "1,99 zł/kWh"),
    ("CZK", "CZE", "kwh 13.50", GROSS, "0.21", "13,50 Kč/kWh"),
    ("CZK", "CZE", "kwh 8.2645, hour 60 60", NET, "0.21", None),
    ("HUF", "HUN", "kwh 189", GROSS, "0.27", "189 Ft/kWh"),
    ("HUF", "HUN", "kwh 235.43, hour 1200 60", NET, "0.27", "299 Ft/kWh"),
    ("ISK", "ISL", "kwh 65, hour 570 60", GROSS, "0.24", None),
    ("ISK", "ISL", "kwh 79", GROSS, "0.24", None),
    ("RON", "ROU", "kwh 2.99", GROSS, "0.21", "2,99 lei/kWh"),
    ("RON", "ROU", "kwh 1.90, parking 30 60", UNKNOWN, None, None),
    ("EUR", "DEU", "kwh 0", GROSS, None, "Kostenlos"),
    ("GBP", "GBR", "start 0", UNKNOWN, None, "Free; a deposit of £20 is held and given back"),
]
