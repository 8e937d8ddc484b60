"""Serve a folder through the package `extrawest-ocpi`, unchanged, on a free loopback port.

    extrawest_server.py FOLDER VERSION...

FOLDER holds `<version>.json` with `locations` and `tariffs`, and `tokens.json` with the valid
tokens `a` (for registering) and `c` (for everything). Both are read anew for each request.
The first line on standard output is the port. Runs in its own environment, without Klarpris.
"""

import json
import os
import secrets
import socket
import sys
from pathlib import Path

listening = socket.create_server(("127.0.0.1", 0))
port = listening.getsockname()[1]
# The package builds the addresses that it advertises from these, when it is imported.
os.environ |= {"OCPI_HOST": f"127.0.0.1:{port}", "PROTOCOL": "http", "ENVIRONMENT": "production"}

import uvicorn  # noqa: E402
from py_ocpi import get_application  # noqa: E402
from py_ocpi.core.authentication.authenticator import Authenticator  # noqa: E402
from py_ocpi.core.enums import ModuleID, RoleEnum  # noqa: E402
from py_ocpi.modules.versions.enums import VersionNumber  # noqa: E402

folder = Path(sys.argv[1])
versions = [VersionNumber(version) for version in sys.argv[2:]]
DETAILS = {"name": "Extrawest", "website": None, "logo": None}
PARTY = {"party_id": "AAA", "country_code": "SE", "business_details": DETAILS}


def read(name):
    return json.loads((folder / name).read_text("utf-8"))


class Tokens(Authenticator):
    """The tokens of the folder."""

    @classmethod
    async def get_valid_token_a(cls):
        return read("tokens.json")["a"]

    @classmethod
    async def get_valid_token_c(cls):
        return read("tokens.json")["c"]


class Folder:
    """What the package asks its host for: lists in pages, and registrations."""

    @classmethod
    async def list(cls, module, _role, filters, *_args, version, **_rest):
        records = read(f"{version.value}.json")[module.value]
        end = filters["offset"] + filters["limit"]
        return records[filters["offset"] : end], len(records), end >= len(records)

    @classmethod
    async def get(cls, _module, _role, _id, *_args, auth_token, version, **_rest):
        return credentials(auth_token, version)

    @classmethod
    async def create(cls, _module, _role, data, *_args, auth_token, version, **_rest):
        return registered(auth_token, version, data)

    @classmethod
    async def update(cls, _module, _role, data, *_args, auth_token, version, **_rest):
        return registered(auth_token, version, data)

    @classmethod
    async def delete(cls, _module, _role, _id, *_args, auth_token, **_rest):
        tokens = read("tokens.json")
        tokens["c"].remove(auth_token)
        write_tokens(tokens)


def registered(old, version, data):
    """Put a new token C in place of the one that was used; remember who registered."""
    new = secrets.token_urlsafe(24)
    tokens = read("tokens.json")
    kept = {kind: [token for token in tokens[kind] if token != old] for kind in ("a", "c")}
    write_tokens({"a": kept["a"], "c": [*kept["c"], new], "clients": [data]})
    return credentials(new, version)


def credentials(token, version):
    url = f"http://127.0.0.1:{port}/ocpi/versions"
    if version is VersionNumber.v_2_1_1:
        return {"token": token, "url": url, **PARTY}
    return {"token": token, "url": url, "roles": [{"role": "CPO", **PARTY}]}


def write_tokens(tokens):
    (folder / "tokens.json").write_text(json.dumps(tokens), "utf-8")


application = get_application(
    versions,
    [RoleEnum.cpo],
    Folder,
    [ModuleID.credentials_and_registration, ModuleID.locations, ModuleID.tariffs],
    Tokens,
)
sys.stdout.write(f"{port}\n")
sys.stdout.flush()
uvicorn.Server(uvicorn.Config(application)).run(sockets=[listening])
