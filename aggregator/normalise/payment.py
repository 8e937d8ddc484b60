"""How an offer is paid, told from the EVSE's capabilities and the tariff's type.

A capability that is absent proves nothing: `ad_hoc` means payable without a contract, the way
not stated. Source: OCPI mod_locations "Capability", mod_tariffs "TariffType".
"""

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

AD_HOC_PAYMENT = "AD_HOC_PAYMENT"
REMOTE_START = "REMOTE_START_STOP_CAPABLE"
PAYS_ONLINE = re.compile(r"QR|WEB|APP.*PAY")


class Certainty(StrEnum):
    """How sure it is that this way of paying is taken."""

    YES = "yes"
    LIKELY = "likely"
    NOT_STATED = "not_stated"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Payment:
    """One way to pay: a code of payment_methods.csv, `free` or `ad_hoc`."""

    method: str
    certainty: Certainty


FREE = Payment("free", Certainty.YES)
WAY_NOT_STATED = Payment("ad_hoc", Certainty.NOT_STATED)


@dataclass(frozen=True, slots=True)
class Method:
    """A row of payment_methods.csv: the capabilities that say yes to a way of paying.

    connector_capabilities: those of a plug. The price of what they tell is the contract's, so that
    it makes no offer of its own.
    """

    code: str
    needs_contract: bool
    capabilities: frozenset[str]
    connector_capabilities: frozenset[str] = frozenset()


def load_methods(folder: Path) -> dict[str, Method]:
    """Return the payment methods of data/reference/payment_methods.csv by code."""
    with (folder / "payment_methods.csv").open(encoding="utf-8", newline="") as file:
        return {row["method"]: _method(row) for row in csv.DictReader(file)}


def _method(row: Mapping[str, str]) -> Method:
    return Method(
        row["method"],
        row["contract"] == "yes",
        frozenset(row["capabilities"].split()),
        frozenset((row.get("connector_capabilities") or "").split()),
    )


def payments(
    capabilities: Collection[str], tariff_type: str | None, methods: Mapping[str, Method]
) -> list[Payment]:
    """Return the ways in which a paid offer can be paid, at least one.

    A tariff without a type is valid for all sessions; a REGULAR or PROFILE_* tariff is the
    operator's list price for contract charging.
    """
    if tariff_type not in (None, AD_HOC_PAYMENT):
        return [
            Payment(method.code, Certainty.YES)
            for method in methods.values()
            if method.needs_contract and not method.connector_capabilities
        ]
    without_contract = list(_stated(capabilities, methods, needs_contract=False))
    if not without_contract and _is_likely_by_app(capabilities, tariff_type):
        without_contract = [Payment("app", Certainty.LIKELY)]
    found = without_contract or [WAY_NOT_STATED]
    if tariff_type is None:
        found += _stated(capabilities, methods, needs_contract=True)
    return found


def _stated(
    capabilities: Collection[str], methods: Mapping[str, Method], *, needs_contract: bool
) -> Iterable[Payment]:
    for method in methods.values():
        if method.needs_contract is not needs_contract:
            continue
        online = method.code == "app" and any(map(PAYS_ONLINE.search, capabilities))
        if online or method.capabilities.intersection(capabilities):
            yield Payment(method.code, Certainty.YES)


def _is_likely_by_app(capabilities: Collection[str], tariff_type: str | None) -> bool:
    return tariff_type == AD_HOC_PAYMENT and REMOTE_START in capabilities
