"""Files that readers see as they were or as they are, never in part."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

READABLE = 0o644  # also by a dashboard that runs as another user


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write to, which takes the place of `path` when all is safely on the disk.

    Raises:
        OSError: there is no room, or no right to write; what was there before stays.
    """
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        part = Path(file.name)
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            part.chmod(READABLE)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
