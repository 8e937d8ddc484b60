"""Which feeds a command is about."""

from collections.abc import Sequence

import typer

from aggregator.cli.output import print_error
from aggregator.config import Settings, settings
from aggregator.errors import ConfigError
from aggregator.feeds import Feed, load_feeds


def chosen_settings(*, demo: bool) -> Settings:
    """Return the settings of the real or of the demonstration home."""
    return settings().for_demo() if demo else settings()


def known_feeds(chosen: Settings) -> tuple[dict[str, Feed], bool]:
    """Return the feeds whose files can be used, and whether all can; name what is wrong."""
    if not chosen.feeds_folder.is_dir():
        message = f"{chosen.feeds_folder}: no such folder of feed files; see KLARPRIS_FEEDS"
        raise ConfigError(message)
    feeds, wrong = load_feeds(chosen.feeds_folder)
    for error in wrong:
        print_error(error)
    return feeds, not wrong


def pick(feeds: dict[str, Feed], names: Sequence[str]) -> list[Feed]:
    """Return the named feeds, enabled or not; without names every enabled one."""
    if not names:
        return [feed for feed in feeds.values() if feed.enabled]
    unknown = [name for name in names if name not in feeds]
    if unknown:
        message = f"no feed {', '.join(unknown)}; `klarpris feeds list` shows what there is"
        raise typer.BadParameter(message)
    return [feeds[name] for name in dict.fromkeys(names)]
