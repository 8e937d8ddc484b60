"""Harvest five simulated operators over loopback: from the first request to the snapshot.

The simulated operators run in a process of their own on the same machine, and are part of the
time. `first` loads everything, `unchanged` finds nothing new, `changed` meets new prices.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aggregator.demo import demo_environment, running
from aggregator.demo.operators import OPERATORS
from aggregator.demo.records import served
from aggregator.demo.world import build_world
from benchmarks.machine import machine, measured

FEEDS = ("alpenstrom", "nordlys", "plein_jus", "polder", "rheinkraft")
SIZE = 20_000
CHANGED_DAY = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="EVSEs of the five feeds together")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    result = measure(options.size)
    if options.json:
        print(json.dumps(result, indent=2))
        return
    print(f"{result['evses']:,} EVSEs at {result['locations']:,} locations of {len(FEEDS)} feeds")
    for name, stage in result["stages"].items():
        print(f"{name:10} {stage['seconds']:6.2f} s   peak {stage['peak_rss_mb']:5.0f} MB")
    print(f"first      {result['locations_per_second']:8,.0f} locations/s")
    print(
        f"unchanged  {result['unchanged_locations_per_second']:8,.0f} locations/s "
        f"({result['unchanged_to_first']:.2f} x first)"
    )
    print(f"machine    {result['machine']}")


def measure(size: int) -> dict[str, Any]:
    """Return times, memory and rates of three harvests of the same operators."""
    evses = _total_for(size)
    world = build_world(evses)
    chosen = [served(world, one) for one in OPERATORS if one.operator_id in FEEDS]
    locations = sum(one.locations for one in chosen)
    with TemporaryDirectory() as folder:
        stages = _stages(Path(folder), evses)
    first, unchanged = stages["first"]["seconds"], stages["unchanged"]["seconds"]
    return {
        "evses": sum(one.evses for one in chosen),
        "locations": locations,
        "stages": stages,
        "locations_per_second": locations / first,
        "unchanged_locations_per_second": locations / unchanged,
        "unchanged_to_first": first / unchanged,
        "peak_rss_mb": max(stage["peak_rss_mb"] for stage in stages.values()),
        "machine": machine(),
    }


def _total_for(size: int) -> int:
    """Return the size of the whole demonstration of which the five feeds are `size` EVSEs."""
    share = sum(one.weight for one in OPERATORS if one.operator_id in FEEDS)
    return size * sum(one.weight for one in OPERATORS) // share


def _stages(folder: Path, evses: int) -> dict[str, dict[str, float]]:
    environment = {
        **os.environ,
        **demo_environment(),
        "KLARPRIS_HOME": str(folder / "home"),
        "KLARPRIS_FEEDS": str(folder / "feeds"),
    }
    names = [f"demo_{name}" for name in FEEDS]
    command = [sys.executable, "-m", "aggregator.cli", "harvest", "--json", *names]
    stages = {}
    with running(folder / "feeds", evses=evses, slow_seconds=0) as operators:
        for name, revision in (("first", 0), ("unchanged", 0), ("changed", CHANGED_DAY)):
            operators.set_revision(revision)
            use, _ = measured(command, environment)
            stages[name] = {
                "seconds": round(use.seconds, 2),
                "cpu_seconds": round(use.cpu_seconds, 2),
                "peak_rss_mb": round(use.peak_rss_mb),
            }
    return stages


if __name__ == "__main__":
    main()
