"""Our clock: what a feed's runs and versions are dated by only ever goes forward.

A machine's clock may be set back, or be far ahead for a while. Nothing that is written is dated
anew: nobody can tell which of two clocks was right.
"""

from datetime import UTC, datetime, timedelta

from aggregator.store.ledger import Run
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection

TICK = timedelta(microseconds=1)  # as fine as DuckDB keeps moments
UNITS = (("days", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def end_now(connection: Connection, run: Run) -> None:
    """Set when a run ended: now, or just after the newest moment that its feed knows.

    A clock that went back since the feed's last run asks for attention. One that has been behind
    since then (another run was made while it was ahead) is only said.
    """
    run.clock_at = run.finished_at = datetime.now(UTC)
    newest, clock_before = _known(connection, run.facts.feed)
    if newest is None or run.clock_at > newest:
        return
    run.finished_at = newest + TICK
    dated = f"what changed is dated {newest:%Y-%m-%d %H:%M:%S} UTC, after all that is known"
    if clock_before is not None and run.clock_at < clock_before:
        back = in_words(clock_before - run.clock_at)
        run.attend(f"this machine's clock is {back} behind what it was in the last run; {dated}")
    elif run.clock_at < newest:
        back = in_words(newest - run.clock_at)
        run.say(f"an earlier run was made with a clock {back} ahead of now; {dated}")


def _known(connection: Connection, feed: str) -> tuple[datetime | None, datetime | None]:
    """Return the newest moment of a feed, and what the clock said in its last run. UTC."""
    rows = connection.execute(sql("core", "newest_moment"), {"feed": feed}).fetchall()
    newest, clock_before = rows[0] if rows else (None, None)
    return _aware(newest), _aware(clock_before)


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None


def in_words(duration: timedelta) -> str:
    """Return a duration in its two largest units.

    >>> in_words(timedelta(hours=2, seconds=59)), in_words(timedelta(days=27_000, hours=3))
    ('2 h', '27,000 days 3 h')
    >>> in_words(timedelta(milliseconds=3))
    'less than a second'
    """
    rest, parts = int(duration.total_seconds()), []
    for name, seconds in UNITS:
        parts.append(f"{rest // seconds:,} {name}" if rest >= seconds else "")
        rest %= seconds
    first = next((n for n, part in enumerate(parts) if part), None)
    if first is None:
        return "less than a second"
    return " ".join(part for part in parts[first : first + 2] if part)
