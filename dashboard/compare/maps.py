"""The map: our own style, country outlines from this server, never a third party's tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, log2, radians
from typing import Any

import numpy as np

from dashboard.frame.price_class import CLASSES, NO_PRICE, NOT_JUDGED, TYPICAL, class_of, dot
from dashboard.wording.labels import kilowatts, money, plain, text, unmarked

Row = Mapping[str, Any]
MOST_POINTS = 500
HEIGHT = 520
LONGEST_HOVER = 40
SHADES = tuple(step.colour for step in (*CLASSES, NOT_JUDGED, NO_PRICE))
OUTLINE_SIZE, POINT_SIZE = 13, 10.5
OUTLINES = "/app/static/countries.geojson"
LEAST_SPAN = 3  # degrees: closer than that, no border tells where the points are
KM_PER_DEGREE = 111.2
WIDER_THAN_HIGH = 1.6
WORLD = {"lat": 50.0, "lon": 10.0}
PALETTE = {
    "light": {"sea": "#DCE6EC", "land": "#F7F6F2", "line": "#A7A39A", "outline": "#1B2733"},
    "dark": {"sea": "#0D1217", "land": "#25303B", "line": "#5A6875", "outline": "#E8EDF2"},
}


@dataclass(frozen=True, slots=True)
class Around:
    """The circle that is looked at. latitude, longitude: degrees."""

    latitude: float
    longitude: float
    radius_km: float


def map_figure(
    points: Sequence[Row],
    summary: Row,
    currency: str | None,
    theme: str,
    around: Around | None = None,
) -> dict[str, Any]:
    """Return a Plotly figure of at most MOST_POINTS places, unpriced ones below the others.

    around: the circle that is looked at; None: the view holds all points.
    """
    colours = PALETTE[theme]
    return {
        "data": [_circles(points, summary, currency, colours["outline"])],
        "layout": {
            "height": HEIGHT,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "showlegend": False,
            "map": {"style": _style(colours), **(_view_of(around) if around else _view(points))},
        },
    }


def _circles(
    points: Sequence[Row], summary: Row, currency: str | None, outline: str
) -> dict[str, Any]:
    """Return every point twice, its outline and then its colour, so that neighbours stay apart."""
    twice = [point for point in points for _ in range(2)]
    return {
        "type": "scattermap",
        "mode": "markers",
        "lat": np.array([point["latitude"] for point in twice], "float32"),
        "lon": np.array([point["longitude"] for point in twice], "float32"),
        "text": [words for point in points for words in ("", _hover(point, currency))],
        "hoverinfo": "text",
        "marker": {
            "size": np.array([OUTLINE_SIZE, POINT_SIZE] * len(points), "float32"),
            "color": np.array([n for p in points for n in (0, _shade(p, summary))], "int8"),
            "colorscale": _scale(outline),
            "cmin": 0,
            "cmax": len(SHADES),
            "showscale": False,
            "opacity": 1,
        },
    }


def _shade(point: Row, summary: Row) -> int:
    """Return which colour of the scale a point has; a number is sent in one byte."""
    return 1 + SHADES.index((class_of(point, summary) or TYPICAL).colour)


def _scale(outline: str) -> list[list[float | str]]:
    """Return the colours at the numbers: 0 the outline, then the classes."""
    colours = (outline, *SHADES)
    return [[number / len(SHADES), colour] for number, colour in enumerate(colours)]


def _hover(point: Row, currency: str | None) -> str:
    total = point["total"]
    price = (
        text("compare.map_no_price")
        if total is None or currency is None
        else money(total, currency)
    )
    name = plain(point["location_name"] or text("compare.unnamed"), LONGEST_HOVER)
    return "<br>".join(unmarked(line) for line in (name, f"{price} · {_power(point)}"))


def _power(point: Row) -> str:
    return kilowatts(point["max_power_kw"])


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


def _view(points: Sequence[Row]) -> dict[str, Any]:
    """Return centre and zoom that hold all but the outermost points."""
    if not points:
        return {"center": WORLD, "zoom": 3}
    latitudes = sorted(point["latitude"] for point in points)
    longitudes = sorted(point["longitude"] for point in points)
    cut = len(points) // 50
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
