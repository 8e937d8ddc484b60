"""Price lists made ready for the kernel, each distinct one once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt

from aggregator.domain.contents import from_json, to_json
from aggregator.domain.tariff import PriceList
from aggregator.pricing.components import price_table
from aggregator.pricing.kernel import layout
from aggregator.pricing.kernel.columns import Rows
from aggregator.pricing.kernel.plain import read
from aggregator.pricing.kernel.rules import Row
from aggregator.pricing.kernel.scaled import Inexpressible
from aggregator.pricing.kernel.totals import WARNINGS
from aggregator.pricing.refusal import NotComputable
from aggregator.pricing.soundness import doubts

Int64s = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PreparedTariffs:
    """Price lists as tables, see `layout`; int64 but for the factors, which are float64.

    tariffs: one row for each price list. texts: those, as JSON, for the exact engine.
    reasons: why price lists are refused, by the number in their state.
    """

    tariffs: Int64s
    thresholds: Int64s
    candidates: Int64s
    restrictions: Int64s
    factors: npt.NDArray[np.float64]
    texts: tuple[str, ...]
    reasons: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def price_list(self, index: int) -> PriceList:
        """Return one of them as it was published."""
        return from_json(self.texts[index])

    def extended(self, texts: Sequence[str]) -> "PreparedTariffs":
        """Return these and others, given as JSON; what was prepared is not looked at again."""
        rows = Rows((len(self.thresholds), len(self.candidates), len(self.restrictions)))
        reasons = list(self.reasons)
        for text in texts:
            _add(rows, text, reasons)
        return PreparedTariffs(
            np.concatenate((self.tariffs, _table(rows.tariffs, layout.TARIFF_COLUMNS))),
            np.concatenate((self.thresholds, np.array(rows.thresholds, np.int64))),
            np.concatenate((self.candidates, _table(rows.candidates, layout.CANDIDATE_COLUMNS))),
            np.concatenate(
                (self.restrictions, _table(rows.restrictions, layout.RESTRICTION_COLUMNS))
            ),
            np.concatenate((self.factors, np.array(rows.factors, np.float64))),
            (*self.texts, *texts),
            tuple(reasons),
        )


def prepare(price_lists: Iterable[PriceList]) -> PreparedTariffs:
    """Return price lists ready for pricing, in the same order."""
    return prepare_texts([to_json(price_list) for price_list in price_lists])


def prepare_texts(texts: Sequence[str]) -> PreparedTariffs:
    """Return price lists ready for pricing that are given as `domain.contents` writes them.

    Raises:
        ValueError: a text is no price list.
    """
    nothing = PreparedTariffs(
        _table([], layout.TARIFF_COLUMNS),
        np.empty(0, np.int64),
        _table([], layout.CANDIDATE_COLUMNS),
        _table([], layout.RESTRICTION_COLUMNS),
        np.empty(0, np.float64),
        (),
        (),
    )
    return nothing.extended(texts)


class Catalogue:
    """Price lists prepared so far, by content hash."""

    def __init__(self) -> None:
        self.prepared = prepare_texts(())
        self._indices: dict[str, int] = {}

    def unknown(self, content_hashes: Iterable[str]) -> list[str]:
        """Return those of the hashes whose price lists are not prepared yet, each once."""
        return [one for one in dict.fromkeys(content_hashes) if one not in self._indices]

    def add(self, texts: dict[str, str]) -> None:
        """Prepare the price lists, as JSON by content hash, that are not prepared yet."""
        fresh = self.unknown(texts)
        self.prepared = self.prepared.extended([texts[one] for one in fresh])
        for one in fresh:
            self._indices[one] = len(self._indices)

    def indices(self, content_hashes: Iterable[str]) -> Int64s:
        """Return where each price list stands in `prepared`; raise KeyError for an unknown one."""
        return np.array([self._indices[one] for one in content_hashes], np.int64)


def _table(rows: list[Row], columns: int) -> Int64s:
    return np.array(rows, np.int64).reshape(-1, columns)


def _add(rows: Rows, text: str, reasons: list[str]) -> None:
    """Add a price list, or why it is refused, or that only the exact engine prices it."""
    try:
        rows.add(read(text))
    except (Inexpressible, msgspec.ValidationError):
        _add_odd(rows, text, from_json(text), reasons)


def _add_odd(rows: Rows, text: str, price_list: PriceList, reasons: list[str]) -> None:
    """Add a price list that is odd: let the exact engine's rules say what is to be told of it."""
    try:
        price_table(price_list)
        rows.add(read(text), sum(1 << WARNINGS.index(doubt) for doubt in doubts(price_list)))
    except NotComputable as refusal:
        if refusal.reason_code not in reasons:
            reasons.append(refusal.reason_code)
        rows.add_other(layout.STATE_REFUSED + reasons.index(refusal.reason_code))
    except (Inexpressible, msgspec.ValidationError):
        rows.add_other(layout.STATE_EXACT)
