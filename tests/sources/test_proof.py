"""What proves that a module came whole: distinct records, steady totals, limits that were met."""

import pytest

from aggregator.errors import Refused
from aggregator.sources.census import Census
from tests.sources.pulling import URL, at, following, page_of, pull, sites
from tests.sources.serving import Says, says

pytestmark = pytest.mark.anyio

FULL = range(5)  # a page of a round number of records, fewer than the 9 that are asked for
OCPI_3000 = Says(b'{"status_code": 3000, "status_message": "Generic", "data": []}')


def nine(answers):
    """Return answers for requests with a limit of 9, by their offsets."""
    return {at(offset, 9): answer for offset, answer in answers.items()}


NOT_EMPTY = {
    "500": Says(status=500),
    "404": Says(status=404),
    "OCPI 3000": OCPI_3000,
    "OCPI 2001": Says(b'{"status_code": 2001, "data": []}'),
    "cut off": Says(b'{"data": [{"id": "9", "ev'),
    "web page": Says(b"<html>login"),
    "no list": Says(b'{"status_code": 1000, "data": null}'),
    "nothing at all": Says(b""),
    "the first page again": page_of(*FULL),
}


@pytest.mark.parametrize("said", NOT_EMPTY.values(), ids=NOT_EMPTY)
async def test_guess_that_ends_in_anything_but_an_empty_list_proves_no_end(client_of, said):
    pulled = await pull(client_of, nine({0: page_of(*FULL), 5: said}), page_limit=9)
    assert pulled.pages == [["0", "1", "2", "3", "4"]]
    assert pulled.error is None
    assert pulled.incomplete == {"locations"}
    assert len(pulled.attention) == 1


@pytest.mark.parametrize("said", [page_of(), Says(b"", 204)], ids=["empty list", "204"])
async def test_empty_answer_behind_pages_cut_off_in_silence_proves_the_end(client_of, said):
    pulled = await pull(client_of, nine({0: page_of(*FULL), 5: said}), page_limit=9)
    assert pulled.is_proven


@pytest.mark.parametrize("status", [400, 404])
async def test_not_found_directly_behind_a_shorter_page_proves_the_end(client_of, status):
    answers = nine({0: page_of(*FULL), 5: page_of(5, 6), 7: Says(status=status)})
    pulled = await pull(client_of, answers, page_limit=9)
    assert pulled.is_proven
    assert not pulled.attention


async def test_failure_behind_a_shorter_page_proves_no_end(client_of):
    answers = nine({0: page_of(*FULL), 5: page_of(5, 6), 7: Says(status=500)})
    pulled = await pull(client_of, answers, page_limit=9)
    assert pulled.incomplete == {"locations"}


async def test_most_pages_of_a_feed_prove_no_end(client_of):
    answers = nine({0: page_of(*FULL), 5: page_of(5, 6, 7, 8, 9), 10: page_of()})
    pulled = await pull(client_of, answers, page_limit=9, max_pages=2)
    assert pulled.error is None
    assert pulled.incomplete == {"locations"}


async def test_page_longer_than_asked_for_and_of_a_round_number_may_have_a_next(client_of):
    pulled = await pull(client_of, {at(0): page_of(*FULL), at(5): page_of(5), at(6): page_of()})
    assert pulled.pages == [["0", "1", "2", "3", "4"], ["5"]]
    assert pulled.is_proven


async def test_limit_that_only_echoes_ours_is_not_believed(client_of):
    answers = nine({0: page_of(*FULL, x_limit="9"), 5: page_of(5, 6, x_limit="9"), 7: page_of()})
    pulled = await pull(client_of, answers, page_limit=9)
    assert pulled.pages == [["0", "1", "2", "3", "4"], ["5", "6"]]
    assert pulled.is_proven


async def test_total_that_is_the_size_of_a_page_cut_off_is_not_believed(client_of):
    answers = nine(
        {
            0: page_of(*FULL, x_total_count="5"),
            5: page_of(5, 6, x_total_count="2"),
            7: page_of(x_total_count="0"),
        }
    )
    pulled = await pull(client_of, answers, page_limit=9)
    assert pulled.pages == [["0", "1", "2", "3", "4"], ["5", "6"]]
    assert pulled.is_proven


async def test_total_that_is_the_size_of_a_page_not_cut_off_is_believed_at_once(client_of):
    answers = nine({0: page_of(1, 2, 3, x_total_count="3")})
    pulled = await pull(client_of, answers, page_limit=9)
    assert pulled.server.asked == [at(0, 9)]
    assert pulled.is_proven


async def test_records_that_come_on_two_pages_prove_no_end_although_their_number_is_right(
    client_of,
):
    answers = {
        at(0): page_of(1, 2, x_total_count="4"),
        at(2): page_of(3, 1, x_total_count="4"),
    }
    pulled = await pull(client_of, answers)
    assert pulled.incomplete == {"locations"}
    assert not pulled.attention
    kept = "what is missing is kept as it was"
    assert pulled.notes == [
        f"{URL}: records on more than one page (1), so others may be missing; {kept}",
        f"{URL}: only 3 of 4 announced records came; {kept}",
    ]


async def test_total_that_changes_while_pages_are_asked_for_proves_no_end(client_of):
    answers = {
        at(0): page_of(1, 2, x_total_count="4"),
        at(2): page_of(4, x_total_count="3"),
    }
    pulled = await pull(client_of, answers)
    assert pulled.incomplete == {"locations"}
    [note] = pulled.notes
    assert note.startswith(f"{URL}: the announced total changed while pages were asked for (4, 3)")


async def test_records_with_the_same_id_of_two_parties_are_two_records(client_of):
    def of(*parties):
        rows = [{"country_code": "DE", "party_id": party, **sites(1)[0]} for party in parties]
        return says(rows, x_total_count="3")

    pulled = await pull(client_of, {at(0): of("AAA", "BBB"), at(2): of("CCC")})
    assert pulled.is_proven


@pytest.mark.parametrize("failure", [Says(status=500), OCPI_3000], ids=["500", "OCPI 3000"])
@pytest.mark.parametrize("link", [None, following(at(2))], ids=["counted", "linked"])
async def test_page_that_makes_the_server_fail_does_not_cost_those_behind_it(
    client_of, failure, link
):
    headers = {"x_total_count": "5"} | ({"link": link} if link else {})
    answers = {at(0): page_of(1, 2, **headers), at(2): failure, at(4): page_of(5)}
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"], ["5"]]
    assert pulled.incomplete == {"locations"}
    [line] = pulled.attention
    assert line.startswith(f"{URL}: the page at offset 2 cannot be had and is passed over; ")


async def test_page_whose_size_is_known_is_passed_over_without_a_total(client_of):
    answers = {
        at(0): page_of(1, 2),
        at(2): page_of(3, 4),
        at(4): Says(status=500),
        at(6): page_of(7),
        at(7): page_of(),
    }
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"], ["3", "4"], ["7"]]
    assert pulled.incomplete == {"locations"}


async def test_no_more_than_five_pages_are_passed_over(client_of):
    answers = {at(n): OCPI_3000 for n in range(2, 40, 2)}
    answers[at(0)] = page_of(1, 2, x_total_count="40")
    pulled = await pull(client_of, answers)
    assert isinstance(pulled.error, Refused)
    assert pulled.server.asked == [at(n) for n in range(0, 14, 2)]
    assert len(pulled.attention) == 5


async def test_not_found_behind_an_inflated_total_is_a_note_and_proves_no_end(client_of):
    pulled = await pull(client_of, {at(0): page_of(1, 2, x_total_count="3")})
    assert pulled.error is None
    assert pulled.attention == []
    assert pulled.incomplete == {"locations"}
    assert pulled.notes == [
        f"{URL}: nothing is at offset 2",
        f"{URL}: only 2 of 3 announced records came; what is missing is kept as it was",
    ]


def test_census_counts_a_record_that_comes_twice_once():
    census = Census()
    census.add({1, 2}, 2, 3)
    census.add({2}, 1, 3)
    assert (census.received, census.distinct, census.total) == (3, 2, 3)
    assert len(list(census.gaps())) == 2
