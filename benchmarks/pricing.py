"""Price sessions in bulk: the kernel, the exact engine and numpy, each on one core.

`complex`: sessions under one tariff of 11 elements, everything ready in columns. `connectors`:
--size connectors, ten to each of their distinct price lists, are read from a warehouse with their
zones, priced, and the totals gathered; cold: price lists are prepared first; warm: they are known.
A rate is that of the best of several runs, since others use the machine too.
"""

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from aggregator.pricing.bill import bill_from
from aggregator.pricing.components import price_table
from aggregator.pricing.kernel.prices import prepare, price, session_columns, warm_up
from benchmarks.machine import machine
from benchmarks.pricing_connectors import Question, warehouse
from benchmarks.pricing_lists import complex_price_list, varied_sessions
from benchmarks.pricing_numpy import gross_cents

SIZE = 1_000_000
RUNS = 7
SESSIONS = 200_000
PRICED_EXACTLY = 2_000
SEED = 1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="connectors")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    result = measure(options.size)
    if options.json:
        print(json.dumps(result, indent=2))
        return
    print(
        f"complex tariff: kernel {result['kernel_per_second']:,.0f}/s   "
        f"exact {result['exact_per_second']:,.0f}/s   ratio {result['ratio']:,.0f}   "
        f"numpy {result['numpy_per_second']:,.0f}/s\n"
        f"{result['connectors']:,} connectors: cold {result['connectors_cold_seconds']:.2f} s   "
        f"warm {result['connectors_seconds']:.2f} s   "
        f"exact engine asked {result['exact_share']:.4%}\n"
        f"kernel loaded in {result['warm_up_seconds']:.2f} s\n"
        f"machine {result['machine']}"
    )


def measure(size: int) -> dict[str, Any]:
    """Return rates per second, times in seconds and the share that the exact engine priced."""
    begun = time.perf_counter()
    warm_up()
    result = {"warm_up_seconds": time.perf_counter() - begun, **_complex(), **_connectors(size)}
    if size == SIZE:
        result["connectors_1m_seconds"] = result["connectors_seconds"]
    return {**result, "machine": machine()}


def _complex() -> dict[str, Any]:
    """Return how many sessions a second each engine prices under the complex tariff."""
    listed, sessions = complex_price_list(), varied_sessions(SESSIONS, SEED)
    tariffs, columns = prepare([listed]), session_columns(sessions)
    table, few = price_table(listed), sessions[:PRICED_EXACTLY]
    first, second = np.zeros(SESSIONS, np.int64), np.arange(SESSIONS)
    totals = price(tariffs, first, columns, second)
    bills = [bill_from(table, one) for one in few]
    cents = [int(found.total_gross * 100) for found in bills if found.total_gross is not None]
    assert cents == totals.total_gross[:PRICED_EXACTLY].tolist()  # noqa: S101 - else no figure counts
    nearly = gross_cents(columns.rows)
    assert np.abs(nearly - totals.total_gross).max() <= 1  # noqa: S101 - the same tariff
    kernel = SESSIONS / _best(lambda: price(tariffs, first, columns, second), RUNS * 3)
    exact = len(few) / _best(lambda: [bill_from(table, one) for one in few], 3)
    return {
        "kernel_per_second": kernel,
        "exact_per_second": exact,
        "ratio": kernel / exact,
        "numpy_per_second": SESSIONS / _best(lambda: gross_cents(columns.rows), RUNS),
        "complex_exact_share": totals.exact_share,
    }


def _connectors(size: int) -> dict[str, Any]:
    """Return how long it takes to say what all connectors cost."""
    with warehouse(size) as connection:
        question = Question(connection)
        cold = _best(question.answer, 1)
        warm = _best(question.answer, RUNS)
        totals = question.answer()
    assert len(totals.amounts) == size  # noqa: S101 - else no figure counts
    assert (totals.total_gross > 0).all()  # noqa: S101 - else no figure counts
    return {
        "connectors": size,
        "price_lists": len(question.catalogue.prepared),
        "connectors_cold_seconds": cold,
        "connectors_seconds": warm,
        "exact_share": totals.exact_share,
    }


def _best(work: Callable[[], object], runs: int) -> float:
    """Return the seconds of the quickest run."""
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


if __name__ == "__main__":
    main()
