"""Columns of the temporary tables from which the marts are made."""

from types import MappingProxyType

import pyarrow as pa

_TEXT, _NUMBER, _FLAG = pa.string(), pa.float64(), pa.bool_()
_MICRO, _MONEY, _THOUSANDTH = pa.decimal128(18, 6), pa.decimal128(18, 4), pa.decimal128(12, 3)
PLACE = pa.schema(
    [
        ("stated_time_zone", _TEXT),
        ("latitude", _NUMBER),
        ("longitude", _NUMBER),
        ("time_zone", _TEXT),
        ("time_zone_source", _TEXT),
    ]
)
QUOTE = pa.schema(
    [
        ("quote_no", pa.int32()),
        ("content_hash", _TEXT),
        ("time_zone", _TEXT),
        ("session_code", _TEXT),
        ("vat_rate", pa.decimal128(7, 6)),
        ("vat_source", _TEXT),
        ("is_by_law", _FLAG),
        ("state", _TEXT),
        ("state_reason", _TEXT),
        ("tax_basis", _TEXT),
        ("price_per_kwh", _MICRO),
        ("price_per_minute", _MICRO),
        ("parking_price_per_minute", _MICRO),
        ("start_fee", _MICRO),
        ("price_varies", _FLAG),
        ("fee_after_minutes", pa.int32()),
        ("effective_price_per_kwh", _MICRO),
        ("session_ac_total", _MONEY),
        ("session_dc_total", _MONEY),
        ("session_hpc_total", _MONEY),
        ("session_idle_total", _MONEY),
        ("price_excl_vat_per_kwh", _MICRO),
        ("price_incl_vat_per_kwh", _MICRO),
        ("price_excl_vat_per_minute", _MICRO),
        ("price_incl_vat_per_minute", _MICRO),
        ("parking_price_excl_vat_per_minute", _MICRO),
        ("parking_price_incl_vat_per_minute", _MICRO),
        ("start_fee_excl_vat", _MICRO),
        ("start_fee_incl_vat", _MICRO),
        ("cheapest_hour", pa.int8()),
        ("cheapest_hour_total", _MONEY),
        ("dearest_hour", pa.int8()),
        ("dearest_hour_total", _MONEY),
    ]
)
SESSION_TOTAL = pa.schema(
    [
        ("quote_no", pa.int32()),
        ("session_code", _TEXT),
        ("total", _MONEY),
        ("total_excl_vat", _MONEY),
        ("total_incl_vat", _MONEY),
        ("effective_price_per_kwh", _MICRO),
        ("effective_price_per_minute", _MICRO),
    ]
)
SESSION = pa.schema(
    [
        ("session_code", _TEXT),
        ("energy_kwh", _THOUSANDTH),
        ("charging_minutes", _THOUSANDTH),
        ("parking_minutes", _THOUSANDTH),
        ("start_weekday", _TEXT),
        ("start_time", pa.time64("us")),
    ]
)
NET_FEED = pa.schema([("feed", _TEXT)])
VAT_LAW = pa.schema(
    [
        ("country", _TEXT),
        ("region_1", _TEXT),
        ("party", _TEXT),
        ("vat_rate", pa.decimal128(7, 6)),
        ("vat_source", _TEXT),
    ]
)
COUNTRY_MATCH = pa.schema(
    [("stated", _TEXT), ("country", _TEXT), ("region_1", _TEXT), ("country_match", _TEXT)]
)
TEXT_FLAG = pa.schema(
    [("content_hash", _TEXT), ("alt_text", _TEXT), ("country", _TEXT), ("flags", _TEXT)]
)
ACCEPTANCE = pa.schema(
    [
        ("acceptance_no", pa.int32()),
        ("payment_method", _TEXT),
        ("certainty", _TEXT),
        ("evidence", _TEXT),
    ]
)
OUTLIER = pa.schema([("country", _TEXT), ("power_class", _TEXT), ("quote_no", pa.int32())])
FLAG_MEANING = pa.schema([("flag", _TEXT), ("meaning", _TEXT)])
RATE = pa.schema(
    [
        ("currency", _TEXT),
        ("to_currency", _TEXT),
        ("rate", pa.decimal128(38, 15)),
        ("rate_date", pa.date32()),
        ("missing_because", _TEXT),
    ]
)
EVSE_KEY = pa.schema([("evse_id", _TEXT), ("evse_key", _TEXT)])
KNOWN_OPERATOR = pa.schema(
    [
        ("country_code", _TEXT),
        ("party_id", _TEXT),
        ("stated_name", _TEXT),
        ("operator", _TEXT),
        ("name", _TEXT),
        ("operator_group", _TEXT),
    ]
)
PLACE_SPELLING = pa.schema(
    [
        ("kind", _TEXT),
        ("country", _TEXT),
        ("stated", _TEXT),
        ("name", _TEXT),
        ("search_key", _TEXT),
        ("match_key", _TEXT),
        ("code", _TEXT),
        ("group_no", pa.int32()),
    ]
)
PLACE_CLUSTER = pa.schema(
    [("group_no", pa.int32()), ("cell", pa.int32()), ("cluster_no", pa.int32())]
)
PAYMENT = pa.schema(
    [
        ("capabilities", pa.list_(_TEXT)),
        ("tariff_type", _TEXT),
        ("is_free", _FLAG),
        ("payment_method", _TEXT),
        ("payment_certainty", _TEXT),
    ]
)

TABLES = MappingProxyType(
    {
        "place": PLACE,
        "place_spelling": PLACE_SPELLING,
        "place_cluster": PLACE_CLUSTER,
        "country_match": COUNTRY_MATCH,
        "net_feed": NET_FEED,
        "vat_law": VAT_LAW,
        "quote": QUOTE,
        "session_total": SESSION_TOTAL,
        "payment": PAYMENT,
        "evse_key": EVSE_KEY,
        "known_operator": KNOWN_OPERATOR,
        "acceptance": ACCEPTANCE,
        "text_flag": TEXT_FLAG,
        "outlier": OUTLIER,
        "flag_meaning": FLAG_MEANING,
        "session": SESSION,
        "rate": RATE,
    }
)
"""Temporary tables that hold what was found out, by name."""
