"""`klarpris schedule`, `klarpris dashboard`, `klarpris demo`: the parts on their own."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.output import configure_logging, console, print_line
from aggregator.cli.selection import chosen_settings, known_feeds
from aggregator.config import Settings
from aggregator.demo import DEFAULT_EVSES, Running, Simulation, build_world, demo_environment, serve
from aggregator.errors import ConfigError
from aggregator.schedule import run_schedule

DEFAULT_PORT = 8501
Demo = Annotated[bool, typer.Option("--demo", help="Use the demonstration's home.")]


def schedule(
    demo: Demo = False,
    end_with_parent: Annotated[bool, typer.Option("--end-with-parent", hidden=True)] = False,
) -> None:
    """Harvest every enabled feed at its own rhythm until stopped."""
    configure_logging(logging.INFO)
    chosen = chosen_settings(demo=demo)
    feeds, _ = known_feeds(chosen)
    if chosen.demo:
        os.environ.update(demo_environment())
    if not any(feed.enabled for feed in feeds.values()):
        message = f"no enabled feed in {chosen.feeds_folder}: there is nothing to schedule"
        raise ConfigError(message)
    run_schedule(feeds.values(), chosen, end_with_parent=end_with_parent)


def dashboard(
    demo: Demo = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = DEFAULT_PORT,
) -> None:
    """Show the current snapshot in a browser until stopped."""
    command = dashboard_command(port)
    environment = child_environment(chosen_settings(demo=demo))
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603 - our own module


def demo(
    evses: Annotated[
        int, typer.Option(min=10, max=1_000_000, help="EVSEs of all operators together.")
    ] = DEFAULT_EVSES,
    feeds: Annotated[
        Path | None, typer.Option(help="Where to write the feed files; the demonstration's home.")
    ] = None,
) -> None:
    """Run the simulated operators on their own, until stopped."""
    folder = feeds or chosen_settings(demo=True).feeds_folder
    simulation = Simulation(build_world(evses))
    asyncio.run(_serve(simulation, folder))


async def _serve(simulation: Simulation, folder: Path) -> None:
    serving = asyncio.ensure_future(serve(simulation, folder, ready=_announce))
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, serving.cancel)
    await asyncio.wait([serving])
    if not serving.cancelled():
        serving.result()


def _announce(running: Running) -> None:
    console.print("Simulated operators with synthetic data (Ctrl-C stops them):")
    for name, url in running.urls.items():
        print_line(f"  {name}: {url}")
    console.print("Tokens that their feed files name:")
    for name, token in demo_environment().items():
        print_line(f"  {name}={token}")


def dashboard_command(port: int) -> list[str]:
    """Return the command that starts the dashboard; it is a program of its own."""
    return [sys.executable, "-m", "dashboard", "--port", str(port)]


def child_environment(chosen: Settings) -> dict[str, str]:
    """Return this process's environment with the settings that were chosen here."""
    return {
        **os.environ,
        "KLARPRIS_HOME": str(chosen.home.resolve()),
        "KLARPRIS_FEEDS": str(chosen.feeds_folder.resolve()),
        "KLARPRIS_DEMO": "true" if chosen.demo else "false",
    }
