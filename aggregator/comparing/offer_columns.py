"""The offers of a snapshot in columns, in memory: what every comparison is worked out of.

A question about a place looks at some thousand of a million offers. DuckDB would need longer to
plan its statements than numpy needs to answer.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from aggregator.comparing.codes import (
    Bools,
    Codes,
    Floats,
    Int8s,
    Int16s,
    Int32s,
    Int64s,
    spread,
)
from aggregator.comparing.hours import APART
from aggregator.store.queries import Reader

Numbers = npt.NDArray[Any]
NO_TEXTS = ["location_no", "country", "by_chance", "time_zone", "opening_times"]
BY_NAME = ("location_name", "location_id", "feed", "country_code", "party_id")
KEY_BITS = 31  # of a power in W, in the key of a pair


@dataclass(frozen=True, slots=True)
class Places:
    """The locations, one row of each array for each; a number of a place is its row.

    latitude, longitude: degrees, nan where unknown. by_name: its rank by
    name. by_chance: a stable number.
    first_offer: of each place, and at last the number of all offers. south_to_north: rows by
    latitude, those without one at last. texts: names and ids.
    hours: number in `every_hours` of its opening hours and its time zone, together.
    """

    country: Int16s
    operator: Int32s
    latitude: Floats
    longitude: Floats
    by_name: Int32s
    by_chance: npt.NDArray[np.uint64]
    first_offer: Int64s
    south_to_north: Int64s
    texts: pa.Table
    hours: Int32s
    every_hours: Codes
    countries: Codes
    operators: Codes


@dataclass(frozen=True, slots=True)
class Pairs:
    """What is priced, each once: a quote (-1: none) at a power, in W (-1: not stated)."""

    quote_no: Int64s
    power_w: Int64s
    is_dc: Bools


@dataclass(frozen=True, slots=True)
class OfferColumns:
    """The offers, by place, one row of each array for each; see view/offers.sql.

    place, pair: rows of `places` and `pairs`. missing: number in `reasons`, of what its tariff
    lacks. changed_us, last_seen_us: microseconds since 1970, UTC.
    """

    offer_no: Int32s
    place: Int32s
    pair: Int32s
    connector_no: Int32s
    missing: Int16s
    method: Int8s
    is_likely: Bools
    flags: Int32s
    is_preferred: Bools
    is_preferred_doubtful: Bools
    standard: Int32s
    power_class: Int8s
    changed_us: Int64s
    last_seen_us: Int64s
    places: Places
    pairs: Pairs
    methods: Codes
    flag_sets: Codes
    standards: Codes
    power_classes: Codes
    reasons: Codes


WORDS = {
    "payment_method": np.int8,
    "flags": np.int32,
    "connector_standard": np.int32,
    "power_class": np.int8,
}


def offer_columns(reader: Reader) -> OfferColumns:
    """Return all offers of a snapshot: about 50 bytes for each.

    Raises:
        StoreError: the snapshot cannot be read.
    """
    codes = {name: Codes() for name in WORDS}
    columns = _columns(reader, codes)
    locations = reader.locations()
    numbers = locations["location_no"].to_numpy()
    place = np.searchsorted(numbers, columns["location_no"]).astype(np.int32)
    pairs, pair = _pairs(columns)
    reasons, missing = _missing(reader, columns["named_no"])
    return OfferColumns(
        offer_no=columns["offer_no"],
        place=place,
        pair=pair,
        connector_no=columns["connector_no"],
        missing=missing,
        method=columns["payment_method"],
        is_likely=columns["is_likely"],
        flags=columns["flags"],
        is_preferred=columns["is_preferred"],
        is_preferred_doubtful=columns["is_preferred_doubtful"],
        standard=columns["connector_standard"],
        power_class=columns["power_class"],
        changed_us=columns["changed_us"],
        last_seen_us=columns["last_seen_us"],
        places=_places(locations, place),
        pairs=pairs,
        methods=codes["payment_method"],
        flag_sets=codes["flags"],
        standards=codes["connector_standard"],
        power_classes=codes["power_class"],
        reasons=reasons,
    )


def _columns(reader: Reader, codes: dict[str, Codes]) -> dict[str, Numbers]:
    """Return the columns of view/offers.sql; words as numbers, batch by batch into their place."""
    size, end = reader.offer_count(), 0
    columns: dict[str, Numbers] = {}
    with reader.offers() as batches:
        for batch in batches:
            start, end = end, end + batch.num_rows
            for name in batch.schema.names:
                numbers = _numbers(batch, name, codes)
                column = columns.setdefault(name, np.empty(size, numbers.dtype))
                column[start:end] = numbers
    return _by_location(columns, batches.schema.names)


def _by_location(columns: dict[str, Numbers], names: list[str]) -> dict[str, Numbers]:
    """Return the columns in order; one after the other, so that few are there twice."""
    nothing = np.zeros(0, np.int32)
    if not columns:
        return dict.fromkeys(names, nothing)
    order = np.lexsort((columns["offer_no"], columns["location_no"]))
    return {name: columns.pop(name)[order] for name in names}


def _numbers(batch: pa.RecordBatch, name: str, codes: dict[str, Codes]) -> Numbers:
    if name in codes:
        return codes[name].numbers(batch[name]).astype(WORDS[name])
    numbers: Numbers = batch[name].to_numpy(zero_copy_only=False)
    return numbers


def _pairs(columns: dict[str, Numbers]) -> tuple[Pairs, Int32s]:
    quote_no = columns["quote_no"].astype(np.int64)
    power_w = columns["power_w"].astype(np.int64)
    key = ((quote_no + 1) << KEY_BITS | (power_w + 1)) << 1 | columns["is_dc"].astype(np.int64)
    keys, pair = np.unique(key, return_inverse=True)
    power = (keys >> 1) & ((1 << KEY_BITS) - 1)
    pairs = Pairs((keys >> KEY_BITS + 1) - 1, power - 1, (keys & 1).astype(np.bool_))
    return pairs, pair.astype(np.int32)


def _missing(reader: Reader, named_no: Numbers) -> tuple[Codes, Int16s]:
    """Return why the tariff of each offer has no price."""
    reasons = Codes()
    tariffs = reader.named_tariffs()
    of_tariff = reasons.numbers(tariffs["missing_because"].combine_chunks()).astype(np.int16)
    return reasons, of_tariff[np.searchsorted(tariffs["named_no"].to_numpy(), named_no)]


def _places(locations: pa.Table, place: Int32s) -> Places:
    countries, operators, hours = Codes(), Codes(), Codes()
    written = pc.binary_join_element_wise(
        locations["opening_times"], locations["time_zone"], APART, null_handling="emit_null"
    )
    latitude = locations["latitude"].to_numpy()
    size = locations.num_rows
    order = pc.sort_indices(locations, sort_keys=[(name, "ascending") for name in BY_NAME])
    return Places(
        country=countries.numbers(locations["country"].combine_chunks()).astype(np.int16),
        operator=operators.numbers(locations["operator_name"].combine_chunks()),
        latitude=latitude,
        longitude=locations["longitude"].to_numpy(),
        by_name=spread(order.to_numpy(), np.arange(size), size, 0).astype(np.int32),
        by_chance=locations["by_chance"].to_numpy(),
        first_offer=np.searchsorted(place, np.arange(size + 1)),
        south_to_north=np.argsort(latitude, kind="stable"),
        texts=locations.drop_columns(NO_TEXTS).combine_chunks(),
        hours=hours.numbers(written.combine_chunks()),
        every_hours=hours,
        countries=countries,
        operators=operators,
    )
