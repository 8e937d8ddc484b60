"""The specification's example objects, through servers that nobody here wrote.

Each server refuses some of them: then a page is an error, and nothing may end because of it.
"""

import pytest

from tests.interop.contents import live, published, sizes, values
from tests.interop.examples import completed, examples, feed_of_examples

# Six locations: the first has two EVSEs with two and one connectors, the others one of each.
# Tariffs: 17 numbered ones (there is no 7), the one of the PUT request, two of restrictions.
NEW = {"location": 6, "evse": 7, "connector": 8, "tariff": 20}
# 2.1.1 has the first of those locations, and six tariffs that have an id.
OLD = {"location": 1, "evse": 2, "connector": 3, "tariff": 6}
# python-ocpi writes `publish_allowed_to` as a list of texts and fails on the standard's objects.
TOO_MUCH_FOR_PYTHON_OCPI = (
    "location_example_uc4_limited_visibility",
    "location_example_uc5_home_charge_point",
)


@pytest.fixture
def of_2_2_1(shared_data):
    return examples(shared_data / "ocpi_examples" / "2.2.1")


@pytest.fixture
def of_2_1_1(shared_data):
    return examples(shared_data / "ocpi_examples" / "2.1.1")


def test_all_examples_of_2_2_1_arrive_from_extrawest(
    of_2_2_1, extrawest, feed_of, harvested, warehouse
):
    contents = feed_of_examples(of_2_2_1)
    extrawest.offer("2.2.1", contents)
    run = harvested(feed_of(extrawest))
    assert run.outcome == "ok", run.message
    assert live(warehouse) == published(contents)
    assert sizes(live(warehouse)) == NEW


def test_all_examples_of_2_1_1_arrive_from_extrawest(
    of_2_1_1, old_extrawest, feed_of, harvested, warehouse
):
    contents = feed_of_examples(of_2_1_1)
    contents["locations"] = [completed(location) for location in contents["locations"]]
    old_extrawest.offer("2.1.1", contents)
    run = harvested(feed_of(old_extrawest))
    assert run.outcome == "ok", run.message
    assert live(warehouse) == published(contents)
    assert sizes(live(warehouse)) == OLD


def test_all_examples_that_python_ocpi_can_write_arrive(
    of_2_2_1, python_ocpi, feed_of, harvested, warehouse
):
    contents = feed_of_examples(of_2_2_1, without=TOO_MUCH_FOR_PYTHON_OCPI)
    python_ocpi.offer("2.2", contents, "link")
    run = harvested(feed_of(python_ocpi))
    assert run.outcome == "ok", run.message
    assert live(warehouse) == published(contents)
    assert sizes(live(warehouse)) == NEW | {"location": 4, "evse": 5, "connector": 6}


def test_example_that_extrawest_cannot_write_ends_nothing(
    of_2_1_1, old_extrawest, feed_of, harvested, warehouse
):
    contents = feed_of_examples(of_2_1_1)
    whole = contents | {"locations": [completed(site) for site in contents["locations"]]}
    old_extrawest.offer("2.1.1", whole)
    harvested(feed_of(old_extrawest))
    old_extrawest.offer("2.1.1", contents)

    run = harvested(feed_of(old_extrawest))

    assert run.outcome == "attention"
    assert "error 3000: Generic server error" in run.message
    assert sizes(live(warehouse)) == OLD


def test_example_that_python_ocpi_cannot_write_ends_nothing(
    of_2_2_1, python_ocpi, feed_of, harvested, warehouse
):
    whole = feed_of_examples(of_2_2_1, without=TOO_MUCH_FOR_PYTHON_OCPI)
    python_ocpi.offer("2.2", whole, "link")
    harvested(feed_of(python_ocpi))
    python_ocpi.offer("2.2", feed_of_examples(of_2_2_1), "link")

    run = harvested(feed_of(python_ocpi))

    assert run.outcome == "attention"
    assert "500" in run.message
    assert live(warehouse) == published(whole)


@pytest.mark.parametrize(
    ("name", "version"), [("extrawest", "2.2.1"), ("python_ocpi", "2.2")], ids=["null", "objects"]
)
def test_values_are_those_of_the_examples_whatever_is_put_where_nothing_was(
    request, of_2_2_1, name, version, feed_of, harvested, read_directly, warehouse
):
    """Extrawest writes null for what is absent, python-ocpi whole objects full of nulls."""
    contents = feed_of_examples(of_2_2_1, without=TOO_MUCH_FOR_PYTHON_OCPI)
    server = request.getfixturevalue(name)
    server.offer(version, contents, "link")
    harvested(feed_of(server))
    read_directly(contents, "2.2.1")
    assert values(warehouse) == values(warehouse, "document")
    assert sizes(values(warehouse))["tariff"] == NEW["tariff"]
