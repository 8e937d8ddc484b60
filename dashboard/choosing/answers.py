"""The snapshot's answers, kept in memory until the next snapshot is published."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import streamlit as st

from aggregator.comparing.comparison import Comparison, Sizes, compare
from aggregator.domain.charge import Charge
from aggregator.store.queries import Reader, ViewAsked
from dashboard.choosing.filters import STEP, Choice, Place

Row = dict[str, Any]
KEPT_ANSWERS = 300
KEPT_COMPARISONS = 100  # not copied when asked for again: nobody changes one


@st.cache_data(show_spinner=False, max_entries=KEPT_ANSWERS)
def ask(_found: Reader, snapshot_id: str, question: str, *arguments: Any) -> Any:  # noqa: ANN401, ARG001 - snapshot_id is the key
    """Return a reader's answer; the snapshot's id is part of what it is remembered by."""
    return getattr(_found, question)(*arguments)


@st.cache_resource(show_spinner=False, max_entries=KEPT_COMPARISONS)
def _compared(
    _found: Reader,
    snapshot_id: str,  # noqa: ARG001 - is the key
    asked: ViewAsked,
    charge: Charge,
    currency: str | None,
    sizes: Sizes,
    into: str | None,
) -> Comparison:
    return compare(_found, asked, charge, currency, sizes, into)


class Answers:
    """The reader's questions, answered from memory where they were asked before."""

    def __init__(self, found: Reader) -> None:
        """Answer from this snapshot."""
        self._found = found
        self.snapshot_id = found.snapshot.snapshot_id
        self.published_at = found.published_at

    def countries(self) -> list[str]:
        """Return the countries that have offers."""
        return list(ask(self._found, self.snapshot_id, "countries"))

    def standards(self, country: str | None) -> list[str]:
        """Return the plug types of a country."""
        return list(ask(self._found, self.snapshot_id, "standards", country))

    def rows(self, question: str, *arguments: Any) -> list[Row]:  # noqa: ANN401 - as the question wants
        """Return the rows of any other question."""
        return list(ask(self._found, self.snapshot_id, question, *arguments))

    def compared(self, choice: Choice, sizes: Sizes) -> Comparison:
        """Return what the planned charge costs where the choice says.

        Rows are asked for in whole steps, so that the list is there when more of it is wanted.
        """
        charge = choice.plan.charge(datetime.now(UTC))
        wanted = replace(sizes, stations=max(sizes.stations, STEP))
        return _compared(
            self._found,
            self.snapshot_id,
            choice.asked(charge.starts),
            charge,
            choice.currency,
            wanted,
            choice.into,
        )

    def currencies(self) -> list[str]:
        """Return the currencies that others can be changed into."""
        return sorted({row["to_currency"] for row in self.rows("rates")})

    def rate_days(self, into: str) -> list[date]:
        """Return the days of the rates at which others are changed into a currency."""
        rates = self.rows("rates")
        return sorted({row["rate_date"] for row in rates if row["to_currency"] == into})

    def place(self, code: str) -> Place | None:
        """Return the place of a code, None for an unknown one."""
        return place_of(ask(self._found, self.snapshot_id, "place", code))

    def largest_places(self, country: str | None, limit: int) -> list[Place]:
        """Return the towns with most chargers."""
        return [_place(row) for row in self.rows("largest_places", country, limit)]

    def places_named(self, typed: str, country: str | None, limit: int) -> list[Place]:
        """Return the places that somebody may mean, the likeliest first."""
        return [_place(row) for row in self.rows("places_named", typed, country, limit)]


def place_of(row: Row | None) -> Place | None:
    """Return a row of mart.place as a place."""
    return _place(row) if row else None


def _place(row: Row) -> Place:
    return Place(
        row["place"],
        row["name"],
        row["country"],
        row["latitude"],
        row["longitude"],
        row["region_1_name"],
    )
