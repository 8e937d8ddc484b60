"""What other parties get when they ask our OCPI server during a handshake."""

import pytest

pytestmark = pytest.mark.anyio
WRONG = {"Authorization": "Token somebody-else"}


async def test_versions_name_the_one_version_of_the_handshake(state_of, asking, encoded):
    state = state_of("2.3.0")
    async with asking(state) as client:
        said = (await client.get("/ocpi/versions", headers=encoded)).json()
    assert said["data"] == [{"version": "2.3.0", "url": "https://klarpris.example.org/ocpi/2.3.0"}]
    assert said["status_code"] == 1000
    assert said["timestamp"].endswith("Z")
    assert state.asked == {"versions"}


@pytest.mark.parametrize(("version", "role"), [("2.1.1", {}), ("2.2.1", {"role": "SENDER"})])
async def test_details_name_the_credentials_endpoint_only(state_of, asking, encoded, version, role):
    async with asking(state_of(version)) as client:
        said = (await client.get(f"/ocpi/{version}", headers=encoded)).json()
    url = f"https://klarpris.example.org/ocpi/{version}/credentials"
    endpoints = [{"identifier": "credentials", **role, "url": url}]
    assert said["data"] == {"version": version, "endpoints": endpoints}


@pytest.mark.parametrize("path", ["/ocpi/versions", "/ocpi/2.2.1", "/ocpi/versions/2.2.1"])
async def test_versions_and_details_are_told_without_a_token_but_not_for_a_wrong_one(
    state_of, asking, path
):
    async with asking(state_of()) as client:
        assert (await client.get(path)).status_code == 200
        assert (await client.get(path, headers=WRONG)).status_code == 401


@pytest.mark.parametrize("path", ["/ocpi/versions/", "/ocpi/2.2.1/", "/klarpris/ocpi/versions"])
async def test_a_slash_at_the_end_and_a_path_before_ours_change_nothing(
    state_of, asking, encoded, path
):
    async with asking(state_of(public_url="https://example.org/klarpris")) as client:
        assert (await client.get(path, headers=encoded)).status_code == 200


async def test_our_credentials_are_given_to_who_shows_the_token_plain_or_encoded(
    state_of, asking, plain, encoded
):
    async with asking(state_of()) as client:
        answers = [await client.get("/ocpi/2.2.1/credentials", headers=h) for h in (plain, encoded)]
    for given in answers:
        assert given.status_code == 200
        assert given.json()["data"]["url"] == "https://klarpris.example.org/ocpi/versions"
        assert given.json()["data"]["roles"][0]["party_id"] == "KLA"


@pytest.mark.parametrize("headers", [{}, WRONG, {"Authorization": "Token"}])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
async def test_credentials_are_kept_from_everybody_else(state_of, asking, headers, method):
    async with asking(state_of()) as client:
        refused = await client.request(method, "/ocpi/2.2.1/credentials", headers=headers)
    assert refused.status_code == 401
    assert refused.json()["status_code"] == 2000
    assert "data" not in refused.json()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_nobody_registers_with_us_while_we_register_with_them(
    state_of, asking, encoded, method
):
    async with asking(state_of()) as client:
        refused = await client.request(method, "/ocpi/2.2.1/credentials", headers=encoded)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET")
    assert refused.json()["status_code"] == 2000


async def test_what_is_not_there_is_refused_in_an_envelope(state_of, asking, encoded):
    async with asking(state_of()) as client:
        gone = await client.get("/ocpi/2.2.1/locations", headers=encoded)
        wrong = await client.patch("/ocpi/2.2.1/credentials", headers=encoded)
    assert (gone.status_code, gone.json()["status_code"]) == (404, 2000)
    assert (wrong.status_code, wrong.json()["status_code"]) == (405, 2000)


async def test_the_token_is_not_shown_with_what_the_receiver_knows(state_of):
    state = state_of()
    assert state.token not in repr(state)
