"""The versions of OCPI that can be read."""

from enum import StrEnum


class OcpiVersion(StrEnum):
    """Versions that can be read, oldest first; 2.2 is worded like 2.2.1."""

    V2_1_1 = "2.1.1"
    V2_2 = "2.2"
    V2_2_1 = "2.2.1"
    V2_3_0 = "2.3.0"
