"""Compiled functions, kept on disk so that a first question does not wait for a compiler."""

import shutil
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from numba.core import config

from aggregator.pricing.kernel.keeping import cache_folder

Function = TypeVar("Function", bound=Callable[..., Any])
OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",  # no check for a division by zero: no divisor is 0 in here
    "_nrt": False,  # nothing is allocated, so no references are counted: three times as fast
}


def inlined(function: Function) -> Function:
    """Compile as a part of what calls it."""
    made: Any = numba.njit(forceinline=True, **OPTIONS)(function)
    return cast("Function", made)


def compiled(signature: str) -> Callable[[Function], Function]:
    """Compile now, for arguments of these types, or load what was compiled before."""
    folder = cache_folder()
    before = config.CACHE_DIR  # type: ignore[attr-defined]

    def compile_now(function: Function) -> Function:
        config.CACHE_DIR = str(folder or "")  # type: ignore[attr-defined]
        try:
            made: Any = numba.njit(signature, cache=folder is not None, **OPTIONS)(function)
        except Exception:  # noqa: BLE001 - a damaged file or a full disk raises anything
            shutil.rmtree(folder or "", ignore_errors=True)
            made = numba.njit(signature, **OPTIONS)(function)
        finally:
            config.CACHE_DIR = before  # type: ignore[attr-defined]
        return cast("Function", made)

    return compile_now
