"""Harvest one large feed from disk: the first time, unchanged, and with 2 % of it changed.

`klarpris harvest --from` is started as anybody would start it, in a home of its own; seconds are
those of the whole command, snapshot included, and memory is that of all its processes at once.
Processor seconds stand beside them: they tell the same while others use the machine.
The reading stage is compared with DuckDB's own reader, which loads the same bytes without looking
at them. --growth: also a tenth and three tenths of the EVSEs, whether time grows as they do.
--year: also 365 daily changes of 1 %, and questions about days of that year.
--offers: only what `klarpris publish` takes that builds some offers for each connector anew, with
fewer tariffs too, so that more of them are equal.
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.machine import machine, measured
from benchmarks.warehouse_feed import TARIFFS_PER_EVSE, Size, write_changed_feed, write_feed
from benchmarks.warehouse_memory import peak_of_children
from benchmarks.warehouse_year import a_year

EVSES = 1_000_000
SMALLER = (0.1, 0.3)
LINEAR = 1.2  # an EVSE of a larger feed costs at most so many times one of a smaller
FEED = "europe"
RUNS = ("first", "unchanged", "changed")
TARIFF_SHARES = (1, 0.1)  # of the tariffs there usually are
NAMED = 4  # tariffs of a connector
BUILDING = ("gather", "price", "write")
MOST_DOCUMENT_MB = "4096"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evses", "--size", type=int, default=EVSES, help="about so many")
    parser.add_argument("--growth", action="store_true", help="measure smaller feeds too")
    parser.add_argument("--year", action="store_true", help="go through a year of changes")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--offers", action="store_true", help="only build many offers")
    options = parser.parse_args()
    if options.offers:
        built = [_built(options.evses, share) for share in TARIFF_SHARES]
        print(json.dumps(built, indent=2) if options.json else "\n".join(map(told_offers, built)))
        return
    result = measure(options.evses, growth=options.growth, year=options.year)
    print(json.dumps(result, indent=2) if options.json else "\n".join(told(result)))


def measure(evses: int, *, growth: bool = False, year: bool = False) -> dict[str, Any]:
    """Return seconds, memory in MB and ratios."""
    result: dict[str, Any] = {}
    if growth:
        firsts = [_first_of(round(evses * share)) for share in SMALLER]
    with TemporaryDirectory() as name:
        folder = Path(name)
        result |= _three_runs(folder, Size.of(evses))
        if growth:
            result["growth"] = _growth([*firsts, result["runs"]["first"]])
        if year:
            result["year"] = a_year(folder / "home", FEED, Size.of(evses))
    return {**result, "machine": machine()}


def _growth(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what an EVSE costs in each run; the processors tell whether that stays the same."""
    wall, processors = (
        per_evse_ms([(run["evses"], run[kind]) for run in runs])
        for kind in ("seconds", "cpu_seconds")
    )
    is_linear = no_dearer(list(processors.values()))
    return {"ms_per_evse": wall, "cpu_ms_per_evse": processors, "is_linear": is_linear}


def per_evse_ms(sizes: list[tuple[int, float]]) -> dict[int, float]:
    """Return the milliseconds per EVSE of each (EVSEs, seconds).

    >>> per_evse_ms([(1_000, 2.0), (3_000, 6.6)])
    {1000: 2.0, 3000: 2.2}
    """
    return {evses: round(seconds * 1_000 / evses, 4) for evses, seconds in sizes}


def no_dearer(costs: list[float]) -> bool:
    """Tell whether no cost is above all before it by more than a fifth; cheaper is no harm.

    >>> no_dearer([2.0, 2.2]), no_dearer([3.0, 2.0, 2.5])
    (True, False)
    """
    return all(cost <= LINEAR * min(costs[: place + 1]) for place, cost in enumerate(costs))


def _first_of(evses: int) -> dict[str, Any]:
    """Return what the first run of a feed of about so many EVSEs took."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_feed(folder / "before" / FEED, Size.of(evses))
        return _harvest(folder, "before")


def _built(evses: int, share: float) -> dict[str, Any]:
    """Return what building the offers of a feed with this share of the usual tariffs took."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        size = Size.of(evses, share * TARIFFS_PER_EVSE, NAMED)
        write_feed(folder / "before" / FEED, size)
        first = _harvest(folder, "before")
        command = [sys.executable, "-m", "aggregator.cli", "publish", "--json"]
        use, _ = measured(command, {**os.environ, "KLARPRIS_HOME": str(folder / "home")})
    return {
        "offers": first["offers"],
        "evses": first["evses"],
        "tariffs": size.tariffs,
        "first_stages": {stage: first["stages"][stage] for stage in BUILDING},
        "seconds": round(use.seconds, 1),
        "us_per_offer": round(use.seconds * 1e6 / first["offers"], 2),
        "peak_rss_mb": round(use.peak_rss_mb),
    }


def told_offers(built: Mapping[str, Any]) -> str:
    """Return for people what building offers took."""
    stages = "   ".join(f"{stage} {took:.1f}" for stage, took in built["first_stages"].items())
    return (
        f"{built['offers']:,} offers of {built['tariffs']:,} tariffs   {built['seconds']:.1f} s   "
        f"{built['us_per_offer']:.2f} us an offer   peak {built['peak_rss_mb']:,} MB   "
        f"for the first time, places looked up and code compiled: {stages}"
    )


def _three_runs(folder: Path, size: Size) -> dict[str, Any]:
    feed_bytes = write_feed(folder / "before" / FEED, size)
    write_changed_feed(folder / "after" / FEED, size)
    duckdb_seconds, duckdb_cpu_seconds = _duckdb_seconds(folder / "before" / FEED)
    runs = {name: _harvest(folder, "after" if name == "changed" else "before") for name in RUNS}
    first = runs["first"]
    read_seconds = first["stages"]["read"]
    return {
        "evses": first["evses"],
        "feed_mb": round(feed_bytes / 1e6),
        **{f"{name}_seconds": run["seconds"] for name, run in runs.items()},
        "peak_rss_mb": max(run["peak_rss_mb"] for run in runs.values()),
        "stages": first["stages"],
        "shares": shares(first["stages"], first["seconds"]),
        "duckdb_reader_seconds": duckdb_seconds,
        "duckdb_reader_cpu_seconds": duckdb_cpu_seconds,
        "reading_to_duckdb_reader": round(duckdb_seconds / read_seconds, 2),
        "warehouse_mb": _megabytes(folder / "home", "*warehouse*.duckdb"),
        "snapshot_mb": _megabytes(folder / "home", "snapshots/*.duckdb"),
        "runs": runs,
    }


def shares(stages: Mapping[str, float], seconds: float) -> dict[str, float]:
    """Return which part of the seconds each stage took, and what is left: starting and ending.

    >>> shares({"read": 5.0, "write": 2.0}, 10.0)
    {'read': 0.5, 'write': 0.2, 'rest': 0.3}
    """
    found = {name: round(took / seconds, 3) for name, took in stages.items()}
    return {**found, "rest": round(1 - sum(found.values()), 3)}


def _harvest(folder: Path, documents: str) -> dict[str, Any]:
    """Harvest documents of the folder into its home, in processes of their own."""
    environment = {
        **os.environ,
        "KLARPRIS_HOME": str(folder / "home"),
        "KLARPRIS_MAX_DOCUMENT_MB": MOST_DOCUMENT_MB,
    }
    source = str(folder / documents)
    command = [sys.executable, "-m", "aggregator.cli", "harvest", "--from", source, "--json"]
    with peak_of_children() as peak:
        use, printed = measured(command, environment)
    answer = json.loads(printed)
    return {
        "seconds": round(use.seconds, 2),
        "cpu_seconds": round(use.cpu_seconds, 2),
        "peak_rss_mb": round(max(use.peak_rss_mb, peak.megabytes)),
        "evses": answer["feeds"][0]["objects"]["evse"]["live"],
        "changed": answer["feeds"][0]["changed"],
        "offers": answer["snapshot"]["rows"]["offer"],
        "stages": answer["stages"],
    }


def _duckdb_seconds(documents: Path) -> tuple[float, float]:
    """Return the seconds of loading, and those of all processors from start to end."""
    files = [str(documents / f"{name}.json") for name in ("locations", "tariffs")]
    command = [sys.executable, "-m", "benchmarks.warehouse_reader", *files]
    use, printed = measured(command, os.environ)
    return round(float(printed), 2), round(use.cpu_seconds, 2)


def _megabytes(home: Path, pattern: str) -> int:
    """Return the size of the newest of some files."""
    newest = max(home.glob(pattern), key=lambda file: file.stat().st_mtime)
    return round(newest.stat().st_size / 1e6)


def told(result: dict[str, Any]) -> list[str]:
    """Return the result as lines for people."""
    lines = [f"{result['evses']:,} EVSEs, {result['feed_mb']:,} MB"]
    for name, run in result["runs"].items():
        stages = "   ".join(f"{stage} {took:.1f}" for stage, took in run["stages"].items())
        lines.append(
            f"{name:10} {run['seconds']:6.1f} s   processors {run['cpu_seconds']:6.1f} s   "
            f"peak {run['peak_rss_mb']:5,} MB   {stages}"
        )
    parts = "   ".join(f"{stage} {share:.0%}" for stage, share in result["shares"].items())
    lines += [
        f"of the first run: {parts}",
        f"DuckDB's own reader {result['duckdb_reader_seconds']:.1f} s",
        f"of all processors {result['duckdb_reader_cpu_seconds']:.1f} s",
        f"ours has {result['reading_to_duckdb_reader']:.2f} of its speed",
        f"warehouse {result['warehouse_mb']:,} MB   snapshot {result['snapshot_mb']:,} MB",
    ]
    lines += [f"{name}: {result[name]}" for name in ("growth", "year") if name in result]
    return [*lines, f"machine    {result['machine']}"]


if __name__ == "__main__":
    main()
