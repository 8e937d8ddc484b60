"""The simulated OCPI servers, asked in this process."""

from base64 import b64encode
from collections.abc import Callable

import httpx
import pytest

from aggregator.demo.description import Operator, Record, Transport
from aggregator.demo.ocpi_server import authorization, ocpi_app
from aggregator.demo.operators import OPERATORS
from aggregator.demo.simulation import Simulation
from aggregator.demo.world import build_world
from aggregator.feeds import OcpiVersion

BY_ID = {operator.operator_id: operator for operator in OPERATORS}
SERVERS = [operator for operator in OPERATORS if operator.transport is not Transport.GZIP_FILE]
WORLD = build_world(9_000)


ClientFor = Callable[..., httpx.Client]


@pytest.fixture
def client(client_of: Callable[..., httpx.Client]) -> ClientFor:
    """Return a maker of clients of operators' servers, with the right token or another one."""

    def make(operator: Operator, *, token: str | None = None) -> httpx.Client:
        header = token or authorization(operator)
        headers = {"Authorization": header} if header else {}
        return client_of(ocpi_app(Simulation(WORLD, slow_seconds=0), operator), headers)

    return make


def walk(asker: httpx.Client, operator: Operator, module: str) -> list[Record]:
    """Return all objects of a module by following the links; a refused page is asked for again."""
    url, found = f"/ocpi/{operator.ocpi_version}/{module}", []
    while url:
        response = asker.get(url)
        if response.status_code != 503:
            found += response.json()["data"]
            url = response.links.get("next", {}).get("url", "")
    return found


@pytest.mark.parametrize("operator", SERVERS, ids=lambda o: o.operator_id)
def test_pages_hold_everything_once(client: ClientFor, operator: Operator) -> None:
    """Following Link from page to page finds as many objects as are counted."""
    assert len(walk(client(operator), operator, "locations")) == WORLD.locations_of(operator)
    assert len(walk(client(operator), operator, "tariffs")) == WORLD.tariffs_of(operator)


def test_offset_and_limit_choose_the_page(client: ClientFor) -> None:
    """X-Total-Count is enough to walk, too."""
    asker = client(BY_ID["thames"])
    whole = asker.get("/ocpi/2.2.1/locations").json()["data"]
    part = asker.get("/ocpi/2.2.1/locations?offset=10&limit=5")
    assert part.json()["data"] == whole[10:15]
    assert part.headers["X-Total-Count"] == str(WORLD.locations_of(BY_ID["thames"]))
    assert part.headers["X-Limit"] == "5"
    assert part.links["next"]["url"] == "http://testserver/ocpi/2.2.1/locations?offset=15&limit=5"


def test_server_caps_the_page(client: ClientFor) -> None:
    """Asking for more does not give more."""
    response = client(BY_ID["thames"]).get("/ocpi/2.2.1/locations?limit=1000")
    assert response.headers["X-Limit"] == "250"
    assert len(response.json()["data"]) == 250


def test_page_past_the_end_is_empty_and_has_no_next_link(client: ClientFor) -> None:
    """As real servers answer."""
    response = client(BY_ID["thames"]).get("/ocpi/2.2.1/locations?offset=100000")
    assert response.json()["data"] == []
    assert "Link" not in response.headers


@pytest.mark.parametrize("query", ["offset=-1", "limit=0", "limit=many"])
def test_senseless_page_is_refused(client: ClientFor, query: str) -> None:
    """OCPI 2001: invalid or missing parameters."""
    response = client(BY_ID["thames"]).get(f"/ocpi/2.2.1/locations?{query}")
    assert (response.status_code, response.json()["status_code"]) == (400, 2001)


def test_envelope_is_complete(client: ClientFor) -> None:
    """OCPI, transport_and_format, response format."""
    body = client(BY_ID["thames"]).get("/ocpi/versions").json()
    assert set(body) == {"data", "status_code", "status_message", "timestamp"}
    assert body["status_code"] == 1000


@pytest.mark.parametrize("operator", SERVERS, ids=lambda o: o.operator_id)
def test_versions_lead_to_endpoints(client: ClientFor, operator: Operator) -> None:
    """Role is told since 2.2.1 only."""
    asker = client(operator)
    (version,) = asker.get("/ocpi/versions").json()["data"]
    details = asker.get(version["url"]).json()["data"]
    assert details["version"] == version["version"] == operator.ocpi_version
    assert {endpoint["identifier"] for endpoint in details["endpoints"]} == {"locations", "tariffs"}
    roles = {endpoint.get("role") for endpoint in details["endpoints"]}
    assert roles == ({None} if operator.ocpi_version is OcpiVersion.V2_1_1 else {"SENDER"})


@pytest.mark.parametrize("path", ["versions", "2.2.1", "2.2.1/locations", "2.2.1/tariffs"])
def test_wrong_or_plain_token_is_refused(client: ClientFor, path: str) -> None:
    """Since 2.2.1 the token comes in base64."""
    nordlys = BY_ID["nordlys"]
    for token in ("Token bm9uc2Vuc2U=", f"Token {nordlys.token}", "nonsense"):
        response = client(nordlys, token=token).get(f"/ocpi/{path}")
        assert response.status_code == 401
        assert "data" not in response.json()


def test_2_1_1_wants_its_token_plain(client: ClientFor) -> None:
    """Base64 is refused there."""
    vltava = BY_ID["vltava"]
    assert vltava.token
    encoded = b64encode(vltava.token.encode()).decode()
    assert client(vltava).get("/ocpi/versions").status_code == 200
    assert client(vltava, token=f"Token {encoded}").get("/ocpi/versions").status_code == 401


def test_faltering_server_refuses_each_page_once(client: ClientFor) -> None:
    """503 with Retry-After, then the page."""
    asker = client(BY_ID["rheinkraft"])
    for offset in (0, 250):
        url = f"/ocpi/2.2.1/locations?offset={offset}"
        refused, answered, again = asker.get(url), asker.get(url), asker.get(url)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "0")
        assert len(answered.json()["data"]) == 250
        assert again.status_code == 200


def test_prices_move_on_while_the_server_runs(client_of: ClientFor) -> None:
    """A revision set from outside changes tariffs and no locations."""
    simulation = Simulation(WORLD)
    asker = client_of(ocpi_app(simulation, BY_ID["thames"]))
    tariffs, locations = (asker.get(f"/ocpi/2.2.1/{m}").json() for m in ("tariffs", "locations"))
    simulation.set_revision(30)
    assert asker.get("/ocpi/2.2.1/tariffs").json()["data"] != tariffs["data"]
    assert asker.get("/ocpi/2.2.1/locations").json()["data"] == locations["data"]
