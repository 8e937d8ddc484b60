"""Tariffs that a server gives out one by one."""

import json

import pytest

from aggregator.errors import Refused, Unreachable
from aggregator.sources.ocpi_file import OcpiFile
from aggregator.sources.ocpi_pull import OcpiPull
from tests.sources.pulling import Pulled, read
from tests.sources.serving import Says, Server, says

pytestmark = pytest.mark.anyio

TARIFF = "https://a.example/tariffs/"
FEED = {
    "source": "ocpi_file",
    "locations_url": "https://a.example/locations",
    "tariff_url": f"{TARIFF}{{id}}",
}


def tariff(tariff_id):
    return {"id": tariff_id, "currency": "GBP", "elements": []}


def bare(tariff_id):
    return Says(json.dumps(tariff(tariff_id)).encode())


async def fetched(client_of, answers, ids, **values):
    pulled = Pulled(Server(answers))
    async with client_of(pulled.server, **(FEED | values)) as client:
        source = OcpiFile(client)
        try:
            await read(source.single_tariffs(ids), pulled)
        except (Refused, Unreachable) as error:
            pulled.error = error
    pulled.attention, pulled.incomplete = source.remarks.attention, source.remarks.incomplete
    return pulled


async def test_each_tariff_is_asked_for_once_in_the_order_it_was_met(client_of):
    answers = {f"{TARIFF}{n}": bare(n) for n in (4, 5)}
    pulled = await fetched(client_of, answers, ["5", "4", "5"])
    assert pulled.pages == [[5], [4]]
    assert pulled.server.asked == [f"{TARIFF}5", f"{TARIFF}4"]
    assert pulled.is_proven


@pytest.mark.parametrize(
    "said",
    [bare("T"), says(tariff("T")), says([tariff("T")]), Says(json.dumps([tariff("T")]).encode())],
    ids=["bare", "in an envelope", "list in an envelope", "bare list"],
)
async def test_tariff_is_found_however_it_is_wrapped(client_of, said):
    pulled = await fetched(client_of, {f"{TARIFF}T": said}, ["T"])
    assert pulled.pages == [["T"]]


async def test_id_is_written_so_that_it_stays_one_part_of_the_address(client_of):
    url = f"{TARIFF}a%2Fb%20%3Fc%3D1%26..%C3%A4"
    pulled = await fetched(client_of, {url: bare("x")}, ["a/b ?c=1&..ä"])
    assert pulled.server.asked == [url]


@pytest.mark.parametrize("unfit", ["..", ".", "", "T\ud800"])
async def test_id_that_would_lead_elsewhere_is_not_asked_for_and_counts_as_missing(
    client_of, unfit
):
    pulled = await fetched(client_of, {f"{TARIFF}1": bare(1)}, [unfit, "1"])
    assert pulled.server.asked == [f"{TARIFF}1"]
    assert pulled.pages == [[1]]
    assert pulled.incomplete == {"tariffs"}
    [line] = pulled.attention
    assert line.startswith(f"1 of 2 tariffs did not come: {TARIFF}{{id}}: ")


async def test_many_ids_that_cannot_be_asked_for_do_not_end_the_run(client_of):
    unfit = [f"{n}\ud800" for n in range(9)]
    pulled = await fetched(client_of, {f"{TARIFF}1": bare(1)}, [*unfit, "1"])
    assert pulled.pages == [[1]]
    assert pulled.error is None


@pytest.mark.parametrize(
    "said",
    [Says(status=404), Says(status=500), Says(b'{"status_code": 2003, "data": null}')],
    ids=["404", "500", "OCPI error"],
)
async def test_tariff_that_cannot_be_had_costs_only_itself(client_of, said):
    answers = {f"{TARIFF}1": bare(1), f"{TARIFF}2": said, f"{TARIFF}3": bare(3)}
    pulled = await fetched(client_of, answers, ["1", "2", "3"])
    assert pulled.pages == [[1], [3]]
    assert pulled.incomplete == {"tariffs"}
    [line] = pulled.attention
    assert line.startswith(f"1 of 3 tariffs did not come: {TARIFF}2: ")


async def test_server_that_refuses_one_tariff_after_the_other_is_left_alone(client_of):
    pulled = await fetched(client_of, {}, [str(n) for n in range(20)])
    assert isinstance(pulled.error, Refused)
    assert len(pulled.server.asked) == 5


async def test_token_that_is_refused_is_refused_for_all(client_of):
    refused = {f"{TARIFF}1": Says(status=401)}
    pulled = await fetched(client_of, refused, ["1", "2"], token_encoding="plain")
    assert isinstance(pulled.error, Refused)
    assert pulled.server.asked == [f"{TARIFF}1"]


async def test_network_that_is_gone_ends_it(client_of):
    answers = {f"{TARIFF}1": Unreachable("gone"), f"{TARIFF}2": bare(2)}
    pulled = await fetched(client_of, answers, ["1", "2"])
    assert isinstance(pulled.error, Unreachable)
    assert pulled.pages == []


async def test_no_more_tariffs_are_asked_for_than_max_pages(client_of):
    answers = {f"{TARIFF}{n}": bare(n) for n in range(5)}
    pulled = await fetched(client_of, answers, [str(n) for n in range(5)], max_pages=3)
    assert pulled.pages == [[0], [1], [2]]
    assert pulled.attention == ["2 of 5 tariffs did not come; see max_pages"]


async def test_feed_without_such_an_address_asks_for_none(client_of):
    pulled = await fetched(client_of, {}, ["1"], tariff_url=None)
    assert pulled.server.asked == []
    assert pulled.is_proven


async def test_ocpi_server_may_give_out_tariffs_one_by_one_too(client_of):
    pulled = Pulled(Server({f"{TARIFF}1": bare(1)}))
    async with client_of(pulled.server, **(FEED | {"source": "ocpi_pull"})) as client:
        await read(OcpiPull(client).single_tariffs(["1"]), pulled)
    assert pulled.pages == [[1]]
