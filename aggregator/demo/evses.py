"""A site's EVSEs and connectors in the shape of OCPI 2.2.1."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from aggregator.demo.chance import minutes_before_epoch
from aggregator.demo.chargers import Charger, Plug, chargers
from aggregator.demo.description import Operator, Plan, PowerClass, Record, TariffScope
from aggregator.demo.sites import Site

STATUSES = (
    ("AVAILABLE",) * 56
    + ("CHARGING",) * 28
    + ("OUTOFORDER",) * 4
    + ("UNKNOWN",) * 4
    + ("INOPERATIVE", "INOPERATIVE", "BLOCKED", "BLOCKED")
    + ("PLANNED", "PLANNED", "REMOVED", "RESERVED")
)
MINUTES_PER_DAY = 1_440
WITHOUT_TARIFF = 0.02
DANGLING_TARIFF = 0.01


@dataclass(frozen=True, slots=True)
class SiteTerms:
    """What all EVSEs of a site share. updated: minutes before the epoch of the newest change."""

    tariff_ids: Mapping[PowerClass, tuple[str, ...]]
    has_card_terminal: bool
    updated: int


def tariff_id(operator: Operator, plan: Plan, site: Site) -> str:
    """Return the id under which the plan is published for this site."""
    if operator.tariff_scope is TariffScope.SITE:
        return f"{plan.code}-{site.number:06d}"
    return f"{plan.code}-{site.city.code}"


def site_terms(operator: Operator, site: Site, random: Random) -> SiteTerms:
    """Return which tariffs, which terminal and which age the site has."""
    codes = {}
    for power_class in PowerClass:
        offers = [offer for offer in operator.offers if offer.power_class is power_class]
        codes[power_class] = random.choice(offers).plan_codes
    plans = {plan.code: plan for plan in operator.plans}
    tariff_ids = {
        power_class: tuple(tariff_id(operator, plans[code], site) for code in chosen)
        for power_class, chosen in codes.items()
    }
    has_card_terminal = random.random() < operator.card_share
    return SiteTerms(tariff_ids, has_card_terminal, int(random.random() * 20 * MINUTES_PER_DAY))


def evses(operator: Operator, site: Site, terms: SiteTerms, random: Random) -> list[Record]:
    """Return the site's EVSEs; the first is the one that changed last."""
    models = chargers(site.kind, site.evse_count, random)
    return [_evse(operator, site, terms, bay, model, random) for bay, model in enumerate(models)]


def _evse(
    operator: Operator, site: Site, terms: SiteTerms, bay: int, charger: Charger, random: Random
) -> Record:
    age = terms.updated + int(random.random() * bay * MINUTES_PER_DAY)
    changed = minutes_before_epoch(age)
    tariff_ids = terms.tariff_ids[charger.power_class]
    return {
        "uid": f"{operator.party_id}{site.number:06d}{bay + 1:02d}",
        "evse_id": f"{operator.country_code}*{operator.party_id}*E{site.number:06d}{bay + 1:02d}",
        "status": STATUSES[int(random.random() * len(STATUSES))],
        "capabilities": _capabilities(charger, terms),
        "connectors": [
            _connector(number, plug, _published(tariff_ids, random), changed)
            for number, plug in enumerate(charger.plugs, start=1)
        ],
        "physical_reference": str(bay + 1),
        "last_updated": changed,
    }


def _capabilities(charger: Charger, terms: SiteTerms) -> list[str]:
    capabilities = ["RFID_READER", "REMOTE_START_STOP_CAPABLE"]
    if charger.power_class is not PowerClass.AC and terms.has_card_terminal:
        capabilities += ["CREDIT_CARD_PAYABLE", "DEBIT_CARD_PAYABLE", "CONTACTLESS_CARD_SUPPORT"]
    return capabilities


def _published(tariff_ids: tuple[str, ...], random: Random) -> list[str]:
    """Return a connector's tariff ids: now and then none, or one that is published nowhere."""
    luck = random.random()
    if luck < WITHOUT_TARIFF:
        return []
    if luck < WITHOUT_TARIFF + DANGLING_TARIFF:
        return [f"withdrawn-{tariff_ids[0]}"]
    return list(tariff_ids)


def _connector(number: int, plug: Plug, tariff_ids: list[str], changed: str) -> Record:
    return {
        "id": str(number),
        "standard": plug.standard,
        "format": plug.format,
        "power_type": plug.power_type,
        "max_voltage": plug.max_voltage,
        "max_amperage": plug.max_amperage,
        "max_electric_power": plug.max_power_w,
        "tariff_ids": tariff_ids,
        "last_updated": changed,
    }
