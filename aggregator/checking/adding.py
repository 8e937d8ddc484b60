"""Puts a proposed feed file into the folder of feeds: whole, or not at all."""

import os
import tomllib
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from aggregator.checking.report import CheckReport
from aggregator.errors import ConfigError, FormatError
from aggregator.feeds import Feed, load_feed


def place_of(folder: Path, feed_id: str, *, force: bool) -> Path:
    """Return where a feed's file belongs.

    Raises:
        ConfigError: the id cannot be one, or the feed is there already and is not to be replaced.
    """
    path = folder / f"{feed_id}.toml"
    try:
        Feed.model_validate(
            {
                "feed_id": feed_id,
                "name": "",
                "source": "ocpi_file",
                "licence": "",
                "url": "http://a",
            }
        )
    except ValidationError as error:
        message = f"{feed_id!r} can be no id: small letters, digits and _ only, two at least"
        raise ConfigError(message) from error
    if path.exists() and not force:
        message = f"{path} is there already; choose another --id, or --force to replace it"
        raise ConfigError(message)
    return path


def add_feed(report: CheckReport, path: Path, *, force: bool) -> Feed:
    """Write the proposed file; return the feed that is read back from it.

    Raises:
        FormatError: nothing was read, so that there is nothing to propose.
        ConfigError: the file is there already, or cannot be written.
    """
    if not report.kept:
        message = f"{report.subject}: nothing that could be kept was read, so no feed was added"
        raise FormatError(message)
    Feed.model_validate({**tomllib.loads(report.proposal.text), "feed_id": path.stem})
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_text(report.proposal.text, encoding="utf-8")
            if force:
                part.replace(path)
            else:
                os.link(part, path)  # unlike a rename, never over what somebody else put there
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except FileExistsError as error:
        message = f"{path} is there already; choose another --id, or --force to replace it"
        raise ConfigError(message) from error
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}; see KLARPRIS_FEEDS"
        raise ConfigError(message) from error
    return load_feed(path)
