"""What the lint finds in a price list: stable codes, how sure each one is, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How sure a finding is.

    ERROR: provable, and hardly meant. NOTE: provable, and may be meant. SURPRISE: a guess by the
    size of a number; it can be wrong.
    """

    ERROR = "error"
    NOTE = "note"
    SURPRISE = "surprise"


class LintCode(StrEnum):
    """Kinds of findings; under each one why it matters, and an example."""

    # What cannot be priced at all.
    UNREADABLE_PART = "unreadable_part"
    """A part could not be read, so nothing is priced: a price of "ask us"."""
    NOT_A_NUMBER = "not_a_number"
    """A figure is no finite number; nothing else is looked at then: a price of NaN."""
    NEGATIVE_AMOUNT = "negative_amount"
    """A price, limit or VAT rate below zero is never priced: a discount written as FLAT -1."""
    NO_PRICES = "no_prices"
    """No element prices anything, so nothing can be told: an empty list of elements."""
    ONLY_RESERVATION = "only_reservation"
    """Only reservations have prices; what charging costs is not told: one element, RESERVATION."""

    # What never counts.
    EMPTY_ELEMENT = "empty_element"
    """An element without components prices nothing: restrictions with no price beside them."""
    DUPLICATE_ELEMENT = "duplicate_element"
    """An element that stands twice counts once: the same price exported two times."""
    SECOND_OF_TYPE = "second_of_type"
    """Only an element's first component of a type counts: ENERGY 0.40 and then ENERGY 0.60."""
    NOT_FOR_RESERVATION = "not_for_reservation"
    """A reservation has a fee and a time, nothing else: ENERGY under RESERVATION."""
    SHADOWED_ELEMENT = "shadowed_element"
    """An earlier element always comes first: a night price behind a price without restrictions."""
    SHADOWED_COMPONENT = "shadowed_component"
    """As for an element, but others of its components do count: FLAT twice, ENERGY once."""
    SPARE_ELEMENT = "spare_element"
    """Earlier elements together leave it nothing: a fallback behind prices for all seven days."""
    IMPOSSIBLE_RESTRICTION = "impossible_restriction"
    """A restriction that nothing meets: min_kwh 20 with max_kwh 10, a price that never comes."""
    NO_POWER_WHILE_PARKED = "no_power_while_parked"
    """No power flows in parking, so it is never charged: PARKING_TIME with min_power 1."""
    FLAT_LEFT_OUT = "flat_left_out"
    """A session owes one flat fee, and another has come: 1 at the start, 10 after four hours."""
    ZERO_PRICE = "zero_price"
    """A price of 0 where the dimension has no other is the same as none: TIME 0 beside ENERGY."""
    NO_OP_RESTRICTION = "no_op_restriction"
    """A restriction that everything meets: min_kwh 0, all seven weekdays, 00:00 to 00:00."""
    NO_OP_LIMIT = "no_op_limit"
    """A limit of 0 limits nothing; as a highest price it cannot be meant: max_price 0."""

    # When something costs less, or comes later, than it seems.
    DAILY_HOLE_UNPRICED = "daily_hole_unpriced"
    """A window ends minutes before the next begins, and nothing is charged: 00:00 to 23:59."""
    DAILY_HOLE_CAUGHT = "daily_hole_caught"
    """As before, but another element steps in, perhaps at its own price: 08:00 to 23:59."""
    ENERGY_GAP = "energy_gap"
    """Energy has a price, but not always, and time has none then: ENERGY on weekdays only."""
    ONLY_PARKING = "only_parking"
    """Charging itself is free, which may be a forgotten price: one component, PARKING_TIME 3."""
    FLAT_CHARGED_LATE = "flat_charged_late"
    """A flat fee that comes during the session is not seen at its start: FLAT from 18:00 on."""
    PARKING_FROM_SESSION_START = "parking_from_session_start"
    """Durations count charging too (ruling 4): parking from 60 min on is not 60 min of parking."""
    POWER_DEPENDENT = "power_dependent"
    """What power the vehicle takes is not known before, nor is the price: max_power 50."""
    CURRENT_DEPENDENT = "current_dependent"
    """What current the vehicle takes is not known before, nor is the price: min_current 32."""

    # What contradicts itself.
    CONTRADICTORY_LIMITS = "contradictory_limits"
    """Both cannot hold: min_price 5 with max_price 3, or a limit less with tax than without."""
    MAX_PRICE_BELOW_START_FEE = "max_price_below_start_fee"
    """The fee alone goes beyond the highest price: FLAT 5 with max_price 3."""

    # Tax.
    MIXED_VAT_RATES = "mixed_vat_rates"
    """Parts are taxed at different rates, often by a slip: ENERGY at 20 %, FLAT at 5 %."""
    VAT_PARTLY_STATED = "vat_partly_stated"
    """Where one rate is missing the total with tax is not known: ENERGY at 19 %, FLAT without."""
    TAX_BASIS_UNKNOWN = "tax_basis_unknown"
    """Nobody can tell whether tax comes on top: OCPI 2.2.1 without any VAT rate."""
    UNUSUAL_VAT_RATE = "unusual_vat_rate"
    """No country has such a rate; a fraction in a field of per cents: 0.2 % for 20 %."""

    # Figures that look like another unit's.
    TIME_PRICE_UNIT = "time_price_unit"
    """Prices of time are per hour; this one looks like one per minute: 0.10 with a step of 60."""
    ENERGY_PRICE_UNIT = "energy_price_unit"
    """Prices of energy are per kWh; this one looks like cents, or per Wh: 45 euros."""
    ENERGY_STEP_UNIT = "energy_step_unit"
    """Steps of energy are in Wh; this one looks like seconds: 900."""
    THRESHOLD_UNIT = "threshold_unit"
    """No session meets such a threshold in its unit: max_power 22000 kW, min_duration 30 s."""
    LARGE_STEP = "large_step"
    """Much more is billed than was used: 1000 Wh, or 15 minutes for one."""
    STEP_BEYOND_THRESHOLD = "step_beyond_threshold"
    """The step is longer than the element holds: steps of 15 minutes in the first 10 minutes."""

    @property
    def severity(self) -> Severity:
        """How sure a finding of this kind is."""
        if self in SURPRISES:
            return Severity.SURPRISE
        return Severity.NOTE if self in NOTES else Severity.ERROR


SURPRISES = frozenset(
    {
        LintCode.UNUSUAL_VAT_RATE,
        LintCode.TIME_PRICE_UNIT,
        LintCode.ENERGY_PRICE_UNIT,
        LintCode.ENERGY_STEP_UNIT,
        LintCode.THRESHOLD_UNIT,
        LintCode.LARGE_STEP,
        LintCode.STEP_BEYOND_THRESHOLD,
    }
)
NOTES = frozenset(
    {
        LintCode.EMPTY_ELEMENT,
        LintCode.DUPLICATE_ELEMENT,
        LintCode.SPARE_ELEMENT,
        LintCode.ZERO_PRICE,
        LintCode.NO_OP_RESTRICTION,
        LintCode.NO_OP_LIMIT,
        LintCode.DAILY_HOLE_CAUGHT,
        LintCode.ENERGY_GAP,
        LintCode.ONLY_PARKING,
        LintCode.FLAT_CHARGED_LATE,
        LintCode.PARKING_FROM_SESSION_START,
        LintCode.POWER_DEPENDENT,
        LintCode.CURRENT_DEPENDENT,
        LintCode.MIXED_VAT_RATES,
        LintCode.VAT_PARTLY_STATED,
        LintCode.TAX_BASIS_UNKNOWN,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about a price list.

    path: in OCPI's words, positions from 0, as `elements[2].restrictions.end_time`.
    element_number: counted from 1, as on bills; None for the price list as a whole.
    message: one sentence for people, with the numbers concerned.
    """

    code: LintCode
    path: str
    element_number: int | None
    message: str

    @property
    def severity(self) -> Severity:
        """How sure it is."""
        return self.code.severity
