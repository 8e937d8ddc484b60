"""The reference sessions as they are shipped, and as a file states them."""

from datetime import time
from decimal import Decimal

import pytest

from aggregator.config import Settings
from aggregator.domain.session import ReferenceSession
from aggregator.domain.tariff import Weekday
from aggregator.normalise.sessions import load_sessions

HEAD = "code,energy_kwh,charging_minutes,parking_minutes,start_weekday,start_time\n"


def test_a_row_is_a_session(tmp_path):
    (tmp_path / "sessions.csv").write_text(f"{HEAD}night,12.5,90,0,SUNDAY,23:30\n")
    assert load_sessions(tmp_path) == [
        ReferenceSession(
            "night", Decimal("12.5"), Decimal(90), Decimal(0), Weekday.SUNDAY, time(23, 30)
        )
    ]


def test_the_shipped_sessions_are_those_that_commands_know():
    found = load_sessions(Settings().reference_folder)
    assert [session.code for session in found] == ["ac", "dc", "hpc"]
    assert all(session.charging_minutes > 0 for session in found)


@pytest.mark.parametrize("row", ["x,1,1,1,SOMEDAY,18:00", "x,1,1,1,SUNDAY,25:00"])
def test_a_row_that_makes_no_sense_is_not_passed_over(tmp_path, row):
    (tmp_path / "sessions.csv").write_text(f"{HEAD}{row}\n")
    with pytest.raises(ValueError, match=r"SOMEDAY|hour"):
        load_sessions(tmp_path)
