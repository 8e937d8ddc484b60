"""Text of strangers, made fit to be shown in one line."""

import unicodedata

CONTROL, SURROGATE = "Cc", "Cs"
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that nobody sees and that turn the direction in which what follows is read."""

BYTE_ORDER = "\ufeff"


def one_line(text: str, longest: int | None = None) -> str:
    """Return text without control characters, its white space folded, cut to a length.

    Signs that join letters or part words stay: some languages are not written without them.

    >>> one_line("  no   access ")
    'no access'
    """
    clean = " ".join(text.split())
    if not clean.isprintable():
        clean = " ".join("".join(c for c in clean if _is_fit(c)).split())
    return clean if longest is None or len(clean) <= longest else clean[: longest - 1] + "…"


def _is_fit(character: str) -> bool:
    if character in TURNING or character == BYTE_ORDER:
        return False
    return unicodedata.category(character) not in {CONTROL, SURROGATE}
