"""The table of simulated operators."""

import pytest

from aggregator.demo.description import Operator, PowerClass, Transport
from aggregator.demo.operators import OPERATORS
from aggregator.feeds import OcpiVersion

operators = pytest.mark.parametrize("operator", OPERATORS, ids=lambda o: o.operator_id)


def test_operators_differ_in_country_currency_version_and_transport() -> None:
    """A demonstration needs variety."""
    assert len(OPERATORS) >= 7
    assert len({operator.country_code for operator in OPERATORS}) >= 5
    assert {o.currency for o in OPERATORS} >= {"CHF", "EUR", "GBP", "PLN", "SEK"}
    versions = set(OcpiVersion) - {OcpiVersion.V2_2}  # worded like 2.2.1
    assert {operator.ocpi_version for operator in OPERATORS} == versions
    assert {operator.transport for operator in OPERATORS} == set(Transport)


def test_ids_and_parties_are_unique() -> None:
    """Objects of two operators never share a key."""
    assert len({operator.operator_id for operator in OPERATORS}) == len(OPERATORS)
    assert len({(o.country_code, o.party_id) for o in OPERATORS}) == len(OPERATORS)


@operators
def test_name_says_that_it_is_a_demonstration(operator: Operator) -> None:
    """Nobody may take an invented price for a real one."""
    assert operator.name.endswith(" (demo)")


@operators
def test_every_power_class_has_an_offer_of_existing_plans(operator: Operator) -> None:
    """A site may have any charger."""
    codes = {plan.code for plan in operator.plans}
    assert {offer.power_class for offer in operator.offers} == set(PowerClass)
    assert {code for offer in operator.offers for code in offer.plan_codes} == codes
    assert len(codes) == len(operator.plans)


@operators
def test_city_codes_are_unique(operator: Operator) -> None:
    """They become part of tariff ids."""
    assert len({city.code for city in operator.cities}) == len(operator.cities) >= 5


@operators
def test_only_net_or_gross_with_evidence_goes_into_a_feed_file(operator: Operator) -> None:
    """Feed files refuse a claim about tax without its reason."""
    assert (operator.prices_evidence is None) == (operator.prices == "as_stated")
