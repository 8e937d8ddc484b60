"""The map: our own style, country outlines from this server, never a third party's tiles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, log2, radians
from typing import Any, NamedTuple

import numpy as np

from aggregator.comparing.comparison import Comparison
from dashboard.frame.figure import packed
from dashboard.frame.price_class import CLASSES, NO_PRICE, NOT_JUDGED, TYPICAL, class_of, dot
from dashboard.wording.labels import kilowatts, money, number, plain, text, unmarked

Row = Mapping[str, Any]
MOST_POINTS = 300
HEIGHT = 520
LONGEST_HOVER = 40
SHADES = tuple(step.colour for step in (*CLASSES, NOT_JUDGED, NO_PRICE))
OUTLINE, POINT_SIZE = 2.5, 10.5
CELL_SIZE, CELL_GROWTH, LARGEST_CELL = 12, 2.5, 34
OUTLINES = "/app/static/countries.geojson"
LEAST_SPAN = 3  # degrees: closer than that, no border tells where the points are
KM_PER_DEGREE = 111.2
WIDER_THAN_HIGH = 1.6
WORLD = {"lat": 50.0, "lon": 10.0}
PALETTE = {
    "light": {"sea": "#DCE6EC", "land": "#F7F6F2", "line": "#A7A39A", "outline": "#1B2733"},
    "dark": {"sea": "#0D1217", "land": "#25303B", "line": "#5A6875", "outline": "#E8EDF2"},
}


class Mark(NamedTuple):
    """A circle on the map. latitude, longitude: degrees. size: px. shade: number of its colour."""

    latitude: float
    longitude: float
    size: float
    shade: int
    words: str


@dataclass(frozen=True, slots=True)
class Around:
    """The circle that is looked at. latitude, longitude: degrees."""

    latitude: float
    longitude: float
    radius_km: float


def map_figure(comparison: Comparison, theme: str, around: Around | None = None) -> dict[str, Any]:
    """Return a Plotly figure of the places, or of cells with the cheapest places above them.

    around: the circle that is looked at; None: the view holds all that is drawn.
    """
    colours = PALETTE[theme]
    marks = [*_cells(comparison), *_points(comparison)]
    return {
        "data": [_circles(marks, colours["outline"])],
        "layout": {
            "height": HEIGHT,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "showlegend": False,
            "map": {"style": _style(colours), **(_view_of(around) if around else _view(marks))},
        },
    }


def _points(comparison: Comparison) -> Iterator[Mark]:
    for row in comparison.points:
        words = _hover(row, comparison.currency)
        yield Mark(row["latitude"], row["longitude"], POINT_SIZE, _shade(row, comparison), words)


def _cells(comparison: Comparison) -> Iterator[Mark]:
    for row in comparison.cells:
        size = min(CELL_SIZE + CELL_GROWTH * log2(row["places"]), LARGEST_CELL)
        words = _cell_hover(row, comparison.currency)
        yield Mark(row["latitude"], row["longitude"], size, _cell_shade(row, comparison), words)


def _cell_shade(row: Row, comparison: Comparison) -> int:
    if row["total"] is None and row["other_places"]:
        return 1 + SHADES.index(NOT_JUDGED.colour)
    return _shade(row, comparison)


def _circles(marks: Sequence[Mark], outline: str) -> dict[str, Any]:
    """Return every mark twice, its outline and then its colour, so that neighbours stay apart."""
    return {
        "type": "scattermap",
        "mode": "markers",
        "lat": packed(np.repeat(np.array([mark.latitude for mark in marks], "float32"), 2)),
        "lon": packed(np.repeat(np.array([mark.longitude for mark in marks], "float32"), 2)),
        "text": [words for mark in marks for words in ("", mark.words)],
        "hoverinfo": "text",
        "marker": {
            "size": packed(
                np.array([n for m in marks for n in (m.size + OUTLINE, m.size)], "float32")
            ),
            "color": packed(np.array([n for mark in marks for n in (0, mark.shade)], "int8")),
            "colorscale": _scale(outline),
            "cmin": 0,
            "cmax": len(SHADES),
            "showscale": False,
            "opacity": 1,
        },
    }


def _shade(row: Row, comparison: Comparison) -> int:
    """Return which colour of the scale a mark has; a number is sent in one byte."""
    return 1 + SHADES.index((class_of(row, comparison.summary) or TYPICAL).colour)


def _scale(outline: str) -> list[list[float | str]]:
    """Return the colours at the numbers: 0 the outline, then the classes."""
    colours = (outline, *SHADES)
    return [[number / len(SHADES), colour] for number, colour in enumerate(colours)]


def _hover(point: Row, currency: str | None) -> str:
    name = plain(point["location_name"] or text("compare.unnamed"), LONGEST_HOVER)
    price = f"{_price(point, currency)} · {kilowatts(point['max_power_kw'])}"
    return "<br>".join(unmarked(line) for line in (name, price))


def _cell_hover(cell: Row, currency: str | None) -> str:
    places = text("compare.map_cell", places=number(cell["places"]))
    price = _price(cell, currency)
    if cell["other_places"] and not cell["priced_places"]:
        price = text("compare.map_cell_others")
    if cell["priced_places"]:
        price = text("compare.map_cell_price", price=price, places=number(cell["priced_places"]))
    return "<br>".join(unmarked(line) for line in (places, price))


def _price(row: Row, currency: str | None) -> str:
    if row["total"] is None or currency is None:
        return text("compare.map_no_price")
    return money(row["total"], currency)


def _style(colours: Mapping[str, str]) -> dict[str, Any]:
    return {
        "version": 8,
        "sources": {"countries": {"type": "geojson", "data": OUTLINES}},
        "layers": [
            {"id": "sea", "type": "background", "paint": {"background-color": colours["sea"]}},
            _layer("land", "fill", {"fill-color": colours["land"], "fill-antialias": False}),
            _layer("border", "line", {"line-color": colours["line"], "line-width": 1}),
        ],
    }


def _layer(kind: str, type_: str, paint: Mapping[str, Any]) -> dict[str, Any]:
    """Return a layer of those features of countries.geojson that are of a kind."""
    return {
        "id": kind,
        "type": type_,
        "source": "countries",
        "filter": ["==", ["get", "kind"], kind],
        "paint": dict(paint),
    }


def _view_of(around: Around) -> dict[str, Any]:
    """Return centre and zoom that hold a circle."""
    span = 2 * around.radius_km / KM_PER_DEGREE
    width = max(span / cos(radians(around.latitude)), span * WIDER_THAN_HIGH)
    centre = {"lat": around.latitude, "lon": around.longitude}
    return {"center": centre, "zoom": min(max(log2(360 / width), 1), 15)}


def _view(marks: Sequence[Mark]) -> dict[str, Any]:
    """Return centre and zoom that hold all but the outermost marks."""
    if not marks:
        return {"center": WORLD, "zoom": 3}
    latitudes = sorted(mark.latitude for mark in marks)
    longitudes = sorted(mark.longitude for mark in marks)
    cut = len(marks) // 50
    south, north = latitudes[cut], latitudes[-1 - cut]
    west, east = longitudes[cut], longitudes[-1 - cut]
    span = max((north - south) * 1.6, east - west, LEAST_SPAN)
    centre = {"lat": (south + north) / 2, "lon": (west + east) / 2}
    return {"center": centre, "zoom": min(max(log2(360 / span) - 0.4, 1), 13)}


def legend() -> str:
    """Return the classes with words and signs."""
    items = "".join(
        f"<span>{dot(step)} {step.sign} {text(step.word)}</span>"
        for step in (*CLASSES, NOT_JUDGED, NO_PRICE)
    )
    return f'<div class="lg">{items}</div>'
