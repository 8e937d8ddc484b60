"""`klarpris harvest --accept-shrink`: a person says that what is missing is gone."""

import json

from tests.formats.raw_records import raw_location, raw_tariff


def test_what_lacks_too_much_is_held_until_it_is_confirmed(klarpris, tmp_path):
    folder = tmp_path / "recording"
    folder.mkdir()

    def write(count):
        locations = [raw_location(id=f"L{number}") for number in range(count)]
        content = json.dumps({"locations": locations, "tariffs": [raw_tariff()]})
        (folder / "one.json").write_text(content)

    write(100)
    assert klarpris("harvest", "--from", folder).returncode == 0
    write(10)
    held = klarpris("harvest", "--from", folder)
    assert held.returncode == 1
    assert "--accept-shrink" in held.stdout
    confirmed = klarpris("harvest", "--from", folder, "--accept-shrink", "--json")
    assert confirmed.returncode == 0
    assert json.loads(confirmed.stdout)["feeds"][0]["objects"]["location"]["ended"] == 90
