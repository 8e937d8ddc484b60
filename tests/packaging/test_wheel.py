"""The wheel works alone: another environment, another folder, nothing of the checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCATION = {
    "country_code": "DE",
    "party_id": "XYZ",
    "id": "LOC1",
    "publish": True,
    "name": "Marktplatz",
    "address": "Markt 1",
    "city": "Musterstadt",
    "postal_code": "12345",
    "country": "DEU",
    "coordinates": {"latitude": "52.500000", "longitude": "13.400000"},
    "time_zone": "Europe/Berlin",
    "operator": {"name": "Stadtwerke Musterstadt"},
    "evses": [
        {
            "uid": "1",
            "evse_id": "DE*XYZ*E0001",
            "status": "AVAILABLE",
            "connectors": [
                {
                    "id": "1",
                    "standard": "IEC_62196_T2_COMBO",
                    "format": "CABLE",
                    "power_type": "DC",
                    "max_voltage": 500,
                    "max_amperage": 200,
                    "max_electric_power": 100000,
                    "tariff_ids": ["T1"],
                    "last_updated": "2026-10-01T08:00:00Z",
                }
            ],
            "last_updated": "2026-10-01T08:00:00Z",
        }
    ],
    "last_updated": "2026-10-01T08:00:00Z",
}
TARIFF = {
    "country_code": "DE",
    "party_id": "XYZ",
    "id": "T1",
    "currency": "EUR",
    "type": "AD_HOC_PAYMENT",
    "elements": [
        {"price_components": [{"type": "ENERGY", "price": 0.5, "vat": 19, "step_size": 1}]}
    ],
    "last_updated": "2026-10-01T08:00:00Z",
}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def run(command, cwd, **environment):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KLARPRIS_", "PYTHON"))}
    result = subprocess.run(
        command,
        cwd=cwd,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder]
    run(build, ROOT)
    (built,) = folder.glob("klarpris-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Return the folder of programs of an environment that has the wheel.

    The libraries come from this environment through a .pth file. A folder named there does not
    have its own .pth files read, so an editable Klarpris of this environment stays unseen.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    programs = folder / "bin"
    install = ["install", "--quiet", "--no-deps", "--no-index", wheel]
    run([sys.executable, "-m", "pip", "--python", programs / "python", *install], folder)
    (site_packages,) = folder.glob("lib/python3*/site-packages")
    libraries = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (site_packages / "libraries.pth").write_text("\n".join(libraries) + "\n", encoding="utf-8")
    return programs


@pytest.fixture(scope="module")
def contents(wheel):
    return set(ZipFile(wheel).namelist())


@pytest.fixture
def elsewhere(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("source", "pattern", "target"),
    [
        ("aggregator", "**/*.sql", "aggregator"),
        ("data/feeds", "*.toml", "aggregator/data/feeds"),
        ("data/operators", "*.toml", "aggregator/data/operators"),
        ("data/plans", "*.*", "aggregator/data/plans"),
        ("data/reference", "**/*", "aggregator/data/reference"),
        ("data/regions", "regions.csv", "aggregator/data/regions"),
        ("data/regions", "licences/*", "aggregator/data/regions"),
        ("data/regions", "**/*.geojson", "aggregator/data/regions"),
        ("dashboard/static", "**/*", "dashboard/static"),
        ("dashboard/wording", "**/*", "dashboard/wording"),
    ],
)
def test_wheel_has_the_files_that_are_read_at_run_time(contents, source, pattern, target):
    expected = {
        f"{target}/{path.relative_to(ROOT / source).as_posix()}"
        for path in (ROOT / source).glob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert expected, f"nothing found in {source}"
    assert expected - contents == set()


def test_wheel_has_the_licence_and_nothing_but_the_program(contents):
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in contents)
    tops = {name.partition("/")[0] for name in contents}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"aggregator", "dashboard"}


def test_installed_package_is_the_wheels(installed, elsewhere):
    program = "import aggregator, dashboard; print(aggregator.__file__); print(dashboard.__file__)"
    files = run([installed / "python", "-c", program], elsewhere).splitlines()
    assert len(files) == 2
    assert all(Path(file).is_relative_to(installed.parent) for file in files)


def test_installed_settings_find_the_shipped_feeds(installed, elsewhere):
    program = (
        "from aggregator.config import settings; from aggregator.feeds import load_feeds;"
        "feeds, errors = load_feeds(settings().feeds_folder); print(len(feeds), len(errors))"
    )
    shipped = len(list((ROOT / "data" / "feeds").glob("*.toml")))
    assert run([installed / "python", "-c", program], elsewhere).split() == [str(shipped), "0"]


def test_installed_program_tells_its_commands(installed, elsewhere):
    text = run([installed / "klarpris", "--help"], elsewhere)
    assert "harvest" in text
    assert "snapshot" in text


def test_installed_program_harvests_a_folder_into_a_snapshot(installed, elsewhere, tmp_path):
    documents = tmp_path / "recordings" / "musterstadt"
    documents.mkdir(parents=True)
    for module, record in (("locations", LOCATION), ("tariffs", TARIFF)):
        answer = {"status_code": 1000, "timestamp": "2026-10-01T08:00:00Z", "data": [record]}
        (documents / f"{module}.json").write_text(json.dumps(answer), encoding="utf-8")
    home = {"KLARPRIS_HOME": str(tmp_path / "home"), "HOME": str(tmp_path / "nobody")}

    run([installed / "klarpris", "harvest", "--from", documents.parent], elsewhere, **home)
    snapshot = json.loads(run([installed / "klarpris", "snapshot", "--json"], elsewhere, **home))

    assert {"path", "published_at", "rows"} <= set(snapshot)
    assert snapshot["rows"]
    assert Path(snapshot["path"]).is_relative_to(tmp_path / "home")
    assert list(elsewhere.iterdir()) == []
    with duckdb.connect(snapshot["path"], read_only=True) as connection:
        assert connection.execute("select count(*) from mart.location").fetchall() == [(1,)]
        offers = connection.execute("select tariff_id, currency, state from mart.offer").fetchall()
    assert ("T1", "EUR", "priced") in offers
