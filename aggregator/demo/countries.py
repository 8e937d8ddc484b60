"""Countries in which more than one operator has stations, so that there is something to compare."""

from decimal import Decimal

from aggregator.demo.description import Country

GERMAN_STREETS = ("Hauptstraße", "Bahnhofstraße", "Gartenstraße", "Industriestraße", "Marktplatz")
GERMANY = Country("DEU", "Europe/Berlin", Decimal(19), GERMAN_STREETS)
AUSTRIA = Country("AUT", "Europe/Vienna", Decimal(20), GERMAN_STREETS)
NETHERLANDS = Country(
    alpha_3="NLD",
    time_zone="Europe/Amsterdam",
    vat_percent=Decimal(21),
    streets=("Stationsplein", "Kerkstraat", "Dorpsstraat", "Industrieweg", "Molenweg"),
)
FRANCE = Country(
    alpha_3="FRA",
    time_zone="Europe/Paris",
    vat_percent=Decimal(20),
    streets=("Rue de la République", "Avenue de la Gare", "Rue Victor Hugo", "Place du Marché"),
)
