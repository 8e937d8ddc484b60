"""The plans that can be shown: read again as soon as one of their files changes."""

from functools import lru_cache
from pathlib import Path

from aggregator.config import settings
from aggregator.plans import Plans, operator_slugs

Stamp = tuple[str, int, int]


def plans_shown(*, synthetic: bool) -> Plans:
    """Return the plans of this home.

    Args:
        synthetic: whether the prices are invented too: invented plans stand beside such only.
    """
    chosen = settings()
    folders = (chosen.plans_folder, chosen.own_plans_folder)
    stamps = tuple(stamp for folder in folders for stamp in _stamps(folder))
    return _load(folders, chosen.operators_folder, stamps).shown(demo=synthetic)


def _stamps(folder: Path) -> list[Stamp]:
    """Return what changes when a file of a folder does."""
    files = [*folder.glob("*.toml"), *folder.glob("*.csv")]
    return sorted(
        (str(path), told.st_mtime_ns, told.st_size) for path in files for told in [path.stat()]
    )


@lru_cache(maxsize=2)
def _load(folders: tuple[Path, ...], operators: Path, stamps: tuple[Stamp, ...]) -> Plans:  # noqa: ARG001 - stamps are the key
    return Plans.load(folders, operator_slugs(operators))
