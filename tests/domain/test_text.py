"""Text of strangers, made fit to be shown."""

import pytest

from aggregator.domain.text import one_line


@pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
def test_sign_that_turns_the_direction_of_reading_is_dropped(code):
    assert one_line(f"0,39 {chr(code)}EUR") == "0,39 EUR"


@pytest.mark.parametrize("unseen", ["\ufeff", "\u061c", "\x1b", "\x00", "\ud800"])
def test_sign_that_nobody_sees_is_dropped(unseen):
    assert one_line(f"{unseen}a{unseen}b") == "ab"


@pytest.mark.parametrize(
    "joined", ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "👩\u200d🔧", "Lade\xadsäule"]
)
def test_sign_that_joins_or_parts_letters_stays(joined):
    assert one_line(joined) == joined


def test_space_around_what_is_dropped_is_folded_too():
    assert one_line("\u202e a \x00 b\u2028c\r\nd ") == "a b c d"
