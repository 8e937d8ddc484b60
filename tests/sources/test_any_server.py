"""Whatever a server does with pages: every record came, or the end of the module is not proven."""

import pytest

from tests.sources.any_server import BEHAVIOURS, CAPPED, AnyServer
from tests.sources.pulling import pull

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("records", [0, 1, 4, 9])
async def test_every_record_comes_or_the_end_is_not_proven(client_of, records):
    some = [behaviour for behaviour in BEHAVIOURS if behaviour.records == records]
    assert len(some) > 100
    for behaviour in some:
        pulled = await pull(client_of, AnyServer(behaviour), page_limit=4, token_env=None)
        came = {int(record) for page in pulled.pages for record in page}
        assert came <= behaviour.published, behaviour
        assert came == behaviour.published or not pulled.is_proven, behaviour


async def test_servers_that_keep_to_the_standard_prove_their_end(client_of):
    good = [
        behaviour
        for behaviour in BEHAVIOURS
        if not (behaviour.ignores_offset or behaviour.hides)
        and (behaviour.total == "right" or behaviour.link == "right")
    ]
    assert len(good) > 100
    for behaviour in good:
        pulled = await pull(client_of, AnyServer(behaviour), page_limit=4, token_env=None)
        assert pulled.is_proven, (behaviour, pulled.error, pulled.attention, pulled.notes)
        assert len(pulled.server.asked) <= behaviour.records + 2, behaviour


@pytest.mark.parametrize("records", [0, 3, 5, 10, 12])
async def test_whatever_a_server_with_a_cap_claims_no_end_is_proven_too_early(client_of, records):
    some = [behaviour for behaviour in CAPPED if behaviour.records == records]
    assert len(some) > 100
    for behaviour in some:
        pulled = await pull(client_of, AnyServer(behaviour), page_limit=9, token_env=None)
        came = {int(record) for page in pulled.pages for record in page}
        assert came == behaviour.published or not pulled.is_proven, behaviour


async def test_server_with_a_cap_that_it_hides_proves_its_end_by_an_empty_page(client_of):
    good = [one for one in CAPPED if not one.ignores_offset and one.fails_at is None]
    assert len(good) > 100
    for behaviour in good:
        if behaviour.link not in {None, "right"}:
            continue
        pulled = await pull(client_of, AnyServer(behaviour), page_limit=9, token_env=None)
        assert pulled.is_proven, (behaviour, pulled.error, pulled.attention, pulled.notes)
