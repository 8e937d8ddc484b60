"""Where a charger is: well-known places, their regions written down by hand; the map's edges."""

import math
import shutil
from pathlib import Path

import numpy as np
import pytest

from aggregator.errors import ReferenceFileError
from aggregator.normalise.region import Boundaries

FOLDER = Path(__file__).resolve().parents[2] / "data" / "regions"
KM_PER_DEGREE = 111.2
PLACES = [
    ("Göteborg", 57.7089, 11.9746, "SWE", "SE-O", "Västra Götaland"),
    ("Flensburg", 54.7833, 9.4333, "DEU", "DE-SH", "Schleswig-Holstein"),
    ("Padborg, across the border", 54.8266, 9.3570, "DNK", "DK-83", "Syddanmark"),
    ("Basel Badischer Bahnhof", 47.5675, 7.6077, "CHE", "CH-BS", "Basel-Stadt"),
    ("Weil am Rhein", 47.594, 7.611, "DEU", "DE-BW", "Baden-Württemberg"),
    ("Baarle-Hertog, church", 51.4421, 4.9300, "BEL", "BE-VAN", "Antwerp"),
    ("Baarle-Nassau, north", 51.4490, 4.9290, "NLD", "NL-NB", "Noord-Brabant"),
    ("Büsingen", 47.6967, 8.6892, "DEU", "DE-BW", "Baden-Württemberg"),
    ("Campione d'Italia", 45.9717, 8.9706, "ITA", "IT-25", "Lombardia"),
    ("Konstanz", 47.6603, 9.1758, "DEU", "DE-BW", "Baden-Württemberg"),
    ("Görlitz", 51.1526, 14.9872, "DEU", "DE-SN", "Sachsen"),
    ("Zgorzelec", 51.1500, 15.0050, "POL", "PL-02", "Lower Silesian"),
    ("Gibraltar", 36.1408, -5.3536, "GIB", None, None),
    ("La Línea", 36.1650, -5.3480, "ESP", "ES-AN", "Andalucía"),
    ("Ceuta", 35.8894, -5.3213, "ESP", "ES-CE", "Ceuta"),
    ("Madrid", 40.4168, -3.7038, "ESP", "ES-MD", "Madrid"),
    ("Mariehamn", 60.0973, 19.9348, "ALA", None, None),
    ("Longyearbyen", 78.2232, 15.6267, "SJM", None, None),
    ("Tromsø", 69.6492, 18.9553, "NOR", "NO-55", "Troms"),
    ("Belfast", 54.5973, -5.9301, "GBR", "GB-NIR", "Northern Ireland"),
    ("Edinburgh", 55.9533, -3.1883, "GBR", "GB-SCT", "Scotland"),
    ("Newry, at the border", 54.1751, -6.3402, "GBR", "GB-NIR", "Northern Ireland"),
    ("Dublin", 53.3498, -6.2603, "IRL", "IE-D", "Dublin"),
    ("Monaco", 43.7384, 7.4246, "MCO", None, None),
    ("Beausoleil, above Monaco", 43.7437, 7.4220, "FRA", "FR-06", "Alpes-Maritimes"),
    ("Vatican", 41.9029, 12.4534, "VAT", None, None),
    ("Rome", 41.9075, 12.4640, "ITA", "IT-62", "Lazio"),
    ("Vaduz", 47.1410, 9.5209, "LIE", None, None),
    ("San Marino", 43.9360, 12.4470, "SMR", None, None),
    ("Andorra la Vella", 42.5063, 1.5218, "AND", None, None),
    ("Kaliningrad", 54.7104, 20.4522, "RUS", "RU-KGD", "Kaliningrad"),
    ("Pristina", 42.6629, 21.1655, "XKK", "XKK-pristina", "Pristina"),
    ("Nicosia, south", 35.1650, 33.3600, "CYP", "CY-01", "Nicosia"),
    ("Nicosia, north", 35.1900, 33.3600, "CYP", "CYP-northerncyprus", "Northern Cyprus"),
    ("Simferopol", 44.9500, 34.1000, "UKR", "UA-43", "Crimea"),
    ("Douglas", 54.1523, -4.4861, "IMN", None, None),
    ("St Peter Port", 49.4555, -2.5368, "GGY", None, None),
    ("Kastellorizo, off Turkey", 36.1500, 29.5900, "GRC", "GR-L", "Notio Aigaio"),
    ("Funchal", 32.6669, -16.9241, "PRT", "PT-30", "Madeira"),
    ("Pointe-à-Pitre", 16.2411, -61.5331, "GLP", None, None),
    ("Castries", 13.9094, -60.9789, "LCA", None, None),
    ("Maasvlakte, new land in the sea", 51.955, 4.02, "NLD", "NL-ZH", "Zuid-Holland"),
]


@pytest.fixture(scope="module")
def boundaries():
    return Boundaries.load(FOLDER)


def place(boundaries, latitude, longitude):
    """Return country, code and name of the region, and whether it was off the coast."""
    found = boundaries.lookup([latitude], [longitude])
    region = found.region_1
    return found.country[0], region.codes[0], region.names[0], bool(found.near[0])


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"), [pytest.param(*p[1:3], p[3:], id=p[0]) for p in PLACES]
)
def test_known_place_is_found(boundaries, latitude, longitude, expected):
    assert place(boundaries, latitude, longitude)[:3] == expected


def test_many_places_are_found_as_each_alone(boundaries):
    latitudes, longitudes = [p[1] for p in PLACES], [p[2] for p in PLACES]
    found = boundaries.lookup(latitudes, longitudes)
    assert found.country.tolist() == [p[3] for p in PLACES]
    assert found.region_1.codes.tolist() == [p[4] for p in PLACES]


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (None, 11.9),
        (57.7, None),
        (math.nan, 11.9),
        (57.7, math.inf),
        (-math.inf, math.nan),
        (91, 11.9),
        (57.7, 181),
    ],
)
def test_what_is_no_position_is_unknown(boundaries, latitude, longitude):
    assert place(boundaries, latitude, longitude) == (None, None, None, False)


def test_what_is_no_position_costs_only_itself(boundaries):
    found = boundaries.lookup([None, 57.7089, math.nan], [1, 11.9746, 2])
    assert found.country.tolist() == [None, "SWE", None]


def test_no_points_find_nothing(boundaries):
    found = boundaries.lookup([], [])
    assert len(found.country) == len(found.near) == len(found.region_1.codes) == 0


def test_latitudes_and_longitudes_must_be_as_many(boundaries):
    with pytest.raises(ValueError, match="2 latitudes, but 1 longitudes"):
        boundaries.lookup([1, 2], [3])


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 0), (-90, 180), (0, -180), (0, 0)])
def test_edge_of_the_map_is_no_error(boundaries, latitude, longitude):
    assert place(boundaries, latitude, longitude) == (None, None, None, False)


@pytest.mark.parametrize(
    ("km", "expected"), [(-2, ("PRT", False)), (3, ("PRT", True)), (9, (None, False))]
)
def test_coast_counts_for_five_kilometres(boundaries, km, expected):
    """Off Figueira da Foz the coast runs north to south, at 8.9 degrees west."""
    latitude, coast = 40.05, -8.905
    longitude = coast - km / (KM_PER_DEGREE * math.cos(math.radians(latitude)))
    country, _, _, near = place(boundaries, latitude, longitude)
    assert (country, near) == expected


def test_bridge_near_its_end_belongs_to_the_land_it_leads_to(boundaries):
    assert place(boundaries, 55.566, 12.870) == ("SWE", "SE-M", "Skåne", True)


def test_open_sea_is_nowhere(boundaries):
    assert place(boundaries, 56.0, 3.0) == (None, None, None, False)


def test_region_says_its_level_and_code(boundaries):
    region = boundaries.regions["SE-O"]
    assert (region.country, region.level, region.iso_3166_2) == ("SWE", "county", "SE-O")
    assert boundaries.regions["GIB"].level == "country"


def test_missing_borders_are_one_line(tmp_path):
    with pytest.raises(ReferenceFileError, match="the borders cannot be read"):
        Boundaries.load(tmp_path)


@pytest.mark.parametrize("name", ["areas.geojson", "land.geojson", "regions.csv"])
def test_broken_borders_are_one_line(tmp_path, name):
    shutil.copytree(FOLDER, tmp_path / "regions")
    (tmp_path / "regions" / name).write_bytes(b'{"features": [\xff')
    with pytest.raises(ReferenceFileError, match="the borders cannot be read"):
        Boundaries.load(tmp_path / "regions")


def test_areas_without_a_row_are_named(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "regions")
    rows = (folder / "regions.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if not row.startswith("SE-O,")]
    (folder / "regions.csv").write_text("".join(kept), encoding="utf-8")
    with pytest.raises(ReferenceFileError, match=r"regions\.csv has no row for SE-O"):
        Boundaries.load(folder)


def test_more_points_than_are_looked_up_at_once_are_all_found(boundaries):
    """More points than are looked up at once: the seam is not seen."""
    number = 450_000
    found = boundaries.lookup(np.full(number, 57.7089), np.full(number, 11.9746))
    assert set(found.country) == {"SWE"}
    assert set(found.region_1.codes) == {"SE-O"}
