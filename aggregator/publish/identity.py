"""Who is who: operators by the register, EVSEs that several feeds have by their ids."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import structlog

from aggregator.domain.evse_id import normalised_evse_id
from aggregator.operators.evse_aliases import load_evse_aliases
from aggregator.operators.register import Register
from aggregator.store import marts
from aggregator.store.warehouse import Connection

log = structlog.get_logger(__name__)


def match_evses(connection: Connection, reference: Path) -> None:
    """Find the EVSEs that several records describe."""
    same_as = load_evse_aliases(reference)
    aliased = {*same_as, *same_as.values()}
    found = marts.shared_evse_ids(connection, {one.replace("*", "") for one in aliased})
    normalised = ((evse_id, normalised_evse_id(evse_id)) for evse_id in found)
    keys = ((evse_id, same_as.get(key, key)) for evse_id, key in normalised if key)
    marts.match_evses(connection, keys)


def name_operators(connection: Connection, operators: Path) -> None:
    """Find whose each record is; a file of the register that is at fault costs only itself."""
    register = Register.load(operators)
    for error in register.errors:
        log.warning("operator file", error=str(error))
    marts.add_operators(connection, _known(register, marts.operator_keys(connection)))


def _known(register: Register, keys: Iterable[marts.Row]) -> Iterator[marts.Row]:
    for country_code, party_id, stated_name in keys:
        if found := register.of(country_code, party_id, stated_name):
            one = found.operator
            group = one.group.name if one.group else None
            yield (country_code, party_id, stated_name, one.slug, one.name, group)
