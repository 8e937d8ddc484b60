"""The CDRs of a file, each checked against its tariffs."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aggregator.domain.cdr import Cdr
from aggregator.domain.tariff import Tariff
from aggregator.feeds import OcpiVersion
from aggregator.formats.cdrs import PRICES, read_cdrs
from aggregator.formats.countries import alpha_3
from aggregator.formats.country_boxes import boxes_of, is_inside
from aggregator.formats.tariff_documents import read_tariffs
from aggregator.invoices.tariffs import document_of
from aggregator.normalise.time_zone import local_zone
from aggregator.pricing.cdr_check import CdrCheck, check, needs_zone
from aggregator.pricing.reference import zone_named
from aggregator.pricing.refusal import NotComputable


@dataclass(frozen=True, slots=True)
class Checked:
    """A CDR and its check. refused: why there is none. zone: the clock it was priced on."""

    cdr: Cdr
    check: CdrCheck | None = None
    refused: str | None = None
    zone: ZoneInfo | None = None

    @property
    def agrees(self) -> bool:
        """Whether it was checked and nothing differs."""
        return self.check is not None and self.check.agrees

    def as_data(self) -> dict[str, Any]:
        """Return it for scripts; amounts are texts, exact."""
        found = self.check
        return {
            "cdr_id": self.cdr.cdr_id,
            "currency": self.cdr.currency,
            "start": self.cdr.start,
            "time_zone": str(self.zone) if self.zone else None,
            "agrees": self.agrees,
            "refused": self.refused,
            "is_credit": self.cdr.is_credit,
            "is_unordered": self.cdr.is_unordered,
            "changed_inside": found.changed_inside if found else [],
            "without_tariff": found.without_tariff if found else [],
            "bills": [asdict(one) for one in found.bills] if found else [],
            "comparisons": [
                {**asdict(one), "difference": one.difference} for one in found.comparisons
            ]
            if found
            else [],
        }


def checked(
    path: Path,
    tariff_path: Path | None = None,
    zone: ZoneInfo | None = None,
    version: OcpiVersion | None = None,
) -> list[Checked]:
    """Return every CDR of a file with its check.

    Args:
        path: of the CDRs.
        tariff_path: of tariffs for CDRs that hold none.
        zone: the chargers'; None: as stated, else by position.
        version: of OCPI; None: what the records look like.

    Raises:
        FormatError: a file cannot be opened or read.
    """
    found = read_cdrs(document_of(path), version)
    tariffs = _tariffs(tariff_path, version) if tariff_path else ()
    return [_checked(one if one.tariffs else replace(one, tariffs=tariffs), zone) for one in found]


def _tariffs(path: Path, version: OcpiVersion | None) -> tuple[Tariff, ...]:
    return tuple(one.tariff for one in read_tariffs(document_of(path), version, PRICES))


def _checked(cdr: Cdr, said: ZoneInfo | None) -> Checked:
    zone = said or _zone(cdr)
    if zone is None and needs_zone(cdr):
        return Checked(cdr, refused="its prices depend on the charger's clock: say --zone")
    try:
        return Checked(cdr, check(cdr, zone) if zone else check(cdr), zone=zone)
    except NotComputable as refusal:
        return Checked(cdr, refused=str(refusal))


def _zone(cdr: Cdr) -> ZoneInfo | None:
    """Return the zone as stated, else of the position, where that lies in the stated country."""
    latitude, longitude = cdr.latitude, cdr.longitude
    boxes = boxes_of(alpha_3(cdr.country) or "")
    if latitude is not None and longitude is not None and boxes:
        swapped = is_inside(longitude, latitude, boxes)
        if not is_inside(latitude, longitude, boxes):
            latitude, longitude = (longitude, latitude) if swapped else (None, None)
    return zone_named(local_zone(cdr.time_zone, latitude, longitude)[0])
