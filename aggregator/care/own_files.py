"""What people keep in the home themselves, besides data: sessions, plans, regions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aggregator.config import Settings
from aggregator.whole_file import whole_file

IN_A_BACKUP = re.compile(
    r"own/(?:sessions\.csv|plans/[A-Za-z0-9_-]{1,80}\.(?:toml|csv)|regions/[a-z0-9_-]{1,40}\.geojson)"
)
"""The names of such files in a backup; no other name is read from one."""


@dataclass(frozen=True, slots=True)
class PutBack:
    """What became of the files of a backup. left: of the same name and another content."""

    put: tuple[Path, ...]
    left: tuple[Path, ...]


def own_files(settings: Settings) -> dict[str, bytes]:
    """Return the files by their names in a backup."""
    home = settings.home
    found = {f"own/{path.relative_to(home).as_posix()}": path for path in _candidates(settings)}
    return {name: path.read_bytes() for name, path in found.items() if IN_A_BACKUP.fullmatch(name)}


def _candidates(settings: Settings) -> Iterable[Path]:
    if settings.own_sessions_path.is_file():
        yield settings.own_sessions_path
    for folder in (settings.own_plans_folder, settings.imported_regions_folder):
        yield from sorted(path for path in folder.glob("*.*") if path.is_file())


def put_back(home: Path, files: Mapping[str, bytes]) -> PutBack:
    """Write the files of a backup where there are none; those that are there stay as they are.

    Raises:
        OSError: there is no room, or no right to write.
    """
    put, left = [], []
    for name, content in files.items():
        path = home / name.removeprefix("own/")
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as file:
                file.write(content)
            put.append(path)
        elif path.read_bytes() != content:
            left.append(path)
    return PutBack(tuple(put), tuple(left))
