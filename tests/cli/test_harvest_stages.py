"""A harvest tells scripts how long its stages took."""

import json


def test_a_harvest_tells_what_each_stage_took(klarpris, recordings):
    told = json.loads(klarpris("harvest", "--from", recordings, "--json").stdout)
    assert list(told["stages"]) == ["read", "history", "gather", "price", "write"]
    assert all(seconds > 0 for seconds in told["stages"].values())


def test_a_harvest_that_publishes_nothing_spends_no_time_on_it(klarpris, recordings):
    klarpris("harvest", "--from", recordings)
    again = json.loads(klarpris("harvest", "--from", recordings, "--json").stdout)
    assert again["stages"]["write"] == 0
