"""What every source delivers: decoded documents, module by module."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from aggregator.domain.problem import ObjectType
from aggregator.errors import FormatError, SourceError
from aggregator.feeds import OcpiVersion

MODULES = {"locations": ObjectType.LOCATION, "tariffs": ObjectType.TARIFF}
BOTH = "locations and tariffs"  # one document holds both modules


@dataclass(frozen=True, slots=True)
class Page:
    """One decoded document. total: records in the whole module, where the server says so."""

    url: str
    document: Any
    bytes: int
    total: int | None = None


@contextmanager
def naming(url: str) -> Iterator[None]:
    """Put the document's address before whatever is wrong with it, and what to do behind."""
    try:
        yield
    except (SourceError, FormatError) as error:
        message = f"{url}: {error}; ask the operator, or check the feed file"
        raise type(error)(message) from error


class Source(Protocol):
    """Where the documents of one feed come from."""

    complete: bool
    """Whether the last page of a module proves that there is nothing more."""

    async def modules(self) -> list[str]:
        """Return what there is to fetch: `locations`, `tariffs`, or documents that hold both."""

    async def version(self) -> OcpiVersion | None:
        """Return the OCPI version that was agreed on, None when the records must tell."""

    def pages(self, module: str) -> AsyncIterator[Page]:
        """Yield the module's documents.

        Raises:
            SourceError: the server did not deliver; what came before still counts.
        """
