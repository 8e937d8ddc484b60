"""Take the README's picture anew: `make picture`. Simulated operators, a real browser."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).with_name("compare.png")
PORT = 8599
PAGE = f"http://127.0.0.1:{PORT}/?country=DEU&power=hpc"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--enable-unsafe-swiftshader",
]


def main() -> None:
    """Start the demonstration, wait for its prices, take the picture, stop."""
    with TemporaryDirectory() as home:
        environment = {**os.environ, "KLARPRIS_HOME": home}
        command = [sys.executable, "-m", "aggregator.cli", "up", "--demo", "--port", str(PORT)]
        with subprocess.Popen(command, env=environment) as klarpris:
            try:
                wait_for_prices()
                take()
            finally:
                klarpris.terminate()


def wait_for_prices() -> None:
    """Return when a snapshot of all operators can be shown."""
    for _ in range(120):
        time.sleep(0.5)
        try:
            with urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=1) as answer:
                if b'snapshot_id":"' in answer.read():
                    time.sleep(12)  # the slow operator
                    return
        except (URLError, OSError):
            continue
    sys.exit("the demonstration did not start")


def take() -> None:
    """Open the page in the system's browser and save what it shows."""
    browser_path = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(PAGE)
        page.wait_for_selector(".rank li")
        page.wait_for_timeout(4000)
        page.screenshot(path=str(TARGET))
        browser.close()


if __name__ == "__main__":
    main()
