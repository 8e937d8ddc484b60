"""Whatever a server does to its records: nothing is raised, and every record is accounted for."""

from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.domain.problem import ObjectType
from aggregator.feeds import OcpiVersion, StatedPrices
from aggregator.formats.defaults import Defaults
from tests.formats.counting import read_all
from tests.formats.json_texts import CONNECTOR, EVSE, LOCATION, TARIFF, document_of
from tests.formats.mangling import edits, mangled, written
from tests.formats.raw_records import (
    raw_component,
    raw_connector,
    raw_element,
    raw_evse,
    raw_location,
    raw_tariff,
)

RESTRICTIONS = {
    "start_time": "08:00",
    "end_date": "2026-12-31",
    "min_kwh": 1.5,
    "max_duration": 3600,
    "day_of_week": ["MONDAY", "SUNDAY"],
    "reservation": "RESERVATION",
}
DOCUMENT = {
    "status_code": 1000,
    "data": {
        "locations": [
            raw_location(
                evses=[
                    raw_evse(connectors=[raw_connector(), raw_connector(id="2", tariff_id="T2")]),
                    raw_evse(uid="E2"),
                ]
            ),
            raw_location(id="L2", publish=False, evses=[raw_evse(uid="E3")]),
        ],
        "tariffs": [
            raw_tariff(
                elements=[
                    raw_element(raw_component(), restrictions=RESTRICTIONS),
                    raw_element(raw_component(type="FLAT", price="2.50")),
                ],
                min_price={"excl_vat": 1.0, "incl_vat": 1.25},
                tariff_alt_text=[{"language": "sv", "text": "5 kr"}],
                start_date_time="2026-01-01T00:00:00Z",
            ),
            raw_tariff(id="T2", type="REGULAR", tax_included="NO"),
        ],
    },
}
TEXT, NODES = written(DOCUMENT)
ALL_DEFAULTS = st.builds(
    Defaults, ocpi_version=st.sampled_from(OcpiVersion), prices=st.sampled_from(StatedPrices)
)


def read(text, defaults, size=1_000_000):
    return read_all(document_of(text, size), defaults)


@settings(max_examples=300, deadline=None)
@given(edits(NODES), ALL_DEFAULTS, st.sampled_from([30, 500, 1_000_000]))
def test_mangled_document_is_read_without_a_crash_and_every_record_is_accounted_for(
    found, defaults, size
):
    account, kept = read(mangled(TEXT, found), defaults, size)
    for kind in ObjectType:
        assert account.received[kind] == kept[kind] + account.rejected(kind)


@settings(max_examples=200, deadline=None)
@given(edits(NODES))
def test_every_refused_record_has_a_place_a_code_and_a_sentence(found):
    account, _ = read(mangled(TEXT, found), Defaults())
    for rejection in account.rejections:
        assert rejection.json_path.startswith("$")
        assert rejection.reason_code
        assert " " in rejection.reason
        assert dict(rejection.lost)[rejection.object_type] == 1


@settings(max_examples=50, deadline=None)
@given(edits(NODES), st.lists(st.integers(20, 2_000), min_size=2, max_size=2))
def test_pieces_in_which_a_document_comes_change_nothing(found, sizes):
    text = mangled(TEXT, found)
    one, other = (read(text, Defaults(), size) for size in sizes)
    assert one == other


def test_unmangled_document_is_read_in_full():
    account, kept = read(TEXT, Defaults())
    assert kept == {LOCATION: 2, EVSE: 3, CONNECTOR: 4, TARIFF: 2}
    assert account.rejections == []
    assert not account.notes
