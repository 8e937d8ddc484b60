"""The snapshot's answers, kept in memory until the next snapshot is published."""

from typing import Any

import streamlit as st

from aggregator.store.queries import Reader, Selection

Row = dict[str, Any]
KEPT_ANSWERS = 300


@st.cache_data(show_spinner=False, max_entries=KEPT_ANSWERS)
def ask(_found: Reader, snapshot_id: str, question: str, *arguments: Any) -> Any:  # noqa: ANN401, ARG001 - snapshot_id is the key
    """Return a reader's answer; the snapshot's id is part of what it is remembered by."""
    return getattr(_found, question)(*arguments)


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

    def currencies(self, selection: Selection) -> list[str]:
        """Return the currencies of the selection."""
        return list(ask(self._found, self.snapshot_id, "currencies", selection))

    def rows(self, question: str, *arguments: Any) -> list[Row]:  # noqa: ANN401 - as the question wants
        """Return the rows of any other question."""
        return list(ask(self._found, self.snapshot_id, question, *arguments))

    def summary(self, selection: Selection, currency: str | None) -> Row:
        """Return the totals of the selection."""
        return dict(ask(self._found, self.snapshot_id, "summary", selection, currency))
