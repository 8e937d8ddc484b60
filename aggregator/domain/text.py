"""Text of strangers, made fit to be shown in one line."""

import unicodedata

CONTROL, SURROGATE = "Cc", "Cs"


def one_line(text: str, longest: int | None = None) -> str:
    """Return text without control characters, its white space folded, cut to a length.

    >>> one_line("  no   access ")
    'no access'
    """
    clean = " ".join(text.split())
    if not clean.isprintable():
        clean = "".join(c for c in clean if unicodedata.category(c) not in {CONTROL, SURROGATE})
    return clean if longest is None or len(clean) <= longest else clean[: longest - 1] + "…"
