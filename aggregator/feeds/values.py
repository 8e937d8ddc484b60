"""Values as feed files write them: durations, addresses, names of variables."""

import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from aggregator.domain.host_name import is_host_name

DURATION = re.compile(r"([0-9]+)\s*([smhd])")
MOST_DIGITS = 9
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def _duration(value: object) -> object:
    match = DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        message = 'write a whole number and a unit: "30s", "15m", "6h" or "1d"'
        raise ValueError(message)
    if len(match[1]) > MOST_DIGITS:
        message = "31 days at most"
        raise ValueError(message)
    return timedelta(seconds=int(match[1]) * SECONDS[match[2]])


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        message = f"{value!r} is no IANA time zone such as Europe/Stockholm"
        raise ValueError(message) from error
    return value


def _address(value: str) -> str:
    parts = urlsplit(value)
    _ = parts.port  # raises ValueError, in words, when it is no number
    if not is_host_name(parts.hostname or ""):
        message = "no host can be called that: a part of its name is empty or over 63 letters long"
        raise ValueError(message)
    if parts.username or parts.password:
        message = "no user or password in an address; name variables with `basic`"
        raise ValueError(message)
    return value


def _header_value(value: str) -> str:
    value = value.strip()
    if not (value.isascii() and value.isprintable()):
        message = "holds characters that no header can carry: plain ASCII only"
        raise ValueError(message)
    return value


def _one_place(value: str) -> str:
    if value.count("{id}") != 1:
        message = "write {id} once, where the tariff's id belongs"
        raise ValueError(message)
    return value


Duration = Annotated[
    timedelta, BeforeValidator(_duration), Field(ge=timedelta(seconds=10), le=timedelta(days=31))
]
Url = Annotated[
    str, Field(pattern=r"^https?://[^\s/$.?#][^\s]*$", max_length=2000), AfterValidator(_address)
]
UrlOfOne = Annotated[Url, AfterValidator(_one_place)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Variable = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
"""Name of an environment variable or of an entry in the secrets file."""

HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", max_length=100)]
HeaderValue = Annotated[str, Field(max_length=2000), AfterValidator(_header_value)]
Party = Annotated[str, Field(pattern=r"^[A-Z]{2}\*[A-Z0-9]{3}$")]
"""Country code and party id, as `SE*ABC`."""

JsonPath = Annotated[str, Field(pattern=r"^[^.\s]+(\.[^.\s]+)*$", max_length=200)]
"""Keys from the outside in, as `data.locations`."""

FeedId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{1,63}$")]
