"""Harvest one feed over loopback: fetch, archive, decode, validate, quarantine, load.

`klarpris harvest` is started as anybody would start it. A rate counts from the beginning of the
feed's run to its last commit; starting Python and publishing the snapshot stand beside it. The
server is a process of its own on the same machine. `files`: two whole documents. `pages`: the
same records in OCPI pages. Records come from a simulated operator, or from --documents FOLDER
with locations.json and tariffs.json.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aggregator.demo.locations import location
from aggregator.demo.operators import OPERATORS
from aggregator.demo.tariffs import tariff
from benchmarks.machine import machine, measured

SIZE = 20_000
LOCATIONS_PER_TARIFF = 25
SEED = 1
FEED = """
name = "Benchmark"
source = "{source}"
locations_url = "{address}/locations{suffix}"
tariffs_url = "{address}/tariffs{suffix}"
page_limit = 1000
licence = "made up"
allow_private = true
synthetic = true
"""
WAYS = {"files": ("ocpi_file", ".json"), "pages": ("ocpi_pull", "")}
STAGES = ("first", "unchanged")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="locations of the feed")
    parser.add_argument("--documents", type=Path, help="folder with the documents to serve")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    result = measure(options.size, options.documents)
    if options.json:
        print(json.dumps(result, indent=2))
        return
    print(f"{result['locations']:,} locations, {result['evses']:,} EVSEs")
    for way, stages in result["stages"].items():
        for name, stage in stages.items():
            print(
                f"{way:6} {name:10} {stage['locations_per_second']:8,.0f} locations/s   "
                f"run {stage['seconds']:5.2f} s   command {stage['command_seconds']:5.2f} s   "
                f"peak {stage['peak_rss_mb']:4.0f} MB"
            )
    print(f"unchanged is {result['unchanged_to_first']:.1f} x as fast as first")
    print(f"machine    {result['machine']}")


def measure(size: int, documents: Path | None) -> dict[str, Any]:
    """Return rates, times and memory.

    The rates by themselves are those of whole documents, as they were generated; those of pages
    stand beside them.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        if documents is None:
            documents = folder / "documents"
            _write_documents(documents, size)
        with _served(documents) as address:
            stages = {way: _stages(folder / way, way, address) for way in WAYS}
    rates = {way: [stages[way][name]["locations_per_second"] for name in STAGES] for way in WAYS}
    first, unchanged = rates["files"]
    every = list(chain.from_iterable(one.values() for one in stages.values()))
    return {
        "locations": every[0]["locations"],
        "evses": every[0]["evses"],
        "stages": stages,
        "locations_per_second": first,
        "unchanged_locations_per_second": unchanged,
        "pages_locations_per_second": rates["pages"][0],
        "unchanged_to_first": min(again / before for before, again in rates.values()),
        "peak_rss_mb": max(stage["peak_rss_mb"] for stage in every),
        "machine": machine(),
    }


def _write_documents(folder: Path, size: int) -> None:
    operator = next(one for one in OPERATORS if one.operator_id == "rheinkraft")
    folder.mkdir()
    tariffs = max(20, size // LOCATIONS_PER_TARIFF)
    (folder / "locations.json").write_text(
        json.dumps([location(SEED, operator, number) for number in range(size)])
    )
    (folder / "tariffs.json").write_text(
        json.dumps([tariff(SEED, operator, number) for number in range(tariffs)])
    )


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.feed_server", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            port = server.stdout.readline().strip() if server.stdout else ""
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _stages(folder: Path, way: str, address: str) -> dict[str, dict[str, float]]:
    feeds = folder / "feeds"
    feeds.mkdir(parents=True)
    source, suffix = WAYS[way]
    feed = FEED.format(source=source, address=address, suffix=suffix)
    (feeds / "benchmark.toml").write_text(feed)
    environment = {
        **os.environ,
        "KLARPRIS_HOME": str(folder / "home"),
        "KLARPRIS_FEEDS": str(feeds),
    }
    command = [sys.executable, "-m", "aggregator.cli", "harvest", "--json"]
    return {name: _stage(command, environment) for name in STAGES}


def _stage(command: list[str], environment: dict[str, str]) -> dict[str, float]:
    use, printed = measured(command, environment)
    (feed,) = json.loads(printed)["feeds"]
    locations = feed["objects"]["location"]["kept"]
    return {
        "locations": locations,
        "evses": feed["objects"]["evse"]["kept"],
        "seconds": feed["seconds"],
        "locations_per_second": locations / feed["seconds"],
        "command_seconds": round(use.seconds, 2),
        "cpu_seconds": round(use.cpu_seconds, 2),
        "peak_rss_mb": round(use.peak_rss_mb),
    }


if __name__ == "__main__":
    main()
