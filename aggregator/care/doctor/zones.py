"""Whether the time zones are known in which prices are told."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH

from aggregator.care.doctor.finding import Finding, failed, fine
from aggregator.normalise.time_zone import exists

ALWAYS = "Europe/Berlin"
TODO = "install the time zones: `pip install --upgrade tzdata`, or the system's package"


def zones(used: Sequence[str]) -> Finding:
    """Return whether every zone in use is known here. used: IANA names."""
    unknown = [zone for zone in (*used, ALWAYS) if not exists(zone)]
    if unknown:
        return failed("time zones", f"not known here: {', '.join(unknown)}", TODO)
    return fine("time zones", f"{len(used)} in use, all known; {_source()}")


def _source() -> str:
    """Return where the rules come from: the system's come first, then the package's."""
    for folder in TZPATH:
        if (Path(folder) / ALWAYS).is_file():
            return f"rules of the system in {folder}{_release(Path(folder))}"
    try:
        return f"rules of the package tzdata {version('tzdata')}"
    except PackageNotFoundError:
        return "rules of unknown origin"


def _release(folder: Path) -> str:
    """Return the release, as `, 2026a`; nothing where the system does not tell."""
    try:
        with (folder / "tzdata.zi").open(encoding="utf-8") as file:
            return f", {file.readline().removeprefix('# version').strip()}"
    except (OSError, UnicodeDecodeError):
        return ""
