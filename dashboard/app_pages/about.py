"""About: where the prices come from, how they are worked out, what is missing."""

import pandas as pd
import streamlit as st

from dashboard.about.tables import feed_table, note_table, rejection_table
from dashboard.choosing.answers import Answers
from dashboard.frame.reading import harvest_status, reader
from dashboard.wording.labels import moment, plain, text

found = reader()
if found is None:
    st.stop()
answers = Answers(found)
st.title(text("about.title"), anchor=False)
st.write(
    text(
        "about.intro",
        snapshot=found.snapshot.snapshot_id,
        time=moment(found.published_at),
        version=plain(found.version),
    )
)
st.header(text("about.feeds"), anchor=False)
st.write(text("about.feeds_text"))
st.dataframe(feed_table(answers.rows("feeds"), harvest_status()), hide_index=True)


def table_or(frame: pd.DataFrame, otherwise: str) -> None:
    """Draw a table, or say that there is nothing in it."""
    if frame.empty:
        st.write(otherwise)
    else:
        st.dataframe(frame, hide_index=True)


st.header(text("about.rejections"), anchor=False)
table_or(rejection_table(answers.rows("rejection_reasons")), text("about.rejections_none"))
st.header(text("about.notes"), anchor=False)
table_or(note_table(answers.rows("reading_notes")), text("about.notes_none"))
st.header(text("about.method"), anchor=False)
st.write(text("about.method_text"))
st.header(text("about.missing"), anchor=False)
st.write(text("about.missing_text"))
