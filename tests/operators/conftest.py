"""Operator files of a test: a folder of their own."""

import pytest


def operator_text(name="Someone", party=None, **values):
    """Return a file that can be used; values are written as TOML as they stand."""
    lines = [f'name = "{name}"']
    if party:
        country_code, _, party_id = party.partition("*")
        lines.append(f'parties = [{{ country_code = "{country_code}", party_id = "{party_id}" }}]')
    lines += [f"{key} = {value}" for key, value in values.items()]
    says = f"Locations are of party {party}." if party else "The operator's own feed."
    source = ["[[sources]]", 'url = "https://someone.example/x"', "read_on = 2026-10-01"]
    return "\n".join([*lines, *source, f'says = "{says}"', ""])


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "operators"
    path.mkdir()
    return path


@pytest.fixture
def write(folder):
    """Return a function that writes an operator file and returns its path."""

    def written(slug, name="Someone", party=None, **values):
        path = folder / f"{slug}.toml"
        path.write_text(operator_text(name, party, **values), encoding="utf-8")
        return path

    return written
