"""The feed files by which a harvester finds the simulated operators."""

import json
from collections.abc import Mapping
from pathlib import Path

from aggregator.demo.description import Operator, Transport
from aggregator.demo.operators import OPERATORS

LICENCE = "CC0-1.0"
LICENCE_URL = "https://creativecommons.org/publicdomain/zero/1.0/"
ATTRIBUTION = "Synthetic data, made by Klarpris"
NOTES = "Simulated operator: invented places and prices, served on this machine only."
EVERY = "5m"

TomlValue = str | bool | int


def demo_environment() -> dict[str, str]:
    """Return the environment variables that a harvester of the simulated operators needs."""
    tokens = {operator.token_env: operator.token for operator in OPERATORS}
    return {name: token for name, token in tokens.items() if name and token}


def write_feed_file(folder: Path, operator: Operator, base_url: str) -> Path:
    """Write the operator's feed file at once, so that nobody reads half of it; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{operator.feed_id}.toml"
    partial = path.with_suffix(".partial")
    partial.write_text(feed_toml(operator, base_url), encoding="utf-8")
    partial.replace(path)
    return path


def feed_toml(operator: Operator, base_url: str) -> str:
    """Return the text of the operator's feed file. base_url: without a slash at the end."""
    content: dict[str, TomlValue | None] = {
        "name": operator.name,
        **_address(operator, base_url),
        "country_code": operator.country_code,
        "party_id": operator.party_id,
        "operator_name": operator.name,
        "time_zone": operator.cities[0].country.time_zone,
        "token_env": operator.token_env,
        "every": EVERY,
        "prices": str(operator.prices),
        "prices_evidence": operator.prices_evidence,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "attribution": ATTRIBUTION,
        "verified": True,
        "synthetic": True,
        "allow_private": True,
        "notes": NOTES,
    }
    stated = {key: value for key, value in content.items() if value is not None}
    return "".join(f"{key} = {_toml(value)}\n" for key, value in stated.items())


def _address(operator: Operator, base_url: str) -> Mapping[str, TomlValue]:
    version = str(operator.ocpi_version)
    if operator.transport is Transport.GZIP_FILE:
        return {
            "source": "ocpi_file",
            "ocpi_version": version,
            "locations_url": f"{base_url}/locations.json.gz",
            "tariffs_url": f"{base_url}/tariffs.json.gz",
        }
    return {
        "source": "ocpi_pull",
        "ocpi_version": version,
        "versions_url": f"{base_url}/ocpi/versions",
        "page_limit": operator.page_cap,
    }


def _toml(value: TomlValue) -> str:
    """Return a value in TOML, whose strings, numbers and booleans are written as in JSON."""
    return json.dumps(value, ensure_ascii=False)
