"""A real Chromium on a real dashboard of simulated operators; nobody else is ever asked."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import sync_playwright

from aggregator.demo import demo_environment, running
from aggregator.store.pointer import current_snapshot

EVSES = 1500
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
)
DESKTOP = {"viewport": {"width": 1440, "height": 900}, "timezone_id": "Europe/Berlin"}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "timezone_id": "Europe/Berlin",
    "is_mobile": True,
    "has_touch": True,
    "user_agent": (
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/140.0.0.0 Mobile Safari/537.36"
    ),
}
SECONDS = 1000  # Playwright counts in milliseconds
HARMLESS = (
    "GPU stall",  # WebGL without a graphics card
    "_stcore/health",  # Streamlit looks beside a page that was opened directly before it finds
    "_stcore/host-config",  # its server
)


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@dataclass(frozen=True)
class Site:
    """A dashboard that is being served, and the home that it shows."""

    url: str
    home: Path

    def rows(self, query, **values):
        """Ask the snapshot's file itself."""
        path = current_snapshot(self.home / "snapshots").path
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(query, values).fetchall()


@dataclass
class Walk:
    """What a page asked for and complained about while a test used it."""

    page: object
    url: str
    is_phone: bool = False
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path="/"):
        """Open a page and wait until it stands."""
        self.page.goto(self.url + path)
        self.page.locator("h1").first.wait_for(timeout=30 * SECONDS)
        self.settle()
        return self.page

    def settle(self):
        """Wait until Streamlit has drawn everything and asks for nothing more."""
        self.page.evaluate(SETTLED)

    def watch(self):
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message):
        words = f"{message.text} {message.location.get('url', '')}"
        if message.type == "error" and not any(known in words for known in HARMLESS):
            self.complaints.append(words)

    @property
    def elsewhere(self):
        """Return what was asked of anybody but the dashboard."""
        own = (self.url, self.url.replace("http:", "ws:"), "data:", f"blob:{self.url}")
        return [url for url in self.requests if not url.startswith(own)]


# Streamlit has run the script to its end and nothing has been drawn for a while; maps draw on.
SETTLED = """() => new Promise(done => {
  let quiet;
  const isMap = record => (record.target.closest ?? (() => null)).call(
    record.target, '[data-testid="stPlotlyChart"]');
  const isIdle = () => document.querySelector('[data-testid="stApp"]')
    ?.dataset.testScriptState === 'notRunning';
  const wait = () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => isIdle() ? (watch.disconnect(), done()) : wait(), QUIET);
  };
  const watch = new MutationObserver(records => records.every(isMap) || wait());
  watch.observe(document.body, {
    subtree: true, childList: true, attributes: true, characterData: true});
  wait();
})""".replace("QUIET", "250")


@pytest.fixture(scope="session")
def chromium():
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.fail(f"no browser is there: {', '.join(BROWSERS)}")
    return found


@pytest.fixture(scope="session")
def operators(tmp_path_factory):
    """Simulated operators, and the environment of a demonstration that harvests them."""
    home = tmp_path_factory.mktemp("browser") / "demo"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KLARPRIS_")}
    with running(home / "feeds", evses=EVSES, slow_seconds=0) as child:
        yield child, home, environment | demo_environment() | settings_of(home)


def settings_of(home):
    return {
        "KLARPRIS_HOME": str(home),
        "KLARPRIS_FEEDS": str(home / "feeds"),
        "KLARPRIS_DEMO": "true",
    }


@pytest.fixture(scope="session")
def harvest(operators):
    """Return a function that harvests the operators' prices of a day and publishes them."""
    child, _home, environment = operators

    def run(day):
        child.set_revision(day)
        command = [sys.executable, "-m", "aggregator.cli", "harvest", "--json"]
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=60)

    return run


@pytest.fixture(scope="session")
def site(operators, harvest):
    """Serve the demonstration; stop when all tests are done."""
    _child, home, environment = operators
    harvest(0)
    with serving(home, environment) as url:
        yield Site(url, home)


@contextmanager
def serving(home, environment, *, demo="true"):
    """Serve a home with the dashboard as people start it; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    home.mkdir(parents=True, exist_ok=True)
    log = home.parent / f"{home.name}-dashboard.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "dashboard", "--port", str(port)],
            env=environment | settings_of(home) | {"KLARPRIS_DEMO": demo},
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/healthz", process)
            yield url
        finally:
            process.terminate()
    assert "Traceback" not in log.read_text(), log.read_text()


def wait_for(url, process, seconds=180):
    """Wait until it answers and its price engine is compiled, which takes long once."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with (
            suppress(urllib.error.URLError, TimeoutError),
            urllib.request.urlopen(url, timeout=5) as answer,  # noqa: S310 - our own
        ):
            if json.load(answer)["is_engine_ready"]:
                return
        time.sleep(0.1)
    pytest.fail("the dashboard does not answer")


@pytest.fixture(scope="module")
def launched(chromium):
    """Return one Chromium for each file of tests."""
    # For each file, because no other test can run an event loop while Playwright runs its own.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def known(launched):
    """Return browsing contexts by what makes them: with scripts that were loaded before."""
    return {}


@pytest.fixture
def visitor(launched, known, site):
    """Return a function that opens a window; every walk is checked when the test ends.

    is_new: nothing was loaded before.
    """
    walks = []

    def arrive(device=DESKTOP, url=site.url, *, is_new=False, **more):
        made_of = device | more
        key = repr(made_of)
        if is_new or key not in known:
            known[key] = launched.new_context(**made_of)
        walk = Walk(known[key].new_page(), url, is_phone=device is PHONE)
        walk.watch()
        walks.append(walk)
        return walk

    yield arrive
    for walk in walks:
        walk.page.close()
    assert all(walk.requests for walk in walks)
    assert [url for walk in walks for url in walk.elsewhere] == []
    assert [words for walk in walks for words in walk.complaints] == []


@pytest.fixture(params=["desktop", "phone"])
def walk(visitor, request):
    """Return a window of each size."""
    return visitor(PHONE if request.param == "phone" else DESKTOP)


@pytest.fixture
def desktop(visitor):
    return visitor(DESKTOP)


@pytest.fixture
def phone(visitor):
    return visitor(PHONE)
