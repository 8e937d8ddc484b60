"""Codes of countries."""

import pytest

from aggregator.domain.country_code import ALPHA_2, is_country_code
from aggregator.formats.countries import alpha_3


def test_there_are_as_many_as_in_the_standard_and_kosovo():
    assert len(ALPHA_2) == 249 + 1


def test_every_code_is_that_of_a_country_which_feeds_may_name():
    assert {code for code in ALPHA_2 if alpha_3(code) is None} == set()


@pytest.mark.parametrize("text", ["ZZ", "XX", "UK", "EL", "se", "SWE", "S", "", "S*"])
def test_nothing_else_is_one(text):
    assert not is_country_code(text)
