"""Where records stand in a document, whatever is wrapped around them."""

import pytest

from aggregator.errors import BrokenAnswer, FormatError, Refused
from aggregator.feeds import Layout
from tests.formats.json_texts import LOCATION, TARIFF, document_of, found_in
from tests.formats.raw_records import raw_evse, raw_location, raw_tariff

LOCATIONS, TARIFFS = [raw_location(), raw_location(id="L2")], [raw_tariff()]
EMPTY = [[], {"data": []}, {"status_code": 1000, "data": []}]
NOTHING = [{}, {"data": None}, {"error": "x"}, [{"id": 1}], [[]], {"data": {"id": 1}}]


@pytest.mark.parametrize("size", [1, 10_000])
@pytest.mark.parametrize(
    ("document", "path"),
    [
        (LOCATIONS, "$"),
        ({"data": LOCATIONS}, "$.data"),
        ({"status_code": 1000, "timestamp": "2026-03-01T12:00:00Z", "data": LOCATIONS}, "$.data"),
        ({"name": "x", "message": "ok", "error": None, "data": LOCATIONS}, "$.data"),
        ({"locations": LOCATIONS}, "$.locations"),
        ({"Locations": LOCATIONS, "status": "ok"}, "$.Locations"),
        ({"next": "abc", "items": LOCATIONS}, "$.items"),
        ({"type": "FeatureCollection", "features": LOCATIONS, "notes": []}, "$.features"),
        ({"currency": "EUR", "data": LOCATIONS}, "$.data"),
    ],
    ids=[
        "array",
        "data",
        "OCPI",
        "Clenergy",
        "Jolt",
        "Greece",
        "chargecloud",
        "GeoJSON",
        "currency",
    ],
)
@pytest.mark.parametrize("wanted", [None, LOCATION])
def test_locations_are_found_in_every_envelope(document, path, wanted, size):
    assert found_in(document, size, wanted=wanted) == [(LOCATION, path, 2)]


@pytest.mark.parametrize("size", [1, 10_000])
def test_two_modules_in_one_document_are_told_apart(size):
    document = {"data": {"locations": {"data": LOCATIONS}, "tariffs": {"data": TARIFFS}}}
    assert found_in(document, size) == [
        (LOCATION, "$.data.locations.data", 2),
        (TARIFF, "$.data.tariffs.data", 1),
    ]
    assert found_in(document, size, wanted=TARIFF) == [(TARIFF, "$.data.tariffs.data", 1)]


def test_every_list_of_a_module_counts_wherever_it_stands():
    document = {"data": {"ac": [raw_location()], "dc": LOCATIONS}}
    assert found_in(document, wanted=LOCATION) == [
        (LOCATION, "$.data.ac", 1),
        (LOCATION, "$.data.dc", 2),
    ]


@pytest.mark.parametrize(
    "location",
    [
        raw_location(),
        raw_location(evses=[raw_evse(coordinates={"latitude": "57.7", "longitude": "11.9"})]),
        raw_location(tariffs=TARIFFS),
    ],
    ids=["plain", "EVSEs with a place of their own", "tariffs inside"],
)
@pytest.mark.parametrize("wanted", [None, LOCATION])
def test_one_object_in_place_of_a_list_is_a_list_of_one(location, wanted):
    document = {"status_code": 1000, "message": None, "data": location}
    assert found_in(document, wanted=wanted) == [(LOCATION, "$.data", 1)]


def test_one_object_without_an_envelope_is_a_list_of_one():
    assert found_in(raw_location()) == [(LOCATION, "$", 1)]
    assert found_in(raw_tariff(), wanted=TARIFF) == [(TARIFF, "$", 1)]


@pytest.mark.parametrize("keys", [("0", "1", "3"), ("L1", "L2", "L3")])
def test_records_keyed_by_position_or_id_are_a_list(keys):
    place = {"latitude": "57.7", "longitude": "11.9"}
    records = [raw_location(evses=[raw_evse(coordinates=place)]) for _ in keys]
    document = {"data": dict(zip(keys, records, strict=True))}
    for wanted in None, LOCATION:
        assert found_in(document, wanted=wanted) == [(LOCATION, "$.data", 3)]


def test_keyed_records_too_long_to_be_held_are_read_as_a_whole():
    place = {"latitude": "57.7", "longitude": "11.9"}
    location = raw_location(name="x" * 2_000, evses=[raw_evse(coordinates=place)] * 20)
    document = {str(number): location for number in range(2_500)}
    assert found_in(document, 1 << 20) == [(LOCATION, "$", 2_500)]


def test_list_in_a_list_of_one_is_found():
    assert found_in([{"page": 1, "data": LOCATIONS}]) == [(LOCATION, "$[0].data", 2)]


@pytest.mark.parametrize("size", [1, 30, 10_000])
@pytest.mark.parametrize("wanted", [None, LOCATION])
def test_first_records_may_be_nothing_at_all(size, wanted):
    document = {"stations": [None, "x", {}, 5, {"id": "?"}, raw_location()]}
    assert found_in(document, size, wanted=wanted) == [(LOCATION, "$.stations", 6)]


@pytest.mark.parametrize("size", [1, 10_000])
@pytest.mark.parametrize("number", [2, 50])
@pytest.mark.parametrize(
    ("envelope", "path"), [(lambda rows: rows, "$"), (lambda rows: {"data": rows}, "$.data")]
)
def test_records_that_look_like_nothing_are_still_counted_in_their_module(
    envelope, path, number, size
):
    document = envelope([{"id": 1}, None] * (number // 2))
    assert found_in(document, size, wanted=LOCATION) == [(LOCATION, path, number)]


@pytest.mark.parametrize("document", EMPTY)
@pytest.mark.parametrize("wanted", [None, LOCATION])
def test_empty_document_holds_no_records_and_is_no_error(document, wanted):
    read = document_of(document, wanted=wanted)
    assert list(read.batches()) == []
    assert read.received == 0
    assert read.kinds == ({wanted} if wanted else set())


@pytest.mark.parametrize("document", NOTHING)
def test_document_without_records_is_refused(document):
    with pytest.raises(FormatError, match="the answer holds no OCPI locations or tariffs"):
        found_in(document)


def test_list_that_is_named_for_locations_may_be_empty():
    assert found_in({"locations": []}, wanted=LOCATION) == []


@pytest.mark.parametrize("document", [{}, {"data": None}, {"x": TARIFFS}])
def test_module_without_a_place_for_records_is_refused(document):
    with pytest.raises(FormatError, match="the answer holds no list of locations"):
        found_in(document, wanted=LOCATION)


@pytest.mark.parametrize("document", [None, 5, "text"])
def test_document_that_is_a_scalar_is_refused(document):
    with pytest.raises(BrokenAnswer, match="no object or list"):
        found_in(document)


@pytest.mark.parametrize("data", [[], LOCATIONS, None])
def test_ocpi_error_is_never_an_empty_document(data):
    for wanted in None, LOCATION:
        with pytest.raises(Refused, match="the OCPI server reports error 2000"):
            found_in({"status_code": 2000, "data": data}, wanted=wanted)


def test_records_read_as_a_whole_are_not_looked_for_deeper_than_any_feed_nests_them():
    document = {"data": raw_location()}
    for _ in range(8):
        document = {"data": document, "page": 1}
    with pytest.raises(FormatError):
        found_in(document)


LAYOUTS = [
    ({"locations_at": "sites"}, {"sites": LOCATIONS, "data": [raw_location()]}, "$.sites"),
    ({"envelope": "body.x", "locations_at": "s"}, {"body": {"x": {"s": LOCATIONS}}}, "$.body.x.s"),
    ({"locations_at": "s.evses"}, {"s": {"evses": LOCATIONS}}, "$.s.evses"),
    ({"locations_at": "s"}, {"s": [{"odd": 1}, {"odd": 2}]}, "$.s"),
    ({"locations_at": "s"}, {"s": {"a": {"odd": 1}, "b": {"odd": 2}}}, "$.s"),
]


@pytest.mark.parametrize(("layout", "document", "path"), LAYOUTS)
@pytest.mark.parametrize("wanted", [None, LOCATION])
def test_records_stand_where_the_feed_file_says(layout, document, path, wanted):
    found = found_in(document, layout=Layout(**layout), wanted=wanted)
    assert found == [(LOCATION, path, 2)]


def test_one_record_where_the_feed_file_says_is_a_list_of_one():
    layout = Layout(locations_at="site", tariffs_at="price")
    document = {"site": raw_location(), "price": raw_tariff(), "more": 1}
    assert found_in(document, layout=layout) == [(LOCATION, "$.site", 1), (TARIFF, "$.price", 1)]


def test_tariffs_are_told_by_their_shape_where_the_feed_file_is_silent_on_them():
    layout = Layout(locations_at="sites")
    assert found_in({"sites": LOCATIONS, "prices": TARIFFS}, layout=layout) == [
        (LOCATION, "$.sites", 2),
        (TARIFF, "$.prices", 1),
    ]


def test_odd_records_are_not_counted_beside_the_place_that_the_feed_file_says():
    layout = Layout(locations_at="sites")
    document = {"sites": LOCATIONS, "data": [{"odd": 1}]}
    assert found_in(document, layout=layout, wanted=LOCATION) == [(LOCATION, "$.sites", 2)]


@pytest.mark.parametrize("data", [None, 5, "x", []])
def test_place_that_the_feed_file_says_but_does_not_exist_is_an_error(data):
    layout = Layout(locations_at="sites.all")
    with pytest.raises(FormatError, match="the answer holds no list of locations"):
        found_in({"sites": data}, layout=layout, wanted=LOCATION)
