"""The simulated operators: one module each, found by looking into this folder.

A module defines `OPERATOR`; nothing else has to be edited to add one.
"""

from importlib import import_module
from pkgutil import iter_modules

from aggregator.demo.description import Operator


def _load(module_name: str) -> Operator:
    operator = import_module(f"{__name__}.{module_name}").OPERATOR
    if not isinstance(operator, Operator):
        message = f"{module_name}.OPERATOR is no Operator"
        raise TypeError(message)
    return operator


OPERATORS = tuple(_load(name) for name in sorted(module.name for module in iter_modules(__path__)))
