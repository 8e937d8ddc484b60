"""Feed files: one TOML file is one feed; one bad file costs only itself."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from aggregator.errors import FeedFileError
from aggregator.feeds.feed import Feed

LARGEST_BYTES = 1_000_000


def load_feed(path: Path) -> Feed:
    """Return the feed of one TOML file; its id is the file's name.

    Raises:
        FeedFileError: one line that names the file, the key and what to do.
    """
    try:
        content = tomllib.loads(_text(path))
    except RecursionError as error:
        message = f"{path}: cannot be read as TOML: too many brackets within each other"
        raise FeedFileError(message) from error
    except (OSError, ValueError) as error:  # ValueError: no TOML, no UTF-8, endless digits
        message = f"{path}: cannot be read as TOML: {error}"
        raise FeedFileError(message) from error
    try:
        return Feed.model_validate({**content, "feed_id": path.stem})
    except ValidationError as error:
        raise FeedFileError(
            f"{path}: " + "; ".join(_in_words(e) for e in error.errors())
        ) from error


def _text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        message = f"larger than {LARGEST_BYTES // 1_000} kB"
        raise ValueError(message)
    return content.decode()


def _in_words(error: object) -> str:
    assert isinstance(error, dict)  # noqa: S101 - pydantic's own error shape
    key = ".".join(str(part) for part in error["loc"]) or "file"
    if error["type"] == "extra_forbidden":
        return f"unknown key '{key}': remove it or correct its spelling"
    if error["type"] == "missing":
        return f"key '{key}' is missing"
    if key == "feed_id":
        return "rename the file: small letters, digits and _ only, two characters at least"
    return f"key '{key}': {error['msg'].removeprefix('Value error, ')}"


def load_feeds(folder: Path) -> tuple[dict[str, Feed], list[FeedFileError]]:
    """Return the feeds of a folder by id, and the errors of files that cannot be used.

    One bad file costs only itself.
    """
    feeds, errors = {}, []
    for path in sorted(folder.glob("*.toml")):
        try:
            feeds[path.stem] = load_feed(path)
        except FeedFileError as error:
            errors.append(error)
    return feeds, errors
