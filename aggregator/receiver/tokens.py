"""Whether a request shows the token that we gave out."""

from base64 import b64encode
from hmac import compare_digest

SCHEME = "token"


def shows(header: str, token: str) -> bool:
    """Tell whether an Authorization header shows a token, plain or in base64.

    OCPI 2.1.1 sends it as it is and later versions in base64, but both are met in every version.
    The time that this takes does not depend on how much of the token is right.

    >>> shows("Token abc", "abc"), shows("token YWJj", "abc"), shows("Token ab", "abc")
    (True, True, False)
    """
    scheme, _, given = header.strip().partition(" ")
    shown = given.strip().encode("utf-8", "replace")
    plain = compare_digest(shown, token.encode())
    encoded = compare_digest(shown, b64encode(token.encode()))
    return scheme.lower() == SCHEME and (plain | encoded)
