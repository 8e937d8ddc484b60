"""The compiled functions as the Python they are written in, for coverage and for looking inside."""

import sys
from contextlib import contextmanager
from importlib import import_module

import numpy as np
from numba.core import config

PACKAGE = "aggregator.pricing.kernel"
COMPILED = ("exactness", "moments", "marks", "volumes", "amounts", "limits", "loading", "engine")


@contextmanager
def interpreted():
    """Yield the modules by name, not compiled; `prices.price` uses them meanwhile."""
    names = [f"{PACKAGE}.{name}" for name in COMPILED]
    before = {name: sys.modules.pop(name, None) for name in names}
    switch, config.DISABLE_JIT = config.DISABLE_JIT, 1
    try:
        with np.errstate(over="ignore"):  # arithmetic modulo 2**64 is meant to wrap
            yield {name: import_module(f"{PACKAGE}.{name}") for name in COMPILED}
    finally:
        config.DISABLE_JIT = switch
        for name, module in before.items():
            del sys.modules[name]
            if module is not None:
                sys.modules[name] = module
