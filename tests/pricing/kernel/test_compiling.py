"""Compiled code is kept, where anything can be kept, and is not compiled again."""

import os
import subprocess
import sys

import pytest

from aggregator.pricing.kernel import compiling, keeping
from aggregator.pricing.kernel.keeping import cache_folder, is_compiled, writable

QUESTION = """
import sys
from aggregator.pricing.kernel import prices
assert "numba" not in sys.modules
prices.warm_up()
from aggregator.pricing.kernel.engine import price_pairs
print(sum(price_pairs.stats.cache_hits.values()), len(price_pairs.overloads))
"""


@pytest.fixture
def no_memory():
    cache_folder.cache_clear()
    yield
    cache_folder.cache_clear()


def ask(home):
    environment = {**os.environ, "KLARPRIS_HOME": str(home)}
    command = [sys.executable, "-c", QUESTION]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout.split()


@pytest.mark.slow
@pytest.mark.usefixtures("no_memory")
def test_a_second_process_loads_what_the_first_one_compiled(tmp_path, monkeypatch):
    monkeypatch.setenv("KLARPRIS_HOME", str(tmp_path))
    assert not is_compiled()
    assert ask(tmp_path) == ["0", "1"]
    assert is_compiled()
    assert ask(tmp_path) == ["1", "1"]
    for kept in cache_folder().rglob("*.nb?"):
        kept.write_bytes(b"damaged")
    assert ask(tmp_path) == ["0", "1"]  # compiled once more, and what is damaged is gone
    assert not is_compiled()


@pytest.mark.usefixtures("no_memory")
def test_compiled_code_is_kept_in_the_home_folder(home):
    assert cache_folder().is_relative_to(home / "cache" / "numba")


@pytest.mark.usefixtures("no_memory")
def test_without_a_home_compiled_code_is_kept_in_the_users_cache(tmp_path, monkeypatch):
    monkeypatch.delenv("KLARPRIS_HOME", raising=False)
    monkeypatch.setattr(keeping.platformdirs, "user_cache_dir", lambda _: str(tmp_path))
    assert cache_folder().is_relative_to(tmp_path / "numba")


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    (tmp_path / "file").touch()
    assert writable(tmp_path / "file" / "folder") is None
    assert writable(tmp_path / "folder").is_dir()


@pytest.mark.usefixtures("no_memory")
def test_what_cannot_be_kept_is_compiled_all_the_same(home, monkeypatch):
    folder = cache_folder()
    (folder / "damaged.nbi").touch()
    asked = []

    def njit(signature, *, cache=False, **_):
        asked.append((signature, cache))
        if cache:
            raise EOFError
        return lambda function: function

    monkeypatch.setattr(compiling.numba, "njit", njit)
    assert compiling.compiled("int64(int64)")(abs) is abs
    assert asked == [("int64(int64)", True), ("int64(int64)", False)]
    assert not folder.exists()
    assert home in folder.parents
