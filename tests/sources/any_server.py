"""A server that deals with pages in one of the ways that are met in the field."""

import itertools
import json
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.sources.pulling import URL, sites

MOST_REQUESTS = 60


@dataclass(frozen=True)
class Behaviour:
    """How a server deals with pages.

    cap: most records of a page. total, link, limit: how the headers are, None where absent.
    ignores_offset: every page begins at the front. hides: every third record is not published.
    fails_at: from this offset on it only answers 500.
    """

    records: int
    cap: int | None
    total: str | None
    link: str | None
    limit: str | None
    ignores_offset: bool
    hides: bool
    fails_at: int | None = None

    @property
    def published(self):
        return {n for n in range(self.records) if not (self.hides and n % 3 == 0)}

    @property
    def can_be_told(self):
        """Whether anything shows that a page is not everything, or that records are hidden."""
        counts_right = self.total == "right" or self.link in {"right", "no limit"}
        if self.ignores_offset and self.cap and not (self.total == "right" or self.link):
            return self.limit == "right" and not self.hides
        return counts_right or not self.hides


class AnyServer:
    """Answers as its behaviour says."""

    def __init__(self, behaviour):
        self._behaviour = behaviour
        self.asked = []
        self.transport = httpx.MockTransport(self._answer)

    def _answer(self, request):
        assert len(self.asked) < MOST_REQUESTS, self._behaviour
        self.asked.append(str(request.url))
        does = self._behaviour
        query = parse_qs(urlsplit(str(request.url)).query)
        if request.url.path != "/locations" or "None" in query.get("date_from", []):
            return httpx.Response(404, stream=httpx.ByteStream(b""))
        offset = 0 if does.ignores_offset else int(query["offset"][0])
        asked = int(query.get("limit", ["4"])[0])
        limit = min(asked, does.cap or 10**9)
        if does.fails_at is not None and offset >= does.fails_at:
            return httpx.Response(500, stream=httpx.ByteStream(b""))
        rows = range(offset, min(offset + limit, does.records))
        data = sites(*(n for n in rows if n in does.published))
        content = json.dumps({"status_code": 1000, "timestamp": len(self.asked), "data": data})
        return httpx.Response(
            200,
            headers=self._headers(offset, limit, asked, len(data)),
            stream=httpx.ByteStream(content.encode()),
        )

    def _headers(self, offset, limit, asked, came):
        does, headers = self._behaviour, {}
        if does.total:
            totals = {"right": does.records, "zero": 0, "of the page": came}
            headers["X-Total-Count"] = str(totals[does.total])
        if does.limit:
            limits = {"right": limit, "large": 1000, "echo": asked}
            headers["X-Limit"] = str(limits[does.limit])
        if does.link and offset + limit < does.records:
            url = {
                "right": f"{URL}?offset={offset + limit}&limit={limit}",
                "no limit": f"{URL}?offset={offset + limit}",
                "itself": f"{URL}?offset={offset}&limit={limit}",
                "dead": f"{URL}/none?offset={offset + limit}",
                "elsewhere": f"http://internal:8080/locations?offset={offset + limit}",
                "None": f"{URL}?date_from=None&offset={offset + limit}&limit={limit}",
            }[does.link]
            headers["Link"] = f'<{url}>; rel="next"'
        return headers


BEHAVIOURS = [
    behaviour
    for values in itertools.product(
        (0, 1, 4, 9),
        (None, 1, 3),
        (None, "right", "zero"),
        (None, "right", "no limit", "itself", "dead", "elsewhere", "None"),
        (None, "right", "large"),
        (False, True),
        (False, True),
    )
    if (behaviour := Behaviour(*values)).can_be_told
]

CAPPED = [
    Behaviour(*values)
    for values in itertools.product(
        (0, 3, 5, 10, 12),
        (5,),
        (None, "right", "zero", "of the page"),
        (None, "right", "itself", "dead", "None"),
        (None, "right", "large", "echo"),
        (False, True),
        (False,),
        (None, 0, 5, 10),
    )
]
"""Pages are cut off at a round number below what is asked for, and the server fails somewhere."""
