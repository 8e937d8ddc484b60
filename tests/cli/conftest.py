"""The command line as people run it: a process of its own, a home of its own."""

import json
import os
import subprocess
import sys

import pytest

LOCATION = {
    "id": "L1",
    "country_code": "SE",
    "party_id": "AAA",
    "name": "Centralen",
    "city": "Göteborg",
    "country": "SWE",
    "time_zone": "Europe/Stockholm",
    "coordinates": {"latitude": "57.7", "longitude": "11.9"},
    "evses": [
        {
            "uid": "E1",
            "capabilities": ["CREDIT_CARD_PAYABLE"],
            "connectors": [
                {"id": "1", "power_type": "DC", "max_electric_power": 50000, "tariff_ids": ["T1"]}
            ],
        }
    ],
}
TARIFF = {
    "id": "T1",
    "country_code": "SE",
    "party_id": "AAA",
    "currency": "SEK",
    "type": "AD_HOC_PAYMENT",
    "elements": [{"price_components": [{"type": "ENERGY", "price": 4, "vat": 25, "step_size": 1}]}],
    "last_updated": "2026-10-01T00:00:00Z",
}


@pytest.fixture
def klarpris(tmp_path):
    """Return a function that runs `klarpris` to its end."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KLARPRIS_")}
    environment["KLARPRIS_HOME"] = str(tmp_path / "home")
    environment["COLUMNS"] = "200"

    def run(*arguments, **variables):
        return subprocess.run(
            [sys.executable, "-m", "aggregator.cli", *map(str, arguments)],
            env=environment | variables,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    return run


@pytest.fixture
def recordings(tmp_path):
    """Return a folder that holds one feed, `someone`: a location, its tariff and a bad one."""
    folder = tmp_path / "recordings" / "someone"
    folder.mkdir(parents=True)
    request = {"method": "GET", "url": "https://someone.example/ocpi/locations?token=hidden"}
    body = {"data": [LOCATION], "status_code": 1000}
    recorded = {"request": request, "response": {"status_code": 200, "body": body}}
    (folder / "locations.json").write_text(json.dumps(recorded), encoding="utf-8")
    bad = TARIFF | {"id": "T2", "currency": None}
    (folder / "tariffs.json").write_text(json.dumps([TARIFF, bad]), encoding="utf-8")
    return folder.parent
