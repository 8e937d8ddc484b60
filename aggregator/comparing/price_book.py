"""The price lists of one snapshot, made ready for the kernel as they are asked for."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from threading import Lock

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from aggregator.domain import contents
from aggregator.domain.charge import Charge
from aggregator.normalise.tax import with_rate_by_law
from aggregator.pricing.charge_totals import (
    LIMIT_TAX_UNKNOWN,
    TIME_ZONE_UNKNOWN,
    W_PER_KW,
    ChargeTotals,
    Wanted,
    charge_totals,
)
from aggregator.pricing.components import PriceTable, price_table
from aggregator.pricing.kernel.layout import UNKNOWN_TOTAL
from aggregator.pricing.kernel.prices import TAX_BASES, Catalogue, PreparedTariffs
from aggregator.pricing.money import minor_unit_digits
from aggregator.pricing.quote import NO_PRICE_APPLIES, QuoteState
from aggregator.store.queries import CHARGE_TOTAL, Reader

OF_THE_SESSION = {NO_PRICE_APPLIES, LIMIT_TAX_UNKNOWN, TIME_ZONE_UNKNOWN}
"""Reasons that another session may not have; every other one holds for all."""

KEPT_DIGITS = 4  # of a total in a snapshot
DERIVED = "derived"
TABLES_KEPT = 2_000
Int64s = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Quotes:
    """What quotes are of, by quote_no.

    key: the price list with the tax that was added by law. zone: number in zones.
    """

    key: list[tuple[str, str | None]]
    zone: Int64s
    zones: tuple[str | None, ...]
    units: Int64s
    refusal: list[str | None]
    is_derived: npt.NDArray[np.bool_]


class PriceBook:
    """Prices a charge under the quotes of one snapshot; may be asked by several threads."""

    def __init__(self, reader: Reader) -> None:
        """Open the book of a snapshot; nothing is read yet."""
        self._reader = reader
        self._lock = Lock()
        self._catalogue = Catalogue()

    def totals(self, pairs: pa.Table, charge: Charge) -> pa.Table:
        """Return what a charge costs for each pair that can be priced: columns as CHARGE_TOTAL.

        pairs: quote_no, power_w (-1: not stated), is_dc.

        Raises:
            StoreError: the snapshot cannot be read.
            OverflowError: a total is beyond 64 bits.
        """
        quote_no = pairs["quote_no"].to_numpy()
        power_w = _power_w(pairs, charge)
        refused = np.array([self.quotes.refusal[one] for one in quote_no], object)
        asked = np.flatnonzero((refused == None) & (power_w > 0))  # noqa: E711 - of each element
        prepared, lists = self._prepared(quote_no[asked])
        quotes = self.quotes
        wanted = Wanted(lists, quotes.zone[quote_no[asked]], power_w[asked], quotes.zones)
        found = charge_totals(prepared, wanted, charge)
        return self._table(pairs.take(asked), quote_no[asked], found)

    @cached_property
    def quotes(self) -> Quotes:
        """What the quotes are of."""
        return _quotes(self._reader.quotes())

    def price_list(self, quote_no: int) -> str:
        """Return the price list of a quote as JSON, with the tax that was added by law."""
        prepared, lists = self._prepared(np.array([quote_no]))
        return prepared.texts[int(lists[0])]

    def table(self, quote_no: int) -> PriceTable:
        """Return the price list of a quote, ready for the exact engine.

        Raises:
            NotComputable: the price list cannot be priced.
        """
        return _table_of(self.price_list(quote_no))

    def zone(self, quote_no: int) -> str | None:
        """Return the IANA name of the zone that a quote is for; None: unknown."""
        return self.quotes.zones[int(self.quotes.zone[quote_no])]

    def _prepared(self, quote_nos: Int64s) -> tuple[PreparedTariffs, Int64s]:
        """Return prepared price lists, and where that of each quote stands among them."""
        keys = [self.quotes.key[one] for one in quote_nos.tolist()]
        names = [_name(key) for key in keys]
        with self._lock:
            missing = set(self._catalogue.unknown(names))
            if missing:
                self._add(
                    {name: key for name, key in zip(names, keys, strict=True) if name in missing}
                )
            return self._catalogue.prepared, self._catalogue.indices(names)

    def _add(self, missing: dict[str, tuple[str, str | None]]) -> None:
        texts = self._reader.price_lists([content_hash for content_hash, _ in missing.values()])
        self._catalogue.add(
            {name: _with_tax(texts[digest], rate) for name, (digest, rate) in missing.items()}
        )

    def _table(self, pairs: pa.Table, quote_no: Int64s, found: ChargeTotals) -> pa.Table:
        quotes = self.quotes
        basis = np.array(TAX_BASES, object)[found.tax_basis]
        basis[(basis == "gross") & quotes.is_derived[quote_no]] = DERIVED
        known = found.total != UNKNOWN_TOTAL
        # The first digits of a number of four decimals are those of the minor unit.
        fine = np.where(known, found.total, 0) * quotes.units[quote_no]
        total = pa.array(fine, mask=~known).cast(pa.decimal128(22, 0))
        return pa.table(
            {
                "quote_no": pairs["quote_no"].cast(pa.int32()),
                "power_w": pairs["power_w"].cast(pa.int32()),
                "is_dc": pairs["is_dc"],
                "total": _scaled(total),
                "tax_basis": pa.array(basis, pa.string(), mask=~known),
                "reason": pa.array(found.reason, pa.string()),
                "minutes": found.minutes,
            },
            schema=CHARGE_TOTAL,
        )


@lru_cache(maxsize=TABLES_KEPT)
def _table_of(price_list: str) -> PriceTable:
    return price_table(contents.from_json(price_list))


def _scaled(units: pa.Array) -> pa.Array:
    """Return ten thousandths as an amount with four decimals: the same digits, read otherwise."""
    return pa.Array.from_buffers(pa.decimal128(22, KEPT_DIGITS), len(units), units.buffers()).cast(
        CHARGE_TOTAL.field("total").type
    )


def _power_w(pairs: pa.Table, charge: Charge) -> Int64s:
    """Return what flows at each pair, in W; 0 where the car cannot be charged so."""
    car = np.where(
        pairs["is_dc"].to_numpy(),
        int(charge.car_dc_kw * W_PER_KW),
        int(charge.car_ac_kw * W_PER_KW),
    )
    stated = pairs["power_w"].to_numpy().astype(np.int64)
    return np.where(stated < 0, car, np.minimum(stated, car))


def _quotes(table: pa.Table) -> Quotes:
    """Return the rows of queries/quotes.sql by quote_no; numbers that are none hold nothing."""
    rows = table.to_pydict()
    size = max(rows["quote_no"], default=-1) + 1
    zones = tuple(dict.fromkeys(rows["time_zone"]))
    numbers = {zone: number for number, zone in enumerate(zones)}
    found = Quotes(
        [("", None)] * size,
        np.zeros(size, np.int64),
        zones,
        np.ones(size, np.int64),
        [None] * size,
        np.zeros(size, np.bool_),
    )
    names = (
        "quote_no",
        "content_hash",
        "vat_rate",
        "time_zone",
        "currency",
        "state",
        "state_reason",
        "tax_basis",
    )
    for number, digest, rate, zone, currency, state, reason, basis in zip(
        *(rows[name] for name in names), strict=True
    ):
        found.key[number] = (digest, rate)
        found.zone[number] = numbers[zone]
        found.units[number] = 10 ** (KEPT_DIGITS - minor_unit_digits(currency))
        found.is_derived[number] = basis == DERIVED
        if state == QuoteState.NOT_COMPUTABLE and reason not in OF_THE_SESSION:
            found.refusal[number] = reason
    return found


def _name(key: tuple[str, str | None]) -> str:
    return f"{key[0]} {key[1] or ''}"


def _with_tax(price_list: str, vat_rate: str | None) -> str:
    if vat_rate is None:
        return price_list
    return contents.to_json(with_rate_by_law(contents.from_json(price_list), Decimal(vat_rate)))
