"""data/operators/*.toml -> Register: who the operators are; and EVSEs that go by several ids."""

from aggregator.operators.evse_aliases import load_evse_aliases
from aggregator.operators.files import load_operator
from aggregator.operators.operator import Group, Operator, Party, Source
from aggregator.operators.register import Found, FoundBy, Register

__all__ = [
    "Found",
    "FoundBy",
    "Group",
    "Operator",
    "Party",
    "Register",
    "Source",
    "load_evse_aliases",
    "load_operator",
]
