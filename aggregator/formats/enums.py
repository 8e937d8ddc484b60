"""The values that OCPI 2.1.1, 2.2.1 and 2.3.0 know; others are kept as published, and counted.

In capitals, as values are read. Source: mod_locations, "Status", "Capability", "ConnectorType",
"ConnectorFormat" and "PowerType" of the three versions, 2.3.0's "ConnectorCapability" too.
"""

from collections.abc import Iterable

from aggregator.domain.problem import ObjectType
from aggregator.formats.reading import Reader


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


STATUSES = _names(
    "AVAILABLE BLOCKED CHARGING INOPERATIVE OUTOFORDER PLANNED REMOVED RESERVED UNKNOWN"
)
CAPABILITIES = _names(
    "CHARGING_PREFERENCES_CAPABLE CHARGING_PROFILE_CAPABLE CHIP_CARD_SUPPORT "
    "CONTACTLESS_CARD_SUPPORT CREDIT_CARD_PAYABLE DEBIT_CARD_PAYABLE PED_TERMINAL "
    "REMOTE_START_STOP_CAPABLE RESERVABLE RFID_READER START_SESSION_CONNECTOR_REQUIRED "
    "TOKEN_GROUP_CAPABLE UNLOCK_CAPABLE ISO_15118_2_PLUG_AND_CHARGE "
    "ISO_15118_20_PLUG_AND_CHARGE"
)
CONNECTOR_CAPABILITIES = _names("ISO_15118_2_PLUG_AND_CHARGE ISO_15118_20_PLUG_AND_CHARGE")
STANDARDS = _names(
    "CHADEMO CHAOJI DOMESTIC_A DOMESTIC_B DOMESTIC_C DOMESTIC_D DOMESTIC_E DOMESTIC_F DOMESTIC_G "
    "DOMESTIC_H DOMESTIC_I DOMESTIC_J DOMESTIC_K DOMESTIC_L DOMESTIC_M DOMESTIC_N DOMESTIC_O "
    "GBT_AC GBT_DC IEC_60309_2_SINGLE_16 IEC_60309_2_THREE_16 IEC_60309_2_THREE_32 "
    "IEC_60309_2_THREE_64 IEC_62196_T1 IEC_62196_T1_COMBO IEC_62196_T2 IEC_62196_T2_COMBO "
    "IEC_62196_T3A IEC_62196_T3C MCS NEMA_5_20 NEMA_6_30 NEMA_6_50 NEMA_10_30 NEMA_10_50 "
    "NEMA_14_30 NEMA_14_50 PANTOGRAPH_BOTTOM_UP PANTOGRAPH_TOP_DOWN SAE_J3400 TESLA_R "
    "TESLA_S"
)
FORMATS = frozenset({"CABLE", "SOCKET"})
POWER_TYPES = frozenset({"AC_1_PHASE", "AC_2_PHASE", "AC_2_PHASE_SPLIT", "AC_3_PHASE", "DC"})


def note_unknown(
    values: Iterable[str | None],
    known: frozenset[str],
    object_type: ObjectType,
    path: str,
    reader: Reader,
) -> None:
    """Count the values that OCPI does not know; `path` ends in the field's name."""
    for value in values:
        if value is not None and value not in known:
            field = path.rpartition(".")[2]
            singular = "capability" if field == "capabilities" else field
            text = f"'{field}' holds a value that OCPI does not know; kept as published"
            reader.note(object_type, path, f"unknown_{singular}", text, value)
