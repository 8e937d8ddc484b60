"""Whether the warehouse opens, what it is made of, and whether its clock and ours agree."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aggregator.care.doctor.finding import Finding, failed, fine, warning
from aggregator.errors import InUse, StoreError
from aggregator.store.at_rest import log_of
from aggregator.store.examination import Examined, examine_warehouse

CLOCK_TOLERANCE = timedelta(minutes=1)


def warehouse_of(path: Path, now: datetime) -> tuple[list[Finding], Examined | None]:
    """Return the findings, and what was read where nobody writes. now: UTC."""
    if not path.exists():
        text = f"there is none at {path} yet"
        return [warning("warehouse", text, "`klarpris harvest` or `klarpris up` makes one")], None
    has_log = log_of(path).exists()
    try:
        found = examine_warehouse(path, now)
    except InUse:
        text = "in use by a running klarpris; its contents and clock are not checked meanwhile"
        return [fine("warehouse", text)], None
    except (StoreError, OSError) as error:
        todo = "put a backup in its place: `klarpris restore FILE`; harvesting starts a new one"
        return [failed("warehouse", str(error), f"{todo} when it is moved away")], None
    findings = [_file(path, has_log=has_log), _steps(found)]
    if not found.newer_steps:
        findings += [*_identities(found), _clock(found, now)]
    return findings, found


def _file(path: Path, *, has_log: bool) -> Finding:
    size = f"{path} opens, {path.stat().st_size / 1e6:,.1f} MB"
    if has_log:
        text = f"{size}; the last process did not close it"
        return warning("warehouse", text, "nothing is lost: the next harvest puts it in order")
    return fine("warehouse", size)


def _steps(found: Examined) -> Finding:
    if found.newer_steps:
        text = f"it was written by a newer Klarpris (step {found.newer_steps[-1]})"
        return failed("schema", text, "upgrade Klarpris")
    if found.missing_steps:
        steps = ", ".join(found.missing_steps)
        return fine("schema", f"of an older Klarpris; the next harvest upgrades it ({steps})")
    return fine("schema", "up to date")


def _identities(found: Examined) -> Iterator[Finding]:
    for fault in found.faults:
        todo = "please report it with the output of `klarpris doctor --json`; a backup may be whole"
        yield failed("contents", fault, todo)
    if not found.faults:
        yield fine("contents", "received = kept + rejected; versions and links are in order")


def _clock(found: Examined, now: datetime) -> Finding:
    if found.newest_at is None:
        return fine("clock", f"{now:%Y-%m-%d %H:%M} UTC; nothing to compare it with yet")
    newest_at = found.newest_at.replace(tzinfo=UTC)
    if found.beyond:
        text = (
            f"{found.beyond:,} moments in the warehouse are more than a day ahead of now, "
            f"the last at {newest_at:%Y-%m-%d %H:%M} UTC"
        )
        return warning("clock", text, "check this machine's date; it is or was wrong")
    if newest_at > now + CLOCK_TOLERANCE:
        minutes = (newest_at - now).total_seconds() / 60
        text = f"this machine's clock is {minutes:,.0f} min behind the newest moment that is kept"
        return warning("clock", text, "set the clock, best by NTP")
    return fine("clock", f"{now:%Y-%m-%d %H:%M} UTC, not before anything that is kept")
