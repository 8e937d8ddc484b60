"""What a snapshot was made from: the versions in core, the files beside them, and the program."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from aggregator import __version__
from aggregator.config import Settings
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection


def origin_of(connection: Connection, settings: Settings) -> str | None:
    """Return a digest, in hex, that changes with whatever a snapshot made now is made from.

    None when nothing was ever received. Clocks are not compared: one that was ahead for a while
    dates what came then after what comes now. A file that cannot be read counts as empty;
    publishing tells of it.
    """
    changes = connection.execute(sql("care", "newest_change_by_feed")).fetchall()
    if not changes:
        return None
    digest = hashlib.sha256(repr((__version__, changes)).encode())
    for path in _files(settings):
        content = _content(path)
        digest.update(f"\n{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(settings: Settings) -> Iterator[Path]:
    """Yield whatever files prices and places are told by, always in the same order."""
    yield from sorted(settings.feeds_folder.glob("*.toml"))
    yield from sorted(settings.operators_folder.glob("*.toml"))
    yield from sorted(settings.reference_folder.glob("*.csv"))
    yield settings.own_sessions_path
    for folder in (settings.regions_folder, settings.imported_regions_folder):
        yield from sorted(folder.glob("*.geojson"))
    yield settings.regions_folder / "regions.csv"
    yield from sorted(settings.rates_folder.glob("*.csv"))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
