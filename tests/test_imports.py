"""Imports run one way: the contracts of pyproject.toml hold, and they bite."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = ("aggregator", "dashboard", "pyproject.toml")


def lint_imports(folder):
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    for name in CODE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def test_imports_run_one_way():
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert ", 0 broken" in result.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("domain/tariff.py", "import aggregator.feeds", "Imports of aggregator run one way"),
        ("domain/tariff.py", "import duckdb", "Only store imports DuckDB"),
        ("store/queries.py", "import httpx", "Only sources imports httpx"),
        ("config.py", "import streamlit", "aggregator imports neither the dashboard"),
        ("a_module_in_no_layer.py", "", "Imports of aggregator run one way"),
    ],
)
def test_import_against_the_direction_is_found(copy, file, line, contract):
    with (copy / "aggregator" / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    result = lint_imports(copy)
    assert result.returncode == 1, result.stdout + result.stderr
    broken = [row for row in result.stdout.splitlines() if " BROKEN" in row]
    assert any(row.startswith(contract) for row in broken), result.stdout
