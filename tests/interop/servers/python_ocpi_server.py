"""Serve a folder through the package `python-ocpi`, unchanged, on a free loopback port.

    python_ocpi_server.py FOLDER 2.2

FOLDER holds `2.2.json` with `locations`, `tariffs` and `paging`, and `tokens.json` with the valid
tokens `a` and `c`. The first line on standard output is the port.

`paging` is what is said beside a page: nothing, as the package does by itself, or the headers that
it leaves to its host. Runs in its own environment, without Klarpris.
"""

import json
import socket
import sys
from pathlib import Path

import flask
from ocpi import createOcpiBlueprint
from ocpi.managers import CredentialsDictMan, LocationManager, TariffsManager
from werkzeug.serving import make_server

listening = socket.create_server(("127.0.0.1", 0))
port = listening.getsockname()[1]
folder = Path(sys.argv[1])
[version] = sys.argv[2:]
BASE = f"http://127.0.0.1:{port}/ocpi"
ROLE = {
    "role": "CPO",
    "party_id": "AAA",
    "country_code": "SE",
    "business_details": {"name": "pyOCPI"},
}


def read(name):
    return json.loads((folder / name).read_text("utf-8"))


class Tokens(CredentialsDictMan):
    """The tokens of the folder, kept in the package's own way once somebody registers."""

    def readJson(self):  # noqa: N802 - the package's name
        tokens = read("tokens.json")
        unregistered = {"client_url": "", "client_token": "", "endpoints": []}
        return dict.fromkeys([*tokens["a"], *tokens["c"]], unregistered) | tokens.get("clients", {})

    def writeJson(self, endpoints):  # noqa: N802 - the package's name
        tokens = {"a": [], "c": [], "clients": endpoints}
        (folder / "tokens.json").write_text(json.dumps(tokens), "utf-8")


class Locations(LocationManager):
    """The package's manager, over the folder's locations."""

    def getLocations(self, begin, end, offset, limit):  # noqa: N802 - the package's name
        self.locations = dict(enumerate(read(f"{version}.json")["locations"]))
        page, _ = super().getLocations(begin, end, offset, limit)
        return page, headers("locations", len(self.locations), offset, limit)


class Tariffs(TariffsManager):
    """The package's manager, over the folder's tariffs."""

    def getTariffs(self, begin, end, offset, limit):  # noqa: N802 - the package's name
        self.tariffs = dict(enumerate(read(f"{version}.json")["tariffs"]))
        page, _ = super().getTariffs(begin, end, offset, limit)
        return page, headers("tariffs", len(self.tariffs), offset, limit)


def headers(module, total, offset, limit):
    paging = read(f"{version}.json")["paging"]
    said = {"X-Total-Count": str(total), "X-Limit": str(limit)} if paging != "nothing" else {}
    if paging == "link" and offset + limit < total:
        url = f"{BASE}/{version}/{module}/?offset={offset + limit}&limit={limit}"
        said["Link"] = f'<{url}>; rel="next"'
    return said


modules = {
    "credentials": {"role": "RECEIVER", "object": Tokens([ROLE], f"{BASE}/versions", "/dev/null")},
    "locations": {"role": "SENDER", "object": Locations()},
    "tariffs": {"role": "SENDER", "object": Tariffs()},
}
application = flask.Flask("python_ocpi_server")
application.register_blueprint(createOcpiBlueprint(BASE, modules, version))
server = make_server("127.0.0.1", port, application, threaded=True, fd=listening.fileno())
sys.stdout.write(f"{port}\n")
sys.stdout.flush()
server.serve_forever()
