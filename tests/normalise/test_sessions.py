"""The reference sessions as they are shipped, and as a file states them."""

from datetime import time
from decimal import Decimal

import pytest

from aggregator.config import Settings
from aggregator.domain.session import ReferenceSession
from aggregator.domain.tariff import Weekday
from aggregator.errors import ReferenceFileError
from aggregator.normalise.sessions import load_sessions

HEAD = "code,energy_kwh,charging_minutes,parking_minutes,start_weekday,start_time\n"
SHIPPED = "".join(f"{code},20,30,0,TUESDAY,18:00\n" for code in ("ac", "dc", "hpc", "idle"))
NIGHT = "night,12.5,90,0,SUNDAY,23:30\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sessions.csv").write_text(HEAD + SHIPPED)
    return tmp_path


def test_a_row_is_a_session(folder):
    (folder / "sessions.csv").write_text(HEAD + SHIPPED + NIGHT)
    assert load_sessions(folder)[-1] == ReferenceSession(
        "night", Decimal("12.5"), Decimal(90), Decimal(0), Weekday.SUNDAY, time(23, 30)
    )


def test_the_shipped_sessions_are_those_that_offers_have():
    found = load_sessions(Settings().reference_folder)
    assert [session.code for session in found] == ["ac", "dc", "hpc", "idle"]
    assert all(session.charging_minutes > 0 for session in found)


def test_the_users_own_sessions_stand_behind_the_shipped_ones(folder):
    own = folder / "own.csv"
    assert len(load_sessions(folder, own)) == 4
    own.write_text("\ufeff" + HEAD + NIGHT, encoding="utf-8")
    assert [one.code for one in load_sessions(folder, own)] == ["ac", "dc", "hpc", "idle", "night"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("x,1,1,1,SOMEDAY,18:00", "SOMEDAY"),
        ("x,1,1,1,SUNDAY,25:00", "25:00"),
        ("x,1,1,1,SUNDAY,18:00Z", "zone"),
        ("x,-1,1,1,SUNDAY,18:00", "energy_kwh"),
        ("x,1e9,1,1,SUNDAY,18:00", "energy_kwh"),
        ("x,0,1,1,SUNDAY,18:00", "above 0"),
        ("x,NaN,1,1,SUNDAY,18:00", "NaN"),
        ("X Y,1,1,1,SUNDAY,18:00", "'code'"),
        ("ac,1,1,1,SUNDAY,18:00", "already"),
        ("x,1,1", "6 values are needed, not 3"),
    ],
)
def test_a_row_that_makes_no_sense_is_named_with_its_line(folder, row, fault):
    own = folder / "own.csv"
    own.write_text(HEAD + NIGHT + row + "\n")
    with pytest.raises(ReferenceFileError, match=f"own.csv: line 3: .*{fault}"):
        load_sessions(folder, own)


def test_other_columns_a_missing_session_and_too_many_are_told(folder):
    own = folder / "own.csv"
    own.write_text("code,kwh\nx,1\n")
    with pytest.raises(ReferenceFileError, match="columns must be code,"):
        load_sessions(folder, own)
    own.write_text(HEAD + "".join(f"s{n},1,1,1,SUNDAY,18:00\n" for n in range(60)))
    with pytest.raises(ReferenceFileError, match="64 sessions"):
        load_sessions(folder, own)
    (folder / "sessions.csv").write_text(HEAD + SHIPPED.replace("idle", "other"))
    with pytest.raises(ReferenceFileError, match="'idle' is missing"):
        load_sessions(folder)
