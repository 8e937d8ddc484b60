"""A server in this process that answers each address from a list and remembers what was asked."""

import json
from dataclasses import dataclass, field

import httpx


@dataclass(frozen=True)
class Says:
    """One answer."""

    content: bytes = b"{}"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def says(data, **headers):
    """Return an OCPI answer; `x_total_count="3"` is the header X-Total-Count."""
    content = json.dumps({"status_code": 1000, "data": data}).encode()
    return Says(content, headers={name.replace("_", "-"): v for name, v in headers.items()})


def moved(to, status=307):
    """Return a redirect."""
    return Says(status=status, headers={"Location": to})


class Server:
    """Answers by address; of several answers each is given once, the last for ever."""

    def __init__(self, answers):
        self._answers = {
            url: list(said) if isinstance(said, list) else [said] for url, said in answers.items()
        }
        self.requests = []
        self.transport = httpx.MockTransport(self._answer)

    @property
    def asked(self):
        """The addresses that were asked, in order."""
        return [str(request.url) for request in self.requests]

    def said_to(self, request):
        """Return what stands in the list for this request."""
        waiting = self._answers.get(str(request.url), [Says(status=404)])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def _answer(self, request):
        self.requests.append(request)
        said = self.said_to(request)
        if isinstance(said, Exception):
            raise said
        headers = [(name.encode(), value.encode("latin-1")) for name, value in said.headers.items()]
        body = httpx.ByteStream(said.content)
        return httpx.Response(said.status, headers=headers, stream=body)
