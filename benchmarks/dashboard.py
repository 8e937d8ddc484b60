"""What a visitor of the dashboard waits for, in a real Chromium: a phone, a desktop, a click.

Beside it what the server alone needs: for one visitor on each page, and for a hundred who think
eight seconds between two clicks.

The phone is slowed down to 10 Mbit/s, 60 ms and a quarter of this machine's processor. Server and
browser share the machine, so that the figures are upper limits; nothing was loaded before.
"""

import argparse
import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks import dashboard_clicks
from benchmarks.dashboard_visitors import crowd, one_by_one
from benchmarks.machine import machine

SIZE = 20_000
REPEATS = 3
CLICKS_EACH = 60  # of one visitor on each page
VISITORS, THINK_SECONDS, EACH = 100, 8.0, 6
CLICKS = ("Card on site", "App or QR", "Contract or roaming", "Without contract") * 5
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--enable-unsafe-swiftshader")
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14) Chrome/140.0.0.0 Mobile Safari/537.36",
}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
MEGABIT_BYTES = 125_000
SLOW_NETWORK = {
    "offline": False,
    "latency": 60,
    "downloadThroughput": 10 * MEGABIT_BYTES,
    "uploadThroughput": 5 * MEGABIT_BYTES,
}
FIRST_PRICE = "ol.rank .p b"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="EVSEs of the demonstration")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--home", type=Path, help="keep the demonstration here, and take it again")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        result = measure(options.size, options.home or Path(folder))
    if options.json:
        print(json.dumps(result, indent=2))
        return
    for name, value in result.items():
        print(f"{name:26} {value}")


def measure(size: int, folder: Path) -> dict[str, Any]:
    """Return times, memory and bytes of a dashboard of so many EVSEs."""
    with _served(folder, size) as (url, process):
        with sync_playwright() as playwright:
            found = next(filter(None, map(shutil.which, BROWSERS)))
            browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
            phones = [_visit(browser, url, PHONE, is_slow=True) for _ in range(REPEATS)]
            desktops = [_visit(browser, url, DESKTOP) for _ in range(REPEATS)]
            clicks = _clicks(browser, url)
        asked = dashboard_clicks.some(folder / "demo" / "snapshots", CLICKS_EACH)
        pages = {page: asyncio.run(one_by_one(url, each)) for page, each in asked.items()}
        mixed = dashboard_clicks.mixed(asked)
        answers, errors = asyncio.run(crowd(url, mixed, VISITORS, THINK_SECONDS, EACH))
        return {
            "evses": size,
            "first_price_phone_s": median(visit["first_price_s"] for visit in phones),
            "first_price_phone_again_s": median(visit["again_s"] for visit in phones),
            "first_paint_desktop_s": median(visit["first_paint_s"] for visit in desktops),
            "first_price_desktop_s": median(visit["first_price_s"] for visit in desktops),
            "interaction_p50_ms": round(median(clicks)),
            "interaction_p95_ms": round(quantiles(clicks, n=20)[-1]),
            "rerun_p95_ms": {
                page: _p95(a.milliseconds for a in each) for page, each in pages.items()
            },
            "rerun_kilobytes": {
                page: _p95(a.kilobytes for a in each) for page, each in pages.items()
            },
            "users100_p95_ms": _p95(answer.milliseconds for answer in answers),
            "users100_errors": errors,
            "rss_mb": _rss_mb(process.pid),
            "transferred_phone_kb": median(visit["kilobytes"] for visit in phones),
            "transferred_desktop_kb": median(visit["kilobytes"] for visit in desktops),
            "external_requests": sum(visit["external_requests"] for visit in phones + desktops),
            "machine": machine(),
        }


@contextmanager
def _served(folder: Path, size: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Harvest the demonstration and serve it; yield the address and the process."""
    environment = {**os.environ, "KLARPRIS_HOME": str(folder)}
    command = [sys.executable, "-m", "aggregator.cli", "harvest", "--demo", "--evses", str(size)]
    if not (folder / "demo" / "snapshots").exists():
        subprocess.run([*command, "--json"], env=environment, check=True, stdout=subprocess.DEVNULL)
    environment |= {"KLARPRIS_HOME": str(folder / "demo"), "KLARPRIS_DEMO": "true"}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "--port", str(port)]
    with subprocess.Popen(command, env=environment) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()


def _wait_for(url: str) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        with (
            suppress(urllib.error.URLError, TimeoutError),
            urllib.request.urlopen(url, timeout=5) as answer,  # noqa: S310 - our own
        ):
            if json.load(answer)["is_engine_ready"]:
                return
        time.sleep(0.1)
    message = "the dashboard does not answer"
    raise RuntimeError(message)


def _visit(
    browser: Browser, url: str, device: dict[str, Any], *, is_slow: bool = False
) -> dict[str, Any]:
    """Return what one visitor waits for: never here before, and here again at once."""
    context = browser.new_context(**device)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    received = _counted(context, page, is_slow=is_slow)
    first_price_s = _first_price_s(page, url)
    page.wait_for_load_state("networkidle")
    visit = {
        "first_price_s": first_price_s,
        "first_paint_s": round(page.evaluate(PAINT) / 1000, 2),
        "kilobytes": round(sum(received) / 1000),
        "external_requests": sum(not one.startswith((url, "data:", "blob:")) for one in asked),
    }
    visit["again_s"] = _first_price_s(page, url)
    context.close()
    return visit


def _first_price_s(page: Page, url: str) -> float:
    begun = time.monotonic()
    page.goto(url, wait_until="commit")
    page.locator(FIRST_PRICE).first.wait_for(timeout=60_000)
    return round(time.monotonic() - begun, 2)


def _counted(context: BrowserContext, page: Page, *, is_slow: bool) -> list[int]:
    """Return a list that grows by the bytes of every answer and message as they arrive."""
    received: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda e: received.append(int(e["encodedDataLength"])))
    session.on(
        "Network.webSocketFrameReceived",
        lambda e: received.append(len(e["response"]["payloadData"]) * 3 // 4),  # it is base64
    )
    if is_slow:
        session.send("Network.emulateNetworkConditions", SLOW_NETWORK)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return received


def _clicks(browser: Browser, url: str) -> list[float]:
    """Return how long the list takes to follow each choice, in milliseconds."""
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    page.goto(url)
    page.locator(FIRST_PRICE).first.wait_for()
    page.wait_for_load_state("networkidle")
    took = []
    for name in CLICKS:
        page.wait_for_timeout(1500)
        took.append(page.evaluate(FOLLOWED, name))
    context.close()
    return took


# From the click until the line above the list, which names the way to pay, has changed.
FOLLOWED = """name => new Promise(done => {
  const line = () => document.querySelector('p.meta').innerText;
  const before = line();
  const begun = performance.now();
  new MutationObserver((_, watch) => {
    if (line() === before) return;
    watch.disconnect();
    requestAnimationFrame(() => done(performance.now() - begun));
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
  [...document.querySelectorAll('[role=radio]')].find(e => e.innerText.trim() === name).click();
})"""


def _p95(values: Iterable[float]) -> int:
    return round(quantiles(values, n=20)[-1])


def _rss_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if "VmRSS" in line) // 1024


if __name__ == "__main__":
    main()
