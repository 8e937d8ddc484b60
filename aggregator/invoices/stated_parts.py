"""What of a tariff decides its price, as the operator wrote it, each part with its place."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from aggregator.formats.charges import COMPONENT_KEYS
from aggregator.formats.keys import in_ocpi_words
from aggregator.formats.reading import objects
from aggregator.formats.tariffs import ELEMENT_KEYS

OF_THE_TARIFF = ("currency", "tax_included", "min_price", "max_price")


class StatedPart(NamedTuple):
    """A value of an archived document. json_path: where it stands there."""

    json_path: str
    value: object


def stated_parts(
    raw: dict[str, Any], json_path: str, aliases: Mapping[str, str]
) -> tuple[StatedPart, ...]:
    """Return currency, tax and limits of a tariff, then its price components and restrictions.

    Args:
        raw: the tariff as it stands in the document.
        json_path: where it stands.
        aliases: the feed's names of OCPI's fields.
    """
    return tuple(_parts(in_ocpi_words(raw, aliases), json_path))


def _parts(tariff: object, path: str) -> Iterator[StatedPart]:
    if not isinstance(tariff, dict):
        return
    for key in OF_THE_TARIFF:
        if tariff.get(key) is not None:
            yield StatedPart(f"{path}.{key}", tariff[key])
    for number, raw in enumerate(objects(tariff, "elements", ELEMENT_KEYS)):
        yield from _of_element(in_ocpi_words(raw), f"{path}.elements[{number}]")


def _of_element(element: object, path: str) -> Iterator[StatedPart]:
    if not isinstance(element, dict):
        yield StatedPart(path, element)
        return
    for number, raw in enumerate(objects(element, "price_components", COMPONENT_KEYS)):
        yield StatedPart(f"{path}.price_components[{number}]", raw)
    if element.get("restrictions"):
        yield StatedPart(f"{path}.restrictions", element["restrictions"])
