"""The tables of About: what a feed's line says of data that were not seen again."""

from dashboard.about.tables import feed_table
from tests.records import location, tariff

COLUMN = "Stale since (UTC)"


def lines(reader):
    return feed_table(reader.feeds(), None).to_dict("records")


def test_a_feed_that_was_seen_wholly_is_not_stale(receive, publish_now):
    receive([location("L1")], [tariff()])
    (line,) = lines(publish_now())
    assert line[COLUMN] == "–"


def test_a_feed_says_since_when_it_is_stale(receive, publish_now):
    seen = receive([location("L1")], [tariff()]).finished_at
    receive([], [tariff()])
    (line,) = lines(publish_now())
    assert f"{seen:%Y, %H:%M}" in line[COLUMN]


def test_what_is_no_longer_refused_is_not_listed_as_refused(receive, publish_now):
    receive([location("L1"), location("L1")], [tariff()])
    assert {row["reason_code"] for row in publish_now().rejection_reasons()} == {"duplicate_id"}
    receive([location("L1")], [tariff()])
    assert publish_now().rejection_reasons() == []
