"""Which column of which table holds what; everything is int64.

Units: energy mWh (1e-6 kWh), time ms, money 1e-6 currency, power W, current mA, VAT 1e-5.
-1 stands for what was not stated. Compiled code freezes these numbers.
"""

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
MWH_PER_KWH = 1_000_000
MWH_PER_WH = 1_000
MS_PER_SECOND = 1_000
MICRO = 1_000_000
VAT_SCALE = 100_000
ABSENT = -1

# A tariff's row. From STATE_REFUSED on, the state is that plus the number of a reason.
STATE = 0
STATE_KERNEL, STATE_EXACT, STATE_REFUSED = 0, 1, 2
BASIS = 1
NET, GROSS, NO_TAX, UNKNOWN = 0, 1, 2, 3
MINOR_UNITS = 2  # of one unit of the currency: 100 for EUR
FIXED_WARNINGS = 3  # whatever the session
BLIND_POWER_WARNING = 4  # mask, due where the power is unknown
BLIND_CURRENT_WARNING = 5
FLAT_BEGIN, ENERGY_BEGIN, TIME_BEGIN, PARKING_BEGIN, CANDIDATES_END = 6, 7, 8, 9, 10
CLOCKS_BEGIN, DURATIONS_BEGIN, ENERGIES_BEGIN, THRESHOLDS_END = 11, 12, 13, 14
PRICE_UNIT = 15  # divides every price; keeps denominators small
VAT_DENOMINATOR = 16  # 0: too large
MIN_EXCL, MIN_INCL, MAX_EXCL, MAX_INCL = 17, 18, 19, 20
HAS_LIMITS = 21
TARIFF_COLUMNS = 22

# A candidate's row: a component of one dimension, in list order.
PRICE = 0  # per kWh, hour or session
VAT_NUMERATOR = 1  # over the tariff's denominator: from stated to gross or net; -1 unknown
STEP = 2  # mWh or ms; 0 means none
RESTRICTION = 3  # row of its restrictions, -1 for none
CANDIDATE_COLUMNS = 4

# Restrictions. CHECKS says which are stated; window and weekdays are looked at all the same.
CHECKS = 0
WINDOW, WEEKDAYS, DATES, DURATION, ENERGY, POWER, CURRENT = 1, 2, 4, 8, 16, 32, 64
SELDOM = DATES | DURATION | ENERGY | CURRENT
OPENS, OPEN_MS = 1, 2  # ms of the day at which the window opens, how long it stays open
WEEKDAY_MASK = 3  # the lowest bit is Monday
EVERY_DAY = 127
FIRST_DATE, END_DATE = 4, 5  # ordinals; -1 for open
MIN_DURATION, MAX_DURATION = 6, 7
MIN_ENERGY, MAX_ENERGY = 8, 9
MIN_POWER, MAX_POWER = 10, 11  # without a highest power BOUNDLESS_POWER_W
MIN_CURRENT, MAX_CURRENT = 12, 13
RESTRICTION_COLUMNS = 14

# A session's row; its state is STATE_KERNEL or STATE_EXACT.
LOCAL_START = 1  # ms on the local clock since day 0 of the proleptic calendar
CHANGE_AT = 2  # elapsed ms at which the local clock is put forward or back
SHIFT = 3  # by so many ms
CHARGING_MS, TOTAL_MS = 4, 5
ENERGY_MWH = 6
CURRENT_MA = 7
SESSION_COLUMNS = 8
NEVER = 1 << 62

# What is answered for a pair.
TOTAL_NET, TOTAL_GROSS, TOTAL_AS_STATED = 0, 1, 2
UNKNOWN_TOTAL = -1
ORIGIN, TAX_BASIS, WARNINGS, APPLIED = 0, 1, 2, 3
FROM_KERNEL, FROM_EXACT, REFUSED = 0, 1, 2
BASIS_GROSS, BASIS_DERIVED, BASIS_NET, BASIS_UNKNOWN = 0, 1, 2, 3
CURRENT_UNKNOWN, POWER_UNKNOWN, FLAT_FEE_LEFT_OUT = 1, 2, 4
LIMIT_UNCHECKED, MAX_PRICE_ZERO, UNPRICED_LAST_MINUTE = 8, 16, 32
APPLIED_MIN_EXCL, APPLIED_MIN_INCL, APPLIED_MAX_EXCL, APPLIED_MAX_INCL = 1, 2, 4, 8

# Bounds within which no product overflows, see `volumes`.
MOST_CANDIDATES = 64
MOST_MARKS = 128
MOST_POSITION = 1 << 61  # ms x mWh
MOST_ENERGY_MWH = 10**11  # as in pricing.course
MOST_SESSION_MS = 400 * DAY_MS
MOST_PRICE = 10**12
MOST_STEP = 10**12
MOST_STEP_WH, MOST_STEP_SECONDS = 100_000, 86_400  # as in pricing.soundness
MOST_THRESHOLD = 10**13
MOST_POWER_W = 10**8
BOUNDLESS_POWER_W = MOST_POWER_W + 1
MOST_VAT = 10**7
