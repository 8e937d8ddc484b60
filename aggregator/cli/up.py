"""`klarpris up`: harvester and dashboard together, one address, Ctrl-C stops both."""

import asyncio
import signal
import sys
from contextlib import ExitStack
from types import FrameType
from typing import Annotated, NoReturn

import typer

from aggregator.cli.output import console
from aggregator.cli.parts import DEFAULT_PORT, child_environment, dashboard_command
from aggregator.cli.processes import Processes, free_port, is_free, wait_until_it_answers
from aggregator.cli.selection import chosen_settings, known_feeds
from aggregator.config import Settings
from aggregator.demo import DEFAULT_EVSES, running
from aggregator.sources.reachability import any_reachable
from aggregator.store.pointer import current_snapshot

START_SECONDS = 60
OFFER = "klarpris up --demo"
ENDS_WITH_US = "--end-with-parent"


def up(
    demo: Annotated[
        bool, typer.Option("--demo", help="Show simulated operators instead of real feeds.")
    ] = False,
    demo_if_offline: Annotated[
        bool,
        typer.Option(
            "--demo-if-offline", help="Fall back to simulated operators when no feed answers."
        ),
    ] = False,
    evses: Annotated[
        int, typer.Option(min=10, max=1_000_000, help="Size of the demonstration, in EVSEs.")
    ] = DEFAULT_EVSES,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port of the dashboard.")
    ] = None,
) -> None:
    """Harvest at each feed's rhythm and show the prices in a browser, until Ctrl-C."""
    if port is not None and not is_free(port):
        message = f"port {port} is taken; name another one, or none to let Klarpris choose"
        raise typer.BadParameter(message)
    chosen = chosen_settings(demo=demo or _shows_demo(demo_if_offline))
    with ExitStack() as stack:
        signal.signal(signal.SIGTERM, _interrupt)
        if chosen.demo:
            console.print(
                f"Starting simulated operators with {evses:,} EVSEs; nothing of it is real."
            )
            stack.enter_context(running(chosen.feeds_folder, evses=evses))
        _run(stack.enter_context(Processes()), chosen, port or free_port(DEFAULT_PORT))


def _run(processes: Processes, chosen: Settings, port: int) -> NoReturn:
    environment = child_environment(chosen)
    harvester = [sys.executable, "-m", "aggregator.cli", "schedule", ENDS_WITH_US]
    processes.start("harvester", harvester, environment)
    command = [*dashboard_command(port), ENDS_WITH_US]
    dashboard = processes.start("dashboard", command, environment)
    url = f"http://127.0.0.1:{port}"
    if wait_until_it_answers(f"{url}/healthz", dashboard, START_SECONDS):
        console.print(f"\nKlarpris is at {url}  (Ctrl-C stops it)\n", style="bold")
    else:
        console.print(f"The dashboard does not answer yet; it will be at {url}")
    processes.watch()
    raise AssertionError  # pragma: no cover - watching ends by an exception


def _shows_demo(demo_if_offline: bool) -> bool:
    """Decide what a first start shows when no feed can be reached: always something."""
    chosen = chosen_settings(demo=False)
    if current_snapshot(chosen.snapshots_folder):
        return False
    feeds = [feed for feed in known_feeds(chosen)[0].values() if feed.enabled]
    console.print(f"First start: asking whether any of {len(feeds)} feeds can be reached ...")
    if asyncio.run(any_reachable(feeds)):
        return False
    console.print("None of the feeds can be reached from this machine.")
    if demo_if_offline:
        console.print(
            "Showing simulated operators instead. Real feeds are asked at the next start."
        )
        return True
    if sys.stdin.isatty() and typer.confirm("Show simulated operators instead?", default=True):
        return True
    console.print(f"To see Klarpris with simulated operators: {OFFER}")
    raise typer.Exit(1)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
