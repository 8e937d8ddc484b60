"""Text of strangers, made fit to be shown in one line."""

import unicodedata

CONTROL, SURROGATE = "Cc", "Cs"


def one_line(text: str, longest: int | None = None) -> str:
    """Return text without control characters, its white space folded, cut to a length.

    >>> one_line("  no   access ")
    'no access'
    """
    folded = " ".join(text.split())
    clean = "".join(c for c in folded if unicodedata.category(c) not in {CONTROL, SURROGATE})
    return clean if longest is None or len(clean) <= longest else clean[: longest - 1] + "…"
