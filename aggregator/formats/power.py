"""Maximum power of a connector, in kW, from what feeds put into several fields.

Rules: `max_electric_power` is in W, but some feeds write kW there: below 1,000 it is kW.
Without it: volt x ampere by power type; a three-phase voltage above 300 V is line-to-line.
"""

from decimal import Decimal

from aggregator.domain.location import PowerSource
from aggregator.formats.values import LEAST_WATTS

WATTS_PER_KW = 1_000
LINE_TO_LINE_VOLTS = 300
SQUARE_ROOT_OF_3 = Decimal("1.7320508")
MOST_KW = 100_000
TO_THE_WATT = Decimal("0.001")
PHASES = {
    "AC_1_PHASE": Decimal(1),
    "AC_2_PHASE": Decimal(2),
    "AC_2_PHASE_SPLIT": Decimal(2),
    "DC": Decimal(1),
}


def watts_of(max_electric_power: Decimal | None, max_power: Decimal | None) -> Decimal | None:
    """Return OCPI's power as it is, else chargecloud's `max_power`, which is in kW, in W."""
    if max_electric_power or not max_power:
        return max_electric_power
    return max_power * WATTS_PER_KW if max_power < LEAST_WATTS else max_power


def max_power(
    watts: Decimal | None, volts: Decimal | None, amperes: Decimal | None, power_type: str | None
) -> tuple[Decimal | None, PowerSource | None]:
    """Return the power in kW and where it comes from; (None, None) when nothing tells."""
    kilowatts, source = _declared(watts) or _computed(volts, amperes, power_type) or (None, None)
    if kilowatts is None or kilowatts >= MOST_KW:
        return None, None
    return kilowatts.quantize(TO_THE_WATT), source


def _declared(watts: Decimal | None) -> tuple[Decimal, PowerSource] | None:
    if not watts or watts < 0:
        return None
    if watts < LEAST_WATTS:
        return watts, PowerSource.DECLARED_IN_KW
    return watts / WATTS_PER_KW, PowerSource.DECLARED


def _computed(
    volts: Decimal | None, amperes: Decimal | None, power_type: str | None
) -> tuple[Decimal, PowerSource] | None:
    if not volts or not amperes or volts < 0 or amperes < 0 or not power_type:
        return None
    if power_type == "AC_3_PHASE":
        factor = SQUARE_ROOT_OF_3 if volts > LINE_TO_LINE_VOLTS else Decimal(3)
    elif power_type in PHASES:
        factor = PHASES[power_type]
    else:
        return None
    return factor * volts * amperes / WATTS_PER_KW, PowerSource.COMPUTED
