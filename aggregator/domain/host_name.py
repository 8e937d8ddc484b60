"""Names of hosts, as far as their shape goes."""

import re

LONGEST_LABEL = 63
DOTS = re.compile("[.\u3002\uff0e\uff61]")  # those that IDNA reads as dots


def is_host_name(host: str) -> bool:
    """Tell whether a host is written as names are: no part empty, none longer than 63 signs.

    >>> is_host_name("a.example."), is_host_name("a..example")
    (True, False)
    """
    parts = DOTS.split(host)
    if len(parts) > 1 and not parts[-1]:
        parts.pop()  # the dot of the root
    return all(0 < len(part) <= LONGEST_LABEL for part in parts)
