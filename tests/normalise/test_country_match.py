"""The stated country against the one that the position tells."""

import pytest

from aggregator.normalise.country_match import MOTHER, alpha_3, compare


@pytest.mark.parametrize(
    ("stated", "found", "expected"),
    [
        ("SWE", "SWE", "agrees"),
        ("SE", "SWE", "agrees"),
        ("se ", "SWE", "agrees"),
        ("SWE", "DNK", "disagrees"),
        ("UK", "GBR", "agrees"),
        ("EL", "GRC", "agrees"),
        ("GLP", "GLP", "agrees"),
        ("FRA", "GLP", "agrees"),  # a part of France
        ("GLP", "FRA", "disagrees"),  # France is no part of Guadeloupe
        ("FIN", "ALA", "agrees"),
        ("NOR", "SJM", "agrees"),
        ("GBR", "IMN", "disagrees"),  # Crown dependencies are not the United Kingdom
        ("GBR", "JEY", "disagrees"),
        ("GBR", "GGY", "disagrees"),
        ("GBR", "GIB", "disagrees"),
        ("GBR", "LCA", "disagrees"),  # seen in a feed: St Lucia
        ("ESP", "FRA", "disagrees"),
        ("XK", "XKK", "agrees"),
        ("XKX", "XKK", "agrees"),
        ("SRB", "XKK", "unknown"),
        ("ALB", "XKK", "disagrees"),
        ("TRY", "TUR", "unknown"),  # a currency tells no country
        ("", "SWE", "unknown"),
        (None, "SWE", "unknown"),
        ("SWE", None, "unknown"),
        ("Sverige", "SWE", "unknown"),
    ],
)
def test_stated_country_is_compared(stated, found, expected):
    assert compare(stated, found) == expected


@pytest.mark.parametrize(
    ("stated", "found", "region", "expected"),
    [
        ("UKR", "UKR", "UA-43", "agrees"),
        ("RUS", "UKR", "UA-43", "unknown"),
        ("RUS", "UKR", "UA-30", "disagrees"),
        ("CYP", "CYP", "CYP-northerncyprus", "agrees"),
        ("TUR", "CYP", "CYP-northerncyprus", "unknown"),
        ("TUR", "CYP", "CY-02", "disagrees"),
        ("DEU", "UKR", "UA-43", "disagrees"),
    ],
)
def test_contested_region_proves_nothing_against_those_who_claim_it(
    stated, found, region, expected
):
    assert compare(stated, found, region) == expected


def test_every_code_of_the_tables_is_known():
    assert all(alpha_3(code) == code for pair in MOTHER.items() for code in pair)


@pytest.mark.parametrize("code", ["YUG2", "ZZ", "DDR", "AAA", "X", "123", "é"])
def test_what_is_no_code_is_none(code):
    assert alpha_3(code) is None
