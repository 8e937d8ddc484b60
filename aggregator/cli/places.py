"""`klarpris places`: which towns and postcodes a text finds, as the dashboard finds them."""

from typing import Annotated

import typer

from aggregator.cli.output import print_error, print_json, print_table
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.normalise.country_match import alpha_3
from aggregator.store.queries import Reader
from aggregator.store.reading import published

COLUMNS = {
    "place": "Place",
    "kind": "Kind",
    "name": "Name",
    "country": "Country",
    "region_1_name": "Region",
    "radius_km": "Radius km",
    "locations": "Locations",
    "priced_locations": "With prices",
    "found_by": "Found by",
}
Text = Annotated[
    str, typer.Argument(metavar="TEXT", help="Beginning of a name or postcode, accents or not.")
]
Country = Annotated[
    str | None, typer.Option(help="Whose places go first: ISO 3166-1, such as DE or DEU.")
]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="At most this many.")]


def places(
    text: Text,
    country: Country = None,
    limit: Limit = 20,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """List the towns and postcodes that somebody may mean by a text, the likeliest first."""
    reader = Reader(published(chosen_settings(demo=demo).snapshots_folder))
    rows = reader.places_named(text, _alpha_3(country), limit)
    if as_json:
        print_json(rows)
    elif rows:
        cells = ([row[key] for key in COLUMNS] for row in rows)
        print_table("Places", list(COLUMNS.values()), cells)
    else:
        print_error("no town or postcode with chargers is called so")
    raise typer.Exit(0 if rows else 1)


def _alpha_3(country: str | None) -> str | None:
    """Return the country as places have it; what is no country is wrong use."""
    found = alpha_3(country)
    if country is not None and found is None:
        message = f"{country!r} is no country code of ISO 3166-1"
        raise typer.BadParameter(message)
    return found
