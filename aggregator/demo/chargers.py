"""Which hardware stands at a site."""

from dataclasses import dataclass
from random import Random

from aggregator.demo.description import PowerClass
from aggregator.demo.sites import SiteKind


@dataclass(frozen=True, slots=True)
class Plug:
    """One connector's hardware. max_voltage: line to neutral on three phases, as OCPI counts."""

    standard: str
    format: str
    power_type: str
    max_voltage: int
    max_amperage: int
    max_power_w: int


@dataclass(frozen=True, slots=True)
class Charger:
    """The supply of one bay with its plugs, of which one is used at a time."""

    power_class: PowerClass
    plugs: tuple[Plug, ...]


CCS = "IEC_62196_T2_COMBO"
AC_11 = Charger(PowerClass.AC, (Plug("IEC_62196_T2", "SOCKET", "AC_3_PHASE", 230, 16, 11_000),))
AC_22 = Charger(PowerClass.AC, (Plug("IEC_62196_T2", "SOCKET", "AC_3_PHASE", 230, 32, 22_000),))
DC_50 = Charger(
    PowerClass.DC,
    (
        Plug(CCS, "CABLE", "DC", 400, 125, 50_000),
        Plug("CHADEMO", "CABLE", "DC", 400, 125, 50_000),
    ),
)
HPC_150 = Charger(PowerClass.HPC, (Plug(CCS, "CABLE", "DC", 750, 200, 150_000),))
HPC_300 = Charger(PowerClass.HPC, (Plug(CCS, "CABLE", "DC", 1000, 300, 300_000),))

# most of a site's bays get the first of a pair, one in four the second
PAIRS = {
    SiteKind.STREET: ((AC_11, AC_11), (AC_22, AC_22), (AC_22, AC_11)),
    SiteKind.CAR_PARK: ((AC_22, AC_22), (AC_11, AC_11), (AC_22, AC_11), (AC_22, DC_50)),
    SiteKind.RETAIL: ((DC_50, AC_22), (HPC_150, AC_22), (HPC_150, DC_50)),
    SiteKind.MOTORWAY: ((HPC_300, HPC_150), (HPC_150, DC_50), (HPC_300, HPC_300)),
}


def chargers(kind: SiteKind, count: int, random: Random) -> tuple[Charger, ...]:
    """Return the chargers of a site, one for each EVSE."""
    usual, other = random.choice(PAIRS[kind])
    return tuple(other if bay % 4 == 3 else usual for bay in range(count))  # noqa: PLR2004
