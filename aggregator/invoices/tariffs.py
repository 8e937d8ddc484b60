"""The tariffs that a person asks about: from a file, or of a connector in the snapshot."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from aggregator.domain import contents
from aggregator.domain.tariff import PriceList
from aggregator.errors import BrokenAnswer, FormatError
from aggregator.feeds import OcpiVersion, StatedPrices
from aggregator.formats.tariff_documents import read_tariffs
from aggregator.formats.whole import decode
from aggregator.normalise.tax import with_rate_by_law
from aggregator.store.connector_tariffs import Place, connector_tariffs

MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Priced:
    """A tariff, and what is known of the connector that it is for; None where nothing is.

    valid_from, valid_to: as the tariff states, UTC, the end excluded.

    reason: why there is no price list. notes: what was read differently from how it was written.
    vat_rate: a rate by law, 0.2 for 20 %, that the price list has where the operator states none;
    vat_source: where it stands.
    """

    tariff_id: str | None
    price_list: PriceList | None
    reason: str | None = None
    notes: tuple[str, ...] = ()
    operator_name: str | None = None
    place: str | None = None
    connector: str | None = None
    payment_methods: tuple[str, ...] = ()
    max_power_kw: Decimal | None = None
    power_class: str | None = None
    time_zone: str | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    last_updated: datetime | None = None
    last_seen_at: datetime | None = None
    licence: str | None = None
    source_url: str | None = None
    synthetic: bool = False
    vat_rate: Decimal | None = None
    vat_source: str | None = None


def of_file(
    path: Path, version: OcpiVersion | None = None, prices: StatedPrices = StatedPrices.AS_STATED
) -> list[Priced]:
    """Return the tariffs of a JSON file: one object, a list, or an OCPI answer.

    Args:
        path: of the file.
        version: of OCPI; None: what the records look like.
        prices: what the prices include, where the file does not say.

    Raises:
        FormatError: it cannot be opened, is no JSON, or holds no tariff that can be read.
    """
    found = read_tariffs(document_of(path), version, prices)
    return [
        Priced(
            one.tariff_id,
            one.price_list,
            notes=notes,
            valid_from=one.start_date_time,
            valid_to=one.end_date_time,
            last_updated=one.last_updated,
        )
        for one, notes in found
    ]


def document_of(path: Path) -> Any:  # noqa: ANN401 - any JSON
    """Return the JSON of a file, packed or not; FormatError when it cannot be opened or is none."""
    try:
        return decode(path.read_bytes(), MOST_BYTES)
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise FormatError(message) from error
    except BrokenAnswer as error:
        message = f"{path}: {error}"
        raise FormatError(message) from error


def of_connectors(snapshots_folder: Path, place: Place) -> list[Priced]:
    """Return the tariffs of the connectors meant, those without a usable one with the reason.

    Raises:
        StoreError: there is no snapshot to look into.
        FormatError: there is no such connector.
    """
    rows = connector_tariffs(snapshots_folder, place)
    if not rows:
        message = "no such connector in the current snapshot; `klarpris harvest` renews it"
        raise FormatError(message)
    return [_of_row(row) for row in rows]


def _of_row(row: dict[str, Any]) -> Priced:
    listed = row["price_list"]
    price_list = contents.from_json(listed) if listed else None
    if price_list and row["vat_rate"] is not None:
        price_list = with_rate_by_law(price_list, row["vat_rate"])
    return Priced(
        tariff_id=row["tariff_id"],
        price_list=price_list,
        reason=None if listed else row["state_reason"],
        operator_name=row["operator_name"],
        place=row["location_name"] or row["location_id"],
        connector="/".join(row[key] for key in ("feed", "location_id", "evse_uid", "connector_id")),
        payment_methods=tuple(row["payment_methods"] or ()),
        max_power_kw=row["max_power_kw"],
        power_class=row["power_class"],
        time_zone=row["time_zone"],
        last_updated=_utc(row["operator_last_updated"]),
        last_seen_at=_utc(row["last_seen_at"]),
        licence=row["licence"],
        source_url=row["source_url"],
        synthetic=row["synthetic"],
        vat_rate=row["vat_rate"],
        vat_source=row["vat_source"],
    )


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None
