"""Ask a snapshot of Europe what readers ask: spreads, what is near, medians, histories.

The snapshot is made up: 1 million EVSEs, 3.7 million connectors and 6 million offers, or --offers.
Each question is asked with 200 different values, twice: at first the reader has just been opened
and most of what it needs is not in its memory; the second round is what a reader that has been
open for a while answers in, and is held against the aims. The 95th percentile in milliseconds is
what one in twenty waits longer than.
"""

import argparse
import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aggregator.store.queries import Reader
from benchmarks.machine import machine
from benchmarks.queries_asked import Question, percentile_ms, questions
from benchmarks.queries_snapshot import write_snapshot

OFFERS = 6_000_000
ASKED = 200
TARGET_MS = {
    "price_spread": 20,
    "cheapest_near": 30,  # within 10 km
    "cheapest_wide": 60,  # within 25 or 50 km
    "region_medians": 400,
    "price_history": 20,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", "--size", type=int, default=OFFERS, help="about so many")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    result = measure(options.offers)
    if options.json:
        print(json.dumps(result, indent=2))
        return
    print("   ".join(f"{rows:,} {name}" for name, rows in result["rows"].items()))
    for name, target in TARGET_MS.items():
        print(
            f"{name:15} half within {result['p50_ms'][name]:7.1f} ms   "
            f"95 % within {result['p95_ms'][name]:7.1f} ms   aim {target} ms   "
            f"just opened {result['just_opened_p95_ms'][name]:7.1f} ms"
        )
    print(f"machine    {result['machine']}")


def measure(offers: int) -> dict[str, Any]:
    """Return milliseconds by name of the question, and how large the snapshot is."""
    with TemporaryDirectory() as folder:
        begun = time.perf_counter()
        snapshot = write_snapshot(Path(folder), offers)
        written = time.perf_counter() - begun
        reader = Reader(snapshot)
        asked = questions(snapshot, ASKED)
        first = {name: _seconds(reader, each) for name, each in asked.items()}
        seconds = {name: _seconds(reader, each) for name, each in asked.items()}
        size = snapshot.path.stat().st_size
    return {
        "rows": snapshot.rows,
        "snapshot_mb": round(size / 1e6),
        "made_up_in_seconds": round(written, 1),
        "p50_ms": {name: percentile_ms(each, 50) for name, each in seconds.items()},
        "just_opened_p95_ms": {name: percentile_ms(each, 95) for name, each in first.items()},
        "p95_ms": {name: percentile_ms(each, 95) for name, each in seconds.items()},
        "machine": machine(),
    }


def _seconds(reader: Reader, asked: list[Question]) -> list[float]:
    """Return how long each question takes."""
    seconds = []
    for question in asked:
        begun = time.perf_counter()
        question(reader)
        seconds.append(time.perf_counter() - begun)
    return seconds


if __name__ == "__main__":
    main()
