"""Whatever a server does to its records: nothing is raised, and every record is accounted for."""

import copy
import json
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.domain.problem import Account, ObjectType
from aggregator.errors import FormatError, Refused
from aggregator.feeds import OcpiVersion, StatedPrices
from aggregator.formats.defaults import Defaults
from aggregator.formats.document import decode, guess_version, record_lists
from aggregator.formats.locations import read_location
from aggregator.formats.reading import Reader
from aggregator.formats.tariffs import read_tariff
from tests.formats.raw_records import (
    raw_component,
    raw_connector,
    raw_element,
    raw_evse,
    raw_location,
    raw_tariff,
)

LOCATION, EVSE = ObjectType.LOCATION, ObjectType.EVSE
CONNECTOR, TARIFF = ObjectType.CONNECTOR, ObjectType.TARIFF
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
ODD_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**40, -(10**400), 1e300, 1e-300, 0, -1, 86_400, 2**63]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(
        ["", " ", "NaN", "1e999", "0.5", "²", "24:00", "08:00Z", "0001-01-01T00:00:00+14:00", "YES"]
    ),
    st.just([]),
    st.just({}),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3)), max_size=3),
)


def places(value, path=()):
    """Return the path of every node of a JSON value, the root left out."""
    pairs = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    found = []
    for key, inner in pairs:
        found.append((*path, key))
        found.extend(places(inner, (*path, key)))
    return found


def mangle(draw, root):
    """Do one thing to one node: drop, replace, nest or repeat it, or rename its key."""
    *above, key = draw(st.sampled_from(places(root)))
    parent = root
    for step in above:
        parent = parent[step]
    match draw(st.sampled_from(["drop", "replace", "list", "object", "repeat", "rename"])):
        case "drop":
            del parent[key]
        case "replace":
            parent[key] = draw(ODD_VALUES)
        case "list":
            parent[key] = [parent[key]]
        case "object":
            parent[key] = {"value": parent[key]}
        case "repeat" if isinstance(parent, list):
            parent.insert(key, copy.deepcopy(parent[key]))
        case "rename" if isinstance(parent, dict):
            parent[draw(st.text(max_size=5))] = parent.pop(key)
        case _:
            parent[key] = [parent[key], copy.deepcopy(parent[key])]


@st.composite
def mangled_documents(draw):
    root = copy.deepcopy(DOCUMENT)
    for _ in range(draw(st.integers(1, 6))):
        if places(root):
            mangle(draw, root)
    return root


ALL_DEFAULTS = st.builds(
    Defaults, ocpi_version=st.sampled_from(OcpiVersion), prices=st.sampled_from(StatedPrices)
)


def read(document, defaults):
    """Read every record of a document; return the account and what was kept."""
    account, kept = Account(), Counter()
    reader = Reader(account)
    try:
        lists = record_lists(document)
    except (FormatError, Refused):
        return account, kept
    guess_version(lists)
    for found in lists:
        for position, raw in enumerate(found.records):
            path = f"{found.json_path}[{position}]"
            if found.object_type is TARIFF:
                kept[TARIFF] += read_tariff(raw, path, defaults, reader) is not None
            elif location := read_location(raw, path, defaults, reader):
                kept[LOCATION] += 1
                kept[EVSE] += len(location.evses)
                kept[CONNECTOR] += sum(len(evse.connectors) for evse in location.evses)
    return account, kept


@settings(max_examples=400, deadline=None)
@given(mangled_documents(), ALL_DEFAULTS)
def test_mangled_document_is_read_without_a_crash_and_every_record_is_accounted_for(raw, defaults):
    document = decode(json.dumps(raw).encode(), 10_000_000)
    account, kept = read(document, defaults)
    for kind in ObjectType:
        assert account.received[kind] == kept[kind] + account.rejected(kind)


@settings(max_examples=200, deadline=None)
@given(mangled_documents())
def test_every_refused_record_has_a_place_a_code_and_a_sentence(raw):
    account, _ = read(raw, Defaults())
    for rejection in account.rejections:
        assert rejection.json_path.startswith("$")
        assert rejection.reason_code
        assert " " in rejection.reason
        assert dict(rejection.lost)[rejection.object_type] == 1


def test_unmangled_document_is_read_in_full():
    account, kept = read(DOCUMENT, Defaults())
    assert kept == {LOCATION: 2, EVSE: 3, CONNECTOR: 4, TARIFF: 2}
    assert account.rejections == []
    assert not account.notes
