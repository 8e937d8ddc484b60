"""Controls behind a button: drawn when somebody opens it, so that nobody waits for them before."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import streamlit as st

OPENED_AS = "_opened_as_"


@contextmanager
def folded(label: str, key: str) -> Iterator[bool]:
    """Draw a button with a box behind it; yield whether the box is open, to be drawn into.

    label: may say the state: it stays as it was while the box is open, because a button of another
    name is another one to Streamlit, and closed.
    """
    state = st.session_state
    if not state.get(key) or OPENED_AS + key not in state:
        state[OPENED_AS + key] = label
    box = st.popover(state[OPENED_AS + key], width="stretch", key=key, on_change="rerun")
    with box:
        yield bool(box.open)


def keep(keys: Collection[str], prefix: str) -> None:
    """Keep what widgets hold that are not drawn this time: Streamlit forgets it otherwise."""
    for key in list(st.session_state):
        if key in keys or str(key).startswith(prefix):
            st.session_state[key] = st.session_state[key]
