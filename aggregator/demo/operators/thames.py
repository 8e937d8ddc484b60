"""Great Britain, OCPI 2.2.1, open: net prices whose VAT is left out, overstay fees, free sites."""

from decimal import Decimal

from aggregator.demo.charges import after_minutes, always, energy, per_minute, per_session
from aggregator.demo.description import City, Country, Offer, Operator, Plan, PowerClass, TaxForm
from aggregator.domain.tariff import TariffType
from aggregator.feeds import OcpiVersion

BRITAIN = Country(
    alpha_3="GBR",
    time_zone="Europe/London",
    vat_percent=Decimal(20),
    streets=("High Street", "Station Road", "Church Lane", "Mill Road", "Victoria Road"),
)

OPERATOR = Operator(
    operator_id="thames",
    name="Thames Charge (demo)",
    country_code="GB",
    party_id="THC",
    currency="GBP",
    ocpi_version=OcpiVersion.V2_2_1,
    card_share=0.9,
    tax_form=TaxForm.NET_WITHOUT_RATE,
    cities=(
        City("LON", "London", BRITAIN, 51.515, -0.130, "SE# #AB", Decimal("1.06")),
        City("OXF", "Oxford", BRITAIN, 51.752, -1.256, "OX# #DE"),
        City("BHM", "Birmingham", BRITAIN, 52.480, -1.895, "B# #HJ", Decimal("0.96")),
        City("MAN", "Manchester", BRITAIN, 53.479, -2.245, "M# #LN"),
        City("LDS", "Leeds", BRITAIN, 53.797, -1.548, "LS# #PQ", Decimal("0.96")),
        City("EDI", "Edinburgh", BRITAIN, 55.938, -3.210, "EH# #RS"),
        City("GLA", "Glasgow", BRITAIN, 55.860, -4.250, "G# #TU", Decimal("0.94")),
    ),
    plans=(
        Plan("lamp", (("en", "Lamp post"),), (always(energy("0.54")),)),
        Plan("guest", (("en", "Free for customers"),), (always(per_session("0")),)),
        Plan(
            "rapid",
            (("en", "Rapid, overstay fee after 90 minutes"),),
            (after_minutes(90, per_minute("0.20")), always(energy("0.69"))),
            min_price=Decimal("1.00"),
        ),
        Plan(
            "ultra",
            (("en", "Ultra-rapid, contactless"),),
            (always(energy("0.79")),),
            tariff_type=TariffType.AD_HOC_PAYMENT,
        ),
        Plan(
            "ultra-app",
            (("en", "Ultra-rapid in the app"), ("cy", "Gwefru cyflym iawn yn yr ap")),
            (always(energy("0.69")),),
            tariff_type=TariffType.REGULAR,
        ),
    ),
    offers=(
        Offer(PowerClass.AC, ("lamp",)),
        Offer(PowerClass.AC, ("lamp",)),
        Offer(PowerClass.AC, ("guest",)),
        Offer(PowerClass.DC, ("rapid",)),
        Offer(PowerClass.HPC, ("ultra", "ultra-app")),
    ),
)
