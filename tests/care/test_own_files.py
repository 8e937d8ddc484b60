"""What people put into the home themselves is in a backup, and comes back."""

import tarfile
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest

from aggregator.care.backup import Waiting, back_up
from aggregator.care.own_files import own_files
from aggregator.care.packing import unpack
from aggregator.care.restoring import Restoration
from aggregator.config import Settings

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OWN = {
    "sessions.csv": b"code\n",
    "plans/mine.toml": "fee = '5 €'".encode(),
    "plans/mine.csv": b"operator\r\n",
    "regions/nuts3.geojson": b"{}",
}


@pytest.fixture
def kept(filled):
    """Return the settings of a home with files of people's own, and others."""
    for name, content in {**OWN, "plans/notes.md": b"x", "plans/.mine.toml.swp": b"x"}.items():
        path = filled.home / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return filled


def backed_up(settings, path):
    return back_up(settings, path / "b.tar", Waiting(60, print), NOW).path


def put_back(file, settings):
    with Restoration.of(file, settings) as found:
        found.put_in_place()
        return found.put_own_files_back()


def test_they_come_back_in_a_new_home_byte_by_byte(kept, tmp_path):
    home = tmp_path / "elsewhere"
    done = put_back(backed_up(kept, tmp_path), Settings(home=home))
    assert {str(path.relative_to(home)) for path in done.put} == OWN.keys()
    assert {name: (home / name).read_bytes() for name in OWN} == OWN
    assert not (home / "plans" / "notes.md").exists()


def test_what_is_there_stays_and_what_differs_is_told(kept, tmp_path):
    file = backed_up(kept, tmp_path)
    (kept.home / "plans" / "mine.toml").write_text("newer")
    (kept.home / "sessions.csv").unlink()
    done = put_back(file, kept)
    assert done.put == (kept.home / "sessions.csv",)
    assert done.left == (kept.home / "plans" / "mine.toml",)
    assert (kept.home / "plans" / "mine.toml").read_text() == "newer"


def test_a_home_without_any_has_none(filled):
    assert own_files(filled) == {}


@pytest.mark.parametrize(
    "name", ["own/../x.csv", "own/plans/../../x.toml", "own/plans/a/b.toml", "own//sessions.csv"]
)
def test_a_file_that_would_land_elsewhere_is_not_read(kept, tmp_path, name):
    found = {"own/sessions.csv": b"new", name: b"evil"}
    original, forged = backed_up(kept, tmp_path), tmp_path / "forged.tar"
    with tarfile.open(original) as source, tarfile.open(forged, "w") as target:
        members = {
            one.name: source.extractfile(one).read() for one in source if one.name != "SHA256SUMS"
        }
        members |= found
        sums = "".join(f"{sha256(text).hexdigest()}  {name}\n" for name, text in members.items())
        for member, text in {"SHA256SUMS": sums.encode(), **members}.items():
            entry = tarfile.TarInfo(member)
            entry.size = len(text)
            target.addfile(entry, BytesIO(text))
    assert unpack(forged).own.keys() == {f"own/{one}" for one in OWN}
