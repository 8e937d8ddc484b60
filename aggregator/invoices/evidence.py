"""Where a published price stands in what the operator sent: found in the archive of its feed.

The runs are gone through from the newest back, until each tariff is found with the price list that
is published. The bytes are searched for its id first; only what holds it is read.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote

from aggregator.errors import FormatError, SourceError, StoreError
from aggregator.invoices.archived_tariffs import (
    Asked,
    ReadTariff,
    Wanted,
    key_of,
    mentions,
    needles,
    readings,
    tariffs_in,
)
from aggregator.sources.archive import ArchivedDocument, archived_runs

MOST_RUNS = 60
MOST_BYTES = 4_000_000_000  # of documents as they came, in one search


@dataclass(frozen=True, slots=True)
class Evidence:
    """A tariff, and the newest archived document that holds it with the published price list.

    newer: a later document that holds other prices under its id; None where there is none.
    """

    run_id: str
    document: ArchivedDocument
    tariff: ReadTariff
    newer: ArchivedDocument | None = None

    @property
    def command(self) -> str:
        """What opens the document in a shell."""
        return f"zstd -dc {quote(str(self.document.path))}"


@dataclass(slots=True)
class Search:
    """What a search of one feed's archive came to.

    found: the evidence of each tariff that has some. documents: how many were looked into.
    runs: in how many runs. faults: documents that could not be read, and why.
    is_cut_short: whether there was more than may be read.
    """

    found: dict[Wanted, Evidence] = field(default_factory=dict)
    others: dict[Wanted, ArchivedDocument] = field(default_factory=dict)
    documents: int = 0
    runs: int = 0
    faults: list[str] = field(default_factory=list)
    is_cut_short: bool = False

    def why_not(self, wanted: Wanted, feed_id: str) -> str:
        """Return why there is no evidence of a tariff, in one sentence."""
        if not self.documents:
            return f"no document of the feed {feed_id} is kept any more"
        looked = f"{self.documents} documents of the last {self.runs} runs of {feed_id}"
        if self.faults:
            looked += f", {len(self.faults)} of which cannot be read ({self.faults[0]})"
        if self.is_cut_short:
            looked += ", as many as are looked through"
        if wanted in self.others:
            return f"the document is not kept any more: {looked} hold other prices under this id"
        return f"the document is not kept any more: it is not among {looked}"


def find_evidence(archive_folder: Path, asked: Asked, wanted: Collection[Wanted]) -> Search:
    """Return where the tariffs of one feed stand in its archive.

    Raises:
        StoreError: the archive cannot be read.
    """
    search = Search()
    missing, bytes_left = set(wanted), MOST_BYTES
    for run_id, document in _kept(archive_folder, asked.feed_id, search):
        if not missing:
            break
        if document.size_bytes > bytes_left:
            search.is_cut_short = True
            break
        bytes_left -= document.size_bytes
        search.documents += 1
        try:
            missing -= _look_into(document, run_id, asked, missing, search)
        except (FormatError, SourceError, StoreError) as error:
            search.faults.append(f"{document.path}: {error}")
    return search


def _kept(
    archive_folder: Path, feed_id: str, search: Search
) -> Iterator[tuple[str, ArchivedDocument]]:
    """Yield the documents that are kept, newest run first, each content once."""
    seen: set[str] = set()
    for run_id, documents in archived_runs(archive_folder, feed_id, MOST_RUNS):
        search.runs += 1
        for document in sorted(documents, key=_tariffs_first):
            if document.is_usable and document.path and document.sha256 not in seen:
                seen.add(document.sha256)
                yield run_id, document


def _tariffs_first(document: ArchivedDocument) -> bool:
    return "tariff" not in (document.file or "")


def _look_into(
    document: ArchivedDocument, run_id: str, asked: Asked, missing: set[Wanted], search: Search
) -> set[Wanted]:
    """Note which of the tariffs stand in a document; return them."""
    texts = needles(missing)
    found: set[Wanted] = set()
    if not mentions(document, texts, asked.max_bytes):
        return found
    other: set[Wanted] = set()
    for raw in tariffs_in(document, asked, texts):
        for tariff, read in readings(raw, asked):
            key = key_of(tariff.country_code, tariff.party_id, tariff.tariff_id)
            named = {one for one in missing if one.key == key}
            meant = {one for one in named if one.content_hash == read.content_hash} - found
            for one in meant:
                newer = search.others.get(one)
                search.found[one] = Evidence(run_id, document, read, newer)
            found |= meant
            other |= named
            if named <= found:
                break
    for one in other - found:
        search.others.setdefault(one, document)
    return found
