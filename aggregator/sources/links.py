"""Addresses of next pages: as Link headers name them, mended where that is safe, and counted.

Sources: RFC 8288; OCPI 2.2.1, "Transport and format, Pagination".
"""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple
from urllib.parse import unquote_plus, urlencode, urlsplit, urlunsplit

from aggregator.errors import BrokenAnswer
from aggregator.sources.address import DEFAULT_PORTS, joined, origin_of

LINK = re.compile(r"<([^>]*)>([^<]*)")
BARE_LINK = re.compile(r"\s*([^\s<>;,]+)\s*(;[^<]*)")
RELATION = re.compile(r""";\s*rel\s*=\s*["']?([^"';,]*)""", re.IGNORECASE)
COUNT = re.compile(r"[0-9]{1,15}")
PAGING = {"offset", "limit", "date_from", "date_to"}
NOTHING = {"", "none", "null", "nil", "undefined", "nan"}


class NextLink(NamedTuple):
    """What a Link header says about a next page.

    url: None when it cannot be followed. was_plain: it was one of http, below one of https.
    """

    is_there: bool
    url: str | None
    was_plain: bool = False


def next_link(headers: Mapping[str, str], base: str, asked: Mapping[str, object]) -> NextLink:
    """Return the next page that the headers name.

    Args:
        headers: of the answer.
        base: the answer's address; relative links lead on from there.
        asked: the parameters of our own requests; a counting link that lost one gets it back.
    """
    reference = _next_reference(headers.get("link", ""))
    if reference is None:
        return NextLink(is_there=False, url=None)
    try:
        named = joined(base, reference)
    except BrokenAnswer:
        return NextLink(is_there=True, url=None)
    safe = raised(named, base)
    url = _mended(safe, asked)
    return NextLink(
        is_there=True, url=url if _leads_on(url, base) else None, was_plain=safe != named
    )


def raised(url: str, base: str) -> str:
    """Return an address with https where `base` has it and only a proxy before it speaks TLS.

    >>> raised("http://a.example:80/2.2.1", "https://a.example/versions")
    'https://a.example/2.2.1'
    """
    here, there = origin_of(base), origin_of(url)
    is_ours = (here.scheme, here.port) == ("https", DEFAULT_PORTS["https"])
    is_plain = (there.scheme, there.port) == ("http", DEFAULT_PORTS["http"])
    if not (is_ours and is_plain and here.host == there.host):
        return url
    return urlunsplit(urlsplit(url)._replace(scheme="https", netloc=urlsplit(base).netloc))


def _leads_on(url: str, base: str) -> bool:
    """Tell whether a link leads to records behind those of the page at `base`."""
    here, there = parameter_in(base, "offset") or "", parameter_in(url, "offset") or ""
    are_counted = COUNT.fullmatch(here) and COUNT.fullmatch(there)
    stands_still = bool(are_counted) and int(there) <= int(here)
    return parameter_in(url, "limit") != "0" and not stands_still


def _next_reference(header: str) -> str | None:
    found = LINK.findall(header)
    if not found and (bare := BARE_LINK.fullmatch(header)):
        found = [bare.groups()]
    for address, parameters in found:
        relation = RELATION.search(parameters)
        if relation and "next" in relation[1].lower().split():
            return address.strip() or None
    return None


def _mended(url: str, asked: Mapping[str, object]) -> str:
    """Return a link without parameters such as `date_from=None`, and with those it lost."""
    parts = urlsplit(url)
    kept = [one for one in _parameters(parts.query) if not _says_nothing(one)]
    names = {_name(one) for one in kept}
    if "offset" in names:
        kept += [urlencode({key: value}) for key, value in asked.items() if key not in names]
    return urlunsplit(parts._replace(query="&".join(kept), fragment=""))


def _parameters(query: str) -> list[str]:
    return [one for one in query.split("&") if one]


def _name(parameter: str) -> str:
    return unquote_plus(parameter.partition("=")[0])


def _says_nothing(parameter: str) -> bool:
    value = unquote_plus(parameter.partition("=")[2]).strip().lower()
    return _name(parameter) in PAGING and value in NOTHING


def parameter_in(url: str, name: str) -> str | None:
    """Return the value of an address's parameter, None where it is not there."""
    found = (one for one in _parameters(urlsplit(url).query) if _name(one) == name)
    return next((unquote_plus(one.partition("=")[2]) for one in found), None)


def with_query(url: str, values: Mapping[str, object]) -> str:
    """Return an address with these parameters; all others stay as they are, repeated ones too."""
    if not values:
        return url
    parts = urlsplit(without(url, values))
    query = "&".join(filter(None, (parts.query, urlencode(dict(values)))))
    return urlunsplit(parts._replace(query=query))


def without(url: str, names: Collection[str]) -> str:
    """Return an address without these parameters and without a fragment."""
    parts = urlsplit(url)
    kept = [one for one in _parameters(parts.query) if _name(one) not in names]
    return urlunsplit(parts._replace(query="&".join(kept), fragment=""))


def count_in(headers: Mapping[str, str], name: str) -> int | None:
    """Return the number in a header, None when there is none."""
    said = headers.get(name, "").strip()
    return int(said) if COUNT.fullmatch(said) else None
