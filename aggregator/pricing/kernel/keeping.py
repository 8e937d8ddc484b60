"""Where compiled code is kept; known without loading the compiler."""

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

import platformdirs


def is_compiled() -> bool:
    """Tell whether the kernel was compiled before, so that it only has to be loaded."""
    folder = cache_folder()
    return folder is not None and any(folder.rglob("*.nbi"))


@cache
def cache_folder() -> Path | None:
    """Return a folder to keep compiled code in, None where nothing can be written.

    It is named after the sources: numba looks at the file of a function, not at what it calls.
    """
    sources = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    home = os.environ.get("KLARPRIS_HOME")
    root = Path(home) / "cache" if home else Path(platformdirs.user_cache_dir("klarpris"))
    return writable(root / "numba" / digest[:16])


def writable(folder: Path) -> Path | None:
    """Return the folder, made if need be; None where no file can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None
