"""Which ways of paying an EVSE takes, each with the OCPI field and value that say so.

What is absent proves nothing, and neither yes nor no may follow from it: a record that says less
is never judged more sure. Source: OCPI mod_locations "Capability" and "ConnectorCapability",
mod_tariffs "TariffType".
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from aggregator.normalise.payment import (
    AD_HOC_PAYMENT,
    FREE,
    PAYS_ONLINE,
    REMOTE_START,
    Certainty,
    Method,
)

BEFORE_SERVICE_PROVIDERS = frozenset({"2.0", "2.1", "2.1.1", "2.2", "2.2.1"})
"""Versions without `accepted_service_providers` and capabilities of connectors."""

Judgement = tuple[Certainty, str]


@dataclass(frozen=True, slots=True)
class Stated:
    """What OCPI says about paying at one EVSE; equal ones need to be judged only once.

    Args:
        capabilities: of the EVSE, in capitals.
        site_capabilities: of all EVSEs at its location.
        is_site_known: whether each of these states its capabilities.
        operator_states_cards: whether the operator uses a flag for cards anywhere in the feed.
        operator_states_plug_and_charge: the same of Plug & Charge.
        service_providers: how many `accepted_service_providers` the EVSE lists.
        connector_capabilities: of all its connectors.
        tariff_types: of the active tariffs of its connectors; None among them: one has no type.
        are_tariffs_known: whether each of its connectors has an active tariff.
        is_ad_hoc_free: whether all active tariffs for ad hoc payment are free; None: there is
            none. These are the AD_HOC_PAYMENT ones, else those without a type.
        ocpi_version: of the feed, as `2.2.1`; None where it is not known.
    """

    capabilities: frozenset[str]
    site_capabilities: frozenset[str]
    is_site_known: bool
    operator_states_cards: bool
    operator_states_plug_and_charge: bool
    service_providers: int
    connector_capabilities: frozenset[str]
    tariff_types: frozenset[str | None]
    are_tariffs_known: bool
    is_ad_hoc_free: bool | None
    ocpi_version: str | None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How sure one way of paying is at an EVSE, and what says so."""

    method: str
    certainty: Certainty
    evidence: str


def acceptance(stated: Stated, methods: Mapping[str, Method]) -> list[Acceptance]:
    """Return how sure each way of paying at an EVSE is: in the order of the table, `free` last."""
    judged = [
        Acceptance(one.code, *(_stated_here(one, stated) or _otherwise(one, stated, methods)))
        for one in methods.values()
    ]
    return [*judged, Acceptance(FREE.method, *_free(stated))]


def _stated_here(method: Method, stated: Stated) -> Judgement | None:
    """Return what a flag says; some feeds write those of a connector at its EVSE."""
    flags = method.capabilities | method.connector_capabilities
    if here := flags & stated.capabilities:
        return Certainty.YES, _said("capabilities", here)
    if here := method.connector_capabilities & stated.connector_capabilities:
        return Certainty.YES, _said("connector capabilities", here)
    return None


def _otherwise(method: Method, stated: Stated, methods: Mapping[str, Method]) -> Judgement:
    match method.code:
        case "card":
            return _card(method, stated)
        case "app":
            return _app(stated, methods)
        case "contract":
            return _contract(method, stated, methods)
        case "plug_and_charge":
            return _plug_and_charge(stated)
    return Certainty.NOT_STATED, "no flag for it"


def _card(method: Method, stated: Stated) -> Judgement:
    if beside := method.capabilities & stated.site_capabilities:
        return Certainty.YES, _said("capabilities of another EVSE at this site", beside)
    if not stated.operator_states_cards:
        return Certainty.NOT_STATED, "no card flag of this operator"
    is_told = stated.capabilities and stated.is_site_known
    certainty = Certainty.NO if is_told else Certainty.NOT_STATED
    return certainty, "no card flag here, this operator states them elsewhere"


def _app(stated: Stated, methods: Mapping[str, Method]) -> Judgement:
    """Return what is known of paying by app or QR code; OCPI has no word to say no."""
    if online := {one for one in stated.capabilities if PAYS_ONLINE.search(one)}:
        return Certainty.YES, _said("capabilities", online)
    is_started_from_afar = REMOTE_START in stated.capabilities
    if not is_started_from_afar or AD_HOC_PAYMENT not in stated.tariff_types:
        return Certainty.NOT_STATED, "OCPI has no field for it"
    others = [one.capabilities for one in methods.values() if not one.needs_contract]
    if any(flags & stated.capabilities for flags in others):
        return Certainty.NOT_STATED, "another way to pay without a contract is stated"
    remote, tariff = _said("capabilities", {REMOTE_START}), _said("tariff type", {AD_HOC_PAYMENT})
    return Certainty.LIKELY, f"{remote}; {tariff}"


def _contract(method: Method, stated: Stated, methods: Mapping[str, Method]) -> Judgement:
    if stated.service_providers:
        return Certainty.YES, f"accepted_service_providers: {stated.service_providers}"
    if types := {one for one in stated.tariff_types if one and one != AD_HOC_PAYMENT}:
        return Certainty.YES, _said("tariff type", types)
    if REMOTE_START in stated.capabilities:
        return Certainty.LIKELY, _said("capabilities", {REMOTE_START})
    without = f"capabilities: no {' or '.join(sorted(method.capabilities))}"
    if _can_name_no_contract(stated, methods):
        return Certainty.NO, f"{without}; {_said('tariff type', {AD_HOC_PAYMENT})} only"
    return Certainty.NOT_STATED, without if stated.capabilities else "capabilities: none stated"


def _can_name_no_contract(stated: Stated, methods: Mapping[str, Method]) -> bool:
    """Tell whether every field is there that could name a contract, and none does.

    From OCPI 2.3.0 on there are fields for it that are often left out, which proves nothing.
    """
    return (
        bool(stated.capabilities)
        and stated.are_tariffs_known
        and stated.tariff_types == {AD_HOC_PAYMENT}
        and stated.ocpi_version in BEFORE_SERVICE_PROVIDERS
        and not any(one.needs_contract and _stated_here(one, stated) for one in methods.values())
    )


def _plug_and_charge(stated: Stated) -> Judgement:
    """Return why Plug & Charge is not known; a connector has a word for yes, but none for no."""
    if stated.operator_states_plug_and_charge:
        text = "no Plug & Charge flag here, this operator states them elsewhere"
        return Certainty.NOT_STATED, text
    if stated.ocpi_version in BEFORE_SERVICE_PROVIDERS:
        return Certainty.NOT_STATED, f"OCPI {stated.ocpi_version} has no field for it"
    return Certainty.NOT_STATED, "no Plug & Charge flag of this operator"


def _free(stated: Stated) -> Judgement:
    if stated.is_ad_hoc_free is None:
        return Certainty.NOT_STATED, "no tariff for ad hoc payment"
    if not stated.is_ad_hoc_free:
        return Certainty.NO, "price_components for ad hoc payment: a price above 0"
    if not stated.are_tariffs_known:
        return Certainty.NOT_STATED, "tariff_ids: none that is active at one of the connectors"
    return Certainty.YES, "price_components for ad hoc payment: every price 0"


def _said(field: str, values: Collection[str]) -> str:
    return f"{field}: {', '.join(sorted(values))}"
