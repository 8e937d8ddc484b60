"""A small document of tariffs, as a person has it: one object, a list, or an OCPI answer."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from aggregator.domain.problem import Account, ObjectType
from aggregator.domain.tariff import Tariff
from aggregator.errors import FormatError
from aggregator.feeds import OcpiVersion, StatedPrices
from aggregator.formats.defaults import Defaults
from aggregator.formats.keys import in_ocpi_words
from aggregator.formats.reading import Reader
from aggregator.formats.shapes import find_lists, guess_version, object_type_of
from aggregator.formats.tariffs import read_tariff
from aggregator.formats.whole import refuse_ocpi_error


class ReadTariff(NamedTuple):
    """A tariff, and what was read differently from how it was written."""

    tariff: Tariff
    notes: tuple[str, ...]


def read_tariffs(
    document: Any,  # noqa: ANN401 - any JSON
    version: OcpiVersion | None = None,
    prices: StatedPrices = StatedPrices.AS_STATED,
) -> list[ReadTariff]:
    """Return the tariffs of a document.

    Args:
        document: JSON.
        version: of OCPI; None: what the records look like.
        prices: what the prices include, where the document does not say.

    Raises:
        FormatError: there is none, or one of them cannot be read; it says where.
    """
    found = list(_tariffs(document, version, prices))
    if not found:
        message = "there is no tariff: an object with id, currency and elements is needed"
        raise FormatError(message)
    return found


def _tariffs(
    document: Any,  # noqa: ANN401 - any JSON
    version: OcpiVersion | None,
    prices: StatedPrices,
) -> Iterator[ReadTariff]:
    refuse_ocpi_error(document)
    for records in _lists(document):
        guessed = version or guess_version(ObjectType.TARIFF, list(records.values()))
        defaults = Defaults(ocpi_version=guessed, prices=prices)
        for path, raw in records.items():
            yield tariff_at(raw, path, defaults)


def _lists(document: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    """Yield the lists of tariffs, each tariff by its path; one that stands alone is a list."""
    inner = document.get("data") if isinstance(document, dict) else None
    for path, value in (("$", document), ("$.data", inner)):
        if object_type_of(value) is ObjectType.TARIFF:
            yield {path: value}
            return
    for found in find_lists(document):
        if found.object_type is ObjectType.TARIFF:
            yield {f"{found.json_path}[{n}]": raw for n, raw in enumerate(found.records)}


def tariff_at(raw: object, path: str, defaults: Defaults) -> ReadTariff:
    """Return one tariff; FormatError, with its place, when it cannot be read.

    What it says itself about tax goes before what the defaults say about prices.
    """
    named = in_ocpi_words(raw)
    if isinstance(named, dict) and named.get("tax_included"):
        defaults = replace(defaults, prices=StatedPrices.AS_STATED)
    reader = Reader(Account())
    tariff = read_tariff(raw, path, defaults, reader)
    if tariff is None:
        refused = reader.account.rejections[0]
        message = f"{refused.json_path}: {refused.reason}"
        raise FormatError(message)
    notes = tuple(f"{kind.json_path}: {kind.note}" for kind in reader.account.notes)
    return ReadTariff(tariff, notes)
