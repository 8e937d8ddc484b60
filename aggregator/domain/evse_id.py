"""Ids of EVSEs, written in the one way in which those of different feeds can be compared."""

import re

from aggregator.domain.country_code import is_country_code

SEPARATORS = re.compile(r"[\s*\-\u2010-\u2015\u2212]+")
ISO_15118 = re.compile(r"(?P<country>[A-Z]{2})(?P<operator>[A-Z0-9]{3})E(?P<outlet>[A-Z0-9]{1,31})")
DIN_91286 = re.compile(
    r"(?P<country>\+[1-9][0-9]{0,2})\*(?P<operator>[0-9]{3,6})\*(?P<outlet>[0-9][0-9*]{0,31})"
)
UUID = re.compile(r"[0-9A-F]{32}")
NO_OPERATORS = {"000", "XXX"}
NO_OUTLETS = re.compile(r"0+|X+")
WORDS = {"CHARGE", "DEVICE", "GARAGE", "GRUPPE", "SAMPLE", "STELLE"}
"""Begin like a country, an operator and the E, but are words: "Charger 1", "Garage-2"."""


def normalised_evse_id(text: str) -> str | None:
    """Return an EVSE id in capitals and without separators; None where it is not unique worldwide.

    Unique are ids that begin with their country and operator: those of ISO 15118-2, and the
    older ones of DIN SPEC 91286, which keep the two separators that tell their numbers apart.
    None are serial numbers, placeholders and ids without the E, which could be anything. Where in
    doubt it is None: a charger shown twice does less harm than two shown as one.

    >>> normalised_evse_id(" nl*fas-E310 0201"), normalised_evse_id("+49*810*000*438")
    ('NLFASE3100201', '+49*810*000438')
    >>> normalised_evse_id("11730981*1"), normalised_evse_id("DE*XXX*E0"), normalised_evse_id("N/A")
    (None, None, None)

    Source: the EVSEID of ISO 15118-2 and of eMI3, where separators may be left out.
    """
    parts = [part for part in SEPARATORS.split(text) if part]
    if not all(map(str.isascii, parts)):
        return None
    if parts and parts[0].startswith("+"):
        return _of_din("*".join(parts))
    return _of_iso("".join(parts).upper())


def _of_iso(compact: str) -> str | None:
    match = ISO_15118.fullmatch(compact)
    if not match or not is_country_code(match["country"]) or _is_placeholder(match):
        return None
    return None if compact[:6] in WORDS or UUID.fullmatch(compact) else compact


def _of_din(starred: str) -> str | None:
    match = DIN_91286.fullmatch(starred)
    if not match:
        return None
    outlet = match["outlet"].replace("*", "")
    return None if _is_placeholder(match) else f"{match['country']}*{match['operator']}*{outlet}"


def _is_placeholder(match: re.Match[str]) -> bool:
    outlet = match["outlet"].replace("*", "")
    return match["operator"] in NO_OPERATORS or NO_OUTLETS.fullmatch(outlet) is not None
