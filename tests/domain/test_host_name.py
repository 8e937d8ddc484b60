"""Names of hosts by their shape."""

import pytest

from aggregator.domain.host_name import is_host_name


@pytest.mark.parametrize(
    ("host", "is_one"),
    [
        ("a.example", True),
        ("a.example.", True),  # the dot of the root
        ("a..example", False),
        (".", False),
        ("a" * 63, True),
        ("a" * 64, False),
    ],
)
def test_no_part_is_empty_or_too_long(host, is_one):
    assert is_host_name(host) is is_one
