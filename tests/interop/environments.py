"""Environments for the servers that nobody here wrote, one each, made once and used again."""

import fcntl
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".venv" / "interop"  # goes with `make clean`


def python_of(name):
    """Return the interpreter of a server's environment, made anew when its list has changed."""
    wanted = (HERE / f"{name}-requirements.txt").read_text("utf-8") + f"# {sys.version}\n"
    folder = CACHE / name
    installed = folder / "installed.txt"
    CACHE.mkdir(parents=True, exist_ok=True)
    with _alone(CACHE / f"{name}.lock"):
        if not (installed.exists() and installed.read_text("utf-8") == wanted):
            shutil.rmtree(folder, ignore_errors=True)
            _install(folder, HERE / f"{name}-requirements.txt")
            installed.write_text(wanted, "utf-8")
    return folder / "bin" / "python"


@contextmanager
def _alone(path):
    """Let the workers of one test run, and runs side by side, wait for each other."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(folder, requirements):
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    done = subprocess.run(
        [
            folder / "bin" / "python",
            *("-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--requirement", requirements),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
