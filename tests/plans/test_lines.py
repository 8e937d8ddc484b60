"""Where the keys of a TOML text stand."""

import pytest

from aggregator.plans.lines import key_lines, line_of

TEXT = '''# a comment with "quotes and [brackets
name = "a # no comment [[price]]"

colour = """
[[price]]
per_kwh = 1
"""
list = [
  "x = 1",  # per_kwh = 2
  "]",
]
[[price]]

per_kwh = 3
[[ price ]]
"start_fee" = 4
[price.more]
deep.er = 5
'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("name",), 2),
        (("colour",), 4),
        (("list",), 8),
        (("price", 0), 12),
        (("price", 0, "per_kwh"), 14),
        (("price", 1), 15),
        (("price", 1, "start_fee"), 16),
        (("price", 1, "more"), 17),
        (("price", 1, "more", "deep", "er"), 18),
    ],
)
def test_key_stands_on_its_line(key, line):
    assert key_lines(TEXT)[key] == line


def test_nothing_is_found_inside_texts_lists_and_comments():
    keys = set(key_lines(TEXT))
    assert ("x",) not in keys
    assert ("per_kwh",) not in keys
    assert ("price", 2) not in keys


@pytest.mark.parametrize("filler", [" " * 400_000, "\t" * 400_000, "# " * 200_000])
def test_long_line_without_a_key_is_passed_over(filler):
    assert key_lines(f"a = 1\n{filler}\nb = 2") == {("a",): 1, ("b",): 3}


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("list", 1), 8),
        (("price", 0, "operators", 0), 12),
        (("nobody",), None),
        ((), None),
    ],
)
def test_key_that_does_not_stand_there_has_the_line_of_what_is_around_it(key, line):
    assert line_of(key, key_lines(TEXT)) == line
