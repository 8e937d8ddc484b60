"""The arithmetic of the benchmark of the warehouse, and the feed that it makes up."""

import json
from collections import Counter
from itertools import pairwise

from benchmarks.warehouse import no_dearer, per_evse_ms, shares
from benchmarks.warehouse_feed import Size, changed, changed_locations, write_records
from benchmarks.warehouse_locations import location
from benchmarks.warehouse_memory import below, parents
from benchmarks.warehouse_tariffs import tariff
from benchmarks.warehouse_year import of_the_day, percentile


def test_a_million_evses_have_so_many_locations_and_tariffs():
    size = Size.of(1_000_000)
    assert (size.locations, size.tariffs_of_party, size.tariffs) == (363_636, 263, 14_991)


def test_a_location_has_two_and_three_quarter_evses_in_the_mean():
    evses = [bay for number in range(2_000) for bay in location(number, 9)["evses"]]
    connectors = sum(len(bay["connectors"]) for bay in evses)
    assert 2.65 < len(evses) / 2_000 < 2.85
    assert 3.55 < connectors / 2_000 < 3.85


def test_connectors_name_tariffs_that_are_there():
    size = Size.of(20_000)
    numbers = range(size.tariffs)
    known = {(one["country_code"], one["party_id"], one["id"]) for one in map(tariff, numbers)}
    for number in range(300):
        place = location(number, size.tariffs_of_party)
        owner = (place["country_code"], place["party_id"])
        plugs = [plug for bay in place["evses"] for plug in bay["connectors"]]
        assert {(*owner, one) for plug in plugs for one in plug["tariff_ids"]} <= known


def test_another_edition_has_other_names_statuses_power_and_prices():
    before, after = location(5, 9), location(5, 9, 1)
    assert before["id"] == after["id"]
    assert before["name"] != after["name"]
    assert before["evses"][0]["status"] != after["evses"][0]["status"]
    assert before["evses"][0]["connectors"] != after["evses"][0]["connectors"]
    assert tariff(5)["elements"] != tariff(5, 1)["elements"]


def test_two_per_cent_change_and_half_a_per_cent_are_gone_and_new():
    assert sum(edition for _, edition in changed(1_000)) == 20
    later = changed_locations(1_000)
    assert len(later) == 1_000
    gone = set(range(1_000)) - {number for number, _ in later}
    assert gone == {0, 200, 400, 600, 800}
    assert [number for number, _ in later if number >= 1_000] == list(range(1_000, 1_005))


def test_documents_hold_all_records_in_order_however_many_portions_there_are(tmp_path):
    size = Size(4_500, 1)
    numbers = [(number, 0) for number in range(size.locations)]
    written = write_records(tmp_path, size, numbers, [(0, 0)])
    locations = json.loads((tmp_path / "locations.json").read_text())
    assert [one["id"][4:] for one in locations] == [f"{number:07}" for number, _ in numbers]
    assert written == sum(file.stat().st_size for file in tmp_path.iterdir())


def test_every_record_changes_once_in_a_hundred_days():
    days = Counter(number for day in range(1, 101) for number, _ in of_the_day(300, day))
    assert days == dict.fromkeys(range(300), 1)
    assert of_the_day(300, 101) == [(1, 105), (101, 105), (201, 105)]


def test_a_location_that_changes_again_has_other_plugs_than_before():
    editions = [0, *(of_the_day(300, day)[0][1] for day in (1, 101, 201, 301))]
    told = [location(1, 9, edition)["evses"][0]["connectors"][0] for edition in editions]
    standards = [(one["standard"], one["max_electric_power"]) for one in told]
    assert all(before != after for before, after in pairwise(standards))


def test_growth_is_linear_while_an_evse_gets_no_dearer_than_by_a_fifth():
    assert per_evse_ms([(1_000, 2.0), (3_000, 6.6)]) == {1_000: 2.0, 3_000: 2.2}
    assert no_dearer([2.0, 2.2, 2.4])
    assert no_dearer([3.0, 2.0])  # what a start costs is spread over more
    assert not no_dearer([3.0, 2.0, 2.5])


def test_shares_tell_what_is_left():
    assert shares({"read": 5.0, "write": 2.0}, 10.0) == {"read": 0.5, "write": 0.2, "rest": 0.3}


def test_a_percentile_is_one_of_the_values():
    assert percentile([3.0, 1.0, 2.0, 4.0], 50) == 2.0
    assert percentile([float(number) for number in range(1, 21)], 95) == 19.0


def test_processes_below_one_are_found_through_all_generations(tmp_path):
    assert below(1, {2: 1, 3: 2, 4: 9}) == {2, 3}
    (tmp_path / "7").mkdir()
    (tmp_path / "7" / "stat").write_text("7 (a (strange) name) S 5 7 7 0")
    assert parents(tmp_path) == {7: 5}
