"""What a bill cannot say in figures."""

from enum import StrEnum


class BillWarning(StrEnum):
    """What a reader of a bill should know."""

    CURRENT_UNKNOWN = "current_unknown"  # restrictions on current count as not met
    POWER_UNKNOWN = "power_unknown"  # restrictions on power count as not met
    FLAT_FEE_LEFT_OUT = "flat_fee_left_out"  # a later, higher flat fee: a session owes one only
    LIMIT_UNCHECKED = "limit_unchecked"  # a limit may apply, but only tax could tell
    MAX_PRICE_ZERO = "max_price_zero"  # read as "no limit"
    UNPRICED_LAST_MINUTE = "unpriced_last_minute"  # 23:59 as end, taken literally
    IMPOSSIBLE_RESTRICTION = "impossible_restriction"  # an element that no moment can meet
    CONTRADICTORY_LIMITS = "contradictory_limits"  # the highest price has the last word
    ABSURD_STEP_SIZE = "absurd_step_size"  # billed in blocks of over 100 kWh or a day
    CHANGE_INSIDE_PERIOD = "change_inside_period"  # of a CDR: priced as it was cut
