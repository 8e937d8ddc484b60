"""Operator files: one TOML file is one operator; one bad file costs only itself."""

import tomllib
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from aggregator.errors import OperatorFileError
from aggregator.operators.operator import Operator

LARGEST_BYTES = 1_000_000


def load_operator(path: Path) -> Operator:
    """Return the operator of one TOML file; its slug is the file's name.

    Raises:
        OperatorFileError: one line that names the file, the line or the key, and what to do.
    """
    try:
        content = tomllib.loads(_text(path))
    except RecursionError as error:
        message = f"{path}: cannot be read as TOML: too many brackets within each other"
        raise OperatorFileError(message) from error
    except (OSError, ValueError) as error:  # ValueError: no TOML, no UTF-8, endless digits
        message = f"{path}: cannot be read as TOML: {error}"
        raise OperatorFileError(message) from error
    if "slug" in content:
        message = f"{path}: unknown key 'slug': the name of the file says it"
        raise OperatorFileError(message)
    try:
        return Operator.model_validate({**content, "slug": path.stem})
    except ValidationError as error:
        faults = "; ".join(_in_words(fault) for fault in error.errors())
        message = f"{path}: {faults}"
        raise OperatorFileError(message) from error


def _text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        message = f"larger than {LARGEST_BYTES // 1_000} kB"
        raise ValueError(message)
    return content.decode()


def _in_words(fault: ErrorDetails) -> str:
    key = ".".join(str(part) for part in fault["loc"])
    if key == "slug":
        return "rename the file: small letters, digits and _ only, two characters at least"
    if fault["type"] == "extra_forbidden":
        return f"unknown key '{key}': remove it or correct its spelling"
    if fault["type"] == "missing":
        return f"key '{key}' is missing"
    said = fault["msg"].removeprefix("Value error, ")
    return f"key '{key}': {said}" if key else said
