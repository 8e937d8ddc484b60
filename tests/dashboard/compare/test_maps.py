"""What the map draws: every place, or cells with the cheapest above them; and its words."""

from base64 import b64decode
from decimal import Decimal

import numpy as np
import plotly.graph_objects as go
import pytest

from aggregator.comparing.comparison import Comparison
from dashboard.compare.maps import CELL_SIZE, POINT_SIZE, SHADES, Around, map_figure
from dashboard.compare.spread import spread_figure
from dashboard.frame.figure import Finished, packed
from dashboard.frame.price_class import MUCH_CHEAPER, MUCH_DEARER, NO_PRICE, NOT_JUDGED

SUMMARY = {"typical": Decimal(20), "judged_stations": 100}
HOSTILE = "<b>Evil</b> &amp; \N{RIGHT-TO-LEFT OVERRIDE}" + "x" * 10_000


def point(total, name="Here", **more):
    position = {"latitude": 59.3, "longitude": 18.1, "max_power_kw": Decimal(50)}
    return position | {"total": total, "is_judged": total is not None, "location_name": name} | more


def cell(total, places, priced_places, other_places=0):
    judged = {"is_judged": total is not None, "priced_places": priced_places}
    judged["other_places"] = other_places
    return {"latitude": 57.7, "longitude": 12.0, "total": total, "places": places} | judged


def comparison(points=(), cells=()):
    return Comparison(
        currency="EUR",
        currencies=["EUR"],
        summary=SUMMARY,
        stations=[],
        placed=len(points),
        points=list(points),
        cells=list(cells),
        unpriced=[],
        operators=[],
    )


def trace(*args, **kwargs):
    return map_figure(comparison(*args, **kwargs), "light")["data"][0]


def shades(drawn):
    """Return the colour of each mark that is not an outline."""
    numbers = np.frombuffer(_bytes(drawn["marker"]["color"]), "int8")
    return [SHADES[number - 1] for number in numbers if number]


def sizes(drawn):
    return np.frombuffer(_bytes(drawn["marker"]["size"]), "float32")[1::2].tolist()


def _bytes(array):
    return b64decode(array["bdata"])


def test_a_place_has_the_colour_of_its_class_and_unknown_is_white():
    drawn = trace([point(None), point(Decimal(40)), point(Decimal(10))])
    assert shades(drawn) == [NO_PRICE.colour, MUCH_DEARER.colour, MUCH_CHEAPER.colour]
    assert sizes(drawn) == [POINT_SIZE] * 3


def test_words_beside_a_place_say_price_power_and_nothing_that_acts():
    words = trace([point(Decimal("10.5"), HOSTILE), point(None)])["text"]
    assert words[1].startswith("&lt;b&gt;Evil&lt;/b&gt; &amp;amp; xxx")
    assert words[1].endswith("<br>€10.50 · 50 kW")
    assert len(words[1]) < 100
    assert words[3] == "Here<br>no price · 50 kW"


def test_a_cell_says_of_how_many_it_speaks_and_grows_with_them():
    drawn = trace(cells=[cell(None, 1, 0), cell(Decimal(12), 1000, 800)])
    assert drawn["text"][1] == "Locations: 1<br>no price"
    assert drawn["text"][3] == "Locations: 1,000<br>median €12.00 of 800"
    assert sizes(drawn)[0] == CELL_SIZE < sizes(drawn)[1]
    assert shades(drawn) == [NO_PRICE.colour, MUCH_CHEAPER.colour]


def test_a_cell_of_free_places_is_not_one_without_a_price():
    drawn = trace(cells=[cell(None, 3, 0, other_places=2)])
    assert drawn["text"][1] == "Locations: 3<br>free, or not compared: tax"
    assert shades(drawn) == [NOT_JUDGED.colour]


def test_cells_lie_below_the_cheapest_places():
    drawn = trace([point(Decimal(10))], [cell(Decimal(20), 500, 500)])
    assert ["Locations" in words for words in drawn["text"][1::2]] == [True, False]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_plotly_finds_nothing_wrong_with_the_figures(theme):
    drawn = comparison([point(Decimal(10))], [cell(Decimal(20), 500, 500)])
    rows = [{"operator_name": "Ampere", "stations": 9, "quantiles": [1.0, 2.0, 3.0, 4.0, 5.0]}]
    for figure in (
        map_figure(drawn, theme, Around(59.3, 18.1, 10)),
        map_figure(comparison(), theme),
        spread_figure(rows, "EUR", theme),
    ):
        assert go.Figure(figure).to_dict()["layout"]["height"] == figure["layout"]["height"]
        assert Finished(figure).to_dict() is figure


def test_packed_numbers_are_read_back_and_others_refused():
    assert packed(np.array([1, -1], "int8")) == {"dtype": "i1", "bdata": "Af8="}
    with pytest.raises(KeyError):
        packed(np.array([1], "complex64"))
