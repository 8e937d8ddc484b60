"""The receiver of one handshake, asked in this process or over loopback."""

from base64 import b64encode

import httpx
import pytest

from aggregator.feeds import OcpiVersion
from aggregator.receiver.app import receiver_app
from aggregator.receiver.state import ReceiverState
from aggregator.sources.credentials_object import OurSide

TOKEN_B = "token-that-we-gave-out"
PUBLIC_URL = "https://klarpris.example.org"


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def plain():
    return {"Authorization": f"Token {TOKEN_B}"}


@pytest.fixture
def encoded():
    return {"Authorization": f"Token {b64encode(TOKEN_B.encode()).decode()}"}


@pytest.fixture
def state_of():
    """Return a maker of what a receiver knows."""

    def make(version="2.2.1", public_url=PUBLIC_URL):
        return ReceiverState(OurSide(public_url, "SE", "KLA"), OcpiVersion(version), TOKEN_B)

    return make


@pytest.fixture
def asking():
    """Return a maker of clients that ask the receiver in this process."""

    def make(state):
        transport = httpx.ASGITransport(receiver_app(state))
        return httpx.AsyncClient(transport=transport, base_url="http://receiver")

    return make
