"""What every source delivers: documents, module by module, and what it noticed on the way."""

from collections.abc import AsyncGenerator, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from aggregator.domain.problem import ObjectType
from aggregator.errors import FormatError, SourceError
from aggregator.feeds import OcpiVersion
from aggregator.formats.document import Document
from aggregator.sources.body import Body

MODULES = {"locations": ObjectType.LOCATION, "tariffs": ObjectType.TARIFF}
BOTH = "locations and tariffs"  # one document holds both modules


@dataclass(frozen=True, slots=True)
class Page:
    """One document, to be read to its end before the next is asked for.

    url: without its query. total: records in the whole module, where the server says so.
    """

    url: str
    document: Document
    body: Body
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a source noticed beside its pages.

    unchanged: modules whose document is the one that came last time. incomplete: modules whose
    end nothing proves, so nothing may be ended. attention: what somebody should look at although
    records came. notes: what is worth knowing; all is well.
    """

    unchanged: set[str] = field(default_factory=set)
    incomplete: set[str] = field(default_factory=set)
    attention: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@contextmanager
def naming(url: str) -> Iterator[None]:
    """Put the document's address before whatever is wrong with it, and what to do behind."""
    try:
        yield
    except (SourceError, FormatError) as error:
        named = type(error)(f"{url}: {error}; ask the operator, or check the feed file")
        vars(named).update(vars(error))
        raise named from error


class Source(Protocol):
    """Where the documents of one feed come from."""

    complete: bool
    """Whether the last page of a module proves that there is nothing more."""

    remarks: Remarks

    async def modules(self) -> list[str]:
        """Return what there is to fetch: `locations`, `tariffs`, or documents that hold both."""

    async def version(self) -> OcpiVersion | None:
        """Return the OCPI version that was agreed on, None when the records must tell."""

    def pages(self, module: str) -> AsyncGenerator[Page, None]:
        """Yield the module's documents; none when `remarks` says that it is unchanged.

        Raises:
            SourceError: the server did not deliver; what came before still counts.
        """

    def forget_conditions(self) -> None:
        """From now on, fetch documents even if they have not changed since the last run."""

    def loaded(self) -> None:
        """Note that all that was read to its end is kept: only what changed is wanted again."""

    def single_tariffs(self, tariff_ids: Collection[str]) -> AsyncGenerator[Page, None]:
        """Yield a document for each tariff, from feeds that give them out one by one only."""
