"""How one can pay: which offers there are, and what each EVSE takes."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from aggregator.normalise.acceptance import Stated, acceptance
from aggregator.normalise.payment import FREE, Method, load_methods, payments
from aggregator.store import marts
from aggregator.store.warehouse import Connection

CARD, PLUG_AND_CHARGE = "card", "plug_and_charge"


def find_payments(connection: Connection, reference: Path) -> None:
    """Keep the ways to pay by which there are offers."""
    methods = load_methods(reference)
    marts.keep(connection, "payment", _paid(marts.payment_keys(connection), methods))


def find_acceptance(connection: Connection, reference: Path) -> None:
    """Keep how sure each way of paying is at each EVSE, after the offers are put together."""
    methods = load_methods(reference)
    cards, plugs = (_flags(methods.get(code)) for code in (CARD, PLUG_AND_CHARGE))
    found = marts.statements(connection, cards, plugs)
    marts.keep(connection, "acceptance", _accepted(found, methods))


def _paid(keys: Iterable[marts.Row], methods: Mapping[str, Method]) -> Iterator[marts.Row]:
    for capabilities, tariff_type in keys:
        yield (capabilities, tariff_type, True, FREE.method, FREE.certainty)
        for way in payments(capabilities, tariff_type, methods):
            yield (capabilities, tariff_type, False, way.method, way.certainty)


def _flags(method: Method | None) -> frozenset[str]:
    return method.capabilities | method.connector_capabilities if method else frozenset()


def _accepted(
    found: Iterable[dict[str, Any]], methods: Mapping[str, Method]
) -> Iterator[marts.Row]:
    for statement in found:
        number = statement.pop("acceptance_no")
        for one in acceptance(_stated(statement), methods):
            yield (number, one.method, one.certainty, one.evidence)


def _stated(statement: Mapping[str, Any]) -> Stated:
    """Return a row of temp.acceptance_key; an empty type there is a tariff without one."""
    types = frozenset(kind or None for kind in statement["tariff_types"])
    lists = {
        name: frozenset(statement[name])
        for name in ("capabilities", "site_capabilities", "connector_capabilities")
    }
    return Stated(**{**statement, **lists, "tariff_types": types})
