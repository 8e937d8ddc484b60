"""Where a tariff comes from: a file, or a connector of the snapshot."""

import gzip
import json
from datetime import UTC
from decimal import Decimal

import pytest

from aggregator.config import Settings
from aggregator.domain.tariff import PriceBasis
from aggregator.errors import FormatError, StoreError
from aggregator.feeds import OcpiVersion, StatedPrices
from aggregator.invoices.tariffs import document_of, of_connectors, of_file
from aggregator.publish import publish
from aggregator.store.connector_tariffs import Place
from aggregator.store.warehouse import open_warehouse
from tests.formats.raw_records import ABSENT, raw_component, raw_element, raw_tariff
from tests.receiving import Receiver
from tests.records import connector, evse, location, price_list, tariff


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "file.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


def test_the_tariffs_of_a_file(written):
    first, second = of_file(written([raw_tariff(type="GOLD"), raw_tariff(id="T2")]))
    assert (first.tariff_id, second.tariff_id) == ("T1", "T2")
    assert first.price_list.currency == "SEK"
    assert len(first.notes) == 1
    assert second.notes == ()
    assert first.last_updated.tzinfo is UTC
    assert (first.connector, first.synthetic, first.reason) == (None, False, None)


def test_a_file_may_be_packed(written):
    assert of_file(written(gzip.compress(json.dumps(raw_tariff()).encode())))[0].tariff_id == "T1"


def test_what_a_files_prices_include_may_be_said(written):
    path = written(raw_tariff(elements=[raw_element(raw_component(vat=ABSENT))]))
    assert of_file(path)[0].price_list.price_basis is PriceBasis.UNKNOWN
    assert of_file(path, OcpiVersion.V2_1_1)[0].price_list.price_basis is PriceBasis.NET
    said = of_file(path, prices=StatedPrices.GROSS)
    assert said[0].price_list.price_basis is PriceBasis.GROSS


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"<html>", "a web page or XML"),
        (b'{"id": "T1"', "breaks off"),
        (b"elements: []", "is not JSON"),
        (b'{"price": NaN}', "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
    ],
)
def test_what_is_no_json_is_told_with_the_files_name(written, content, said):
    path = written(content)
    with pytest.raises(FormatError) as error:
        document_of(path)
    assert str(error.value).startswith(f"{path}: ")
    assert said in str(error.value)


def test_a_file_that_cannot_be_opened_is_told(tmp_path):
    with pytest.raises(FormatError, match=r"gone\.json: No such file"):
        of_file(tmp_path / "gone.json")
    with pytest.raises(FormatError, match="Is a directory"):
        of_file(tmp_path)


@pytest.fixture
def published(tmp_path):
    """Return a function that publishes locations and tariffs, and returns the snapshots' folder."""

    def publish_these(locations, tariffs):
        chosen = Settings(home=tmp_path)
        with open_warehouse(None) as warehouse:
            Receiver(warehouse)(locations, tariffs)
            publish(warehouse, chosen)
        return chosen.snapshots_folder

    return publish_these


def test_the_tariff_of_a_connector_with_what_is_known_of_it(published):
    folder = published([location()], [tariff()])
    (found,) = of_connectors(folder, Place(evse_id="SE*AAA*EE1"))
    assert found.price_list == price_list()
    assert (found.tariff_id, found.connector) == ("T1", "f/L1/E1/1")
    assert (found.operator_name, found.place) == ("Ampere AB", "Station L1")
    assert (found.max_power_kw, found.power_class) == (Decimal(150), "hpc")
    assert found.time_zone == "Europe/Stockholm"
    assert "card" in found.payment_methods
    assert found.last_updated.tzinfo is UTC
    assert found.last_seen_at.tzinfo is UTC
    assert not found.synthetic


def test_a_connector_without_a_tariff_says_why(published):
    bay = evse(connectors=(connector(tariff_ids=()),))
    folder = published([location(evses=(bay,), name=None)], [tariff()])
    (found,) = of_connectors(folder, Place(feed="f"))
    assert (found.tariff_id, found.price_list, found.reason) == (None, None, "no_tariff_id")
    assert found.place == "L1"


def test_a_connector_that_is_not_there_is_told(published):
    folder = published([location()], [tariff()])
    with pytest.raises(FormatError, match="no such connector"):
        of_connectors(folder, Place(evse_id="SE*AAA*E9"))


def test_without_a_snapshot_there_is_nothing_to_ask(tmp_path):
    with pytest.raises(StoreError, match="nothing has been published yet"):
        of_connectors(tmp_path, Place())
