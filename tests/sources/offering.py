"""An OCPI server's versions and endpoints, and what a client makes of them."""

import pytest

from aggregator.errors import BrokenAnswer, Refused
from aggregator.sources.ocpi_pull import OcpiPull
from tests.sources.serving import Server, says

VERSIONS = "https://a.example/versions"
DETAILS = "https://a.example/2.2.1"
LOCATIONS = "https://a.example/2.2.1/locations"
TARIFFS = "https://a.example/2.2.1/tariffs"


def row(version, url=None):
    return {"version": version, "url": url or f"https://a.example/{version}"}


def endpoint(module, url, role="SENDER"):
    return {"identifier": module, "role": role, "url": url}


ENDPOINTS = [endpoint("locations", LOCATIONS), endpoint("tariffs", TARIFFS)]


def details(*endpoints, version="2.2.1"):
    return says({"version": version, "endpoints": list(endpoints or ENDPOINTS)})


async def discovered(client_of, answers, **values):
    """Return the version, the modules and the addresses that were asked for them."""
    server = Server(answers)
    async with client_of(server, **({"versions_url": VERSIONS} | values)) as client:
        pull = OcpiPull(client)
        return await pull.version(), await pull.modules(), server


async def first_asked(client_of, answers, module="locations", **values):
    """Return the address of a module's first page, without its query."""
    server = Server(answers)
    async with client_of(server, **({"versions_url": VERSIONS} | values)) as client:
        with pytest.raises(Refused, match="404"):
            async for _ in OcpiPull(client).pages(module):
                pass
    return server.asked[-1].partition("?")[0]


async def why(client_of, answers, kind=BrokenAnswer, **values):
    with pytest.raises(kind) as caught:
        await discovered(client_of, answers, **values)
    return str(caught.value)
