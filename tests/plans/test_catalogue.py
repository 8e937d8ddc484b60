"""All plans of several folders: one bad file costs only itself, the user's own file wins."""

import pytest

from aggregator.plans import Plans
from tests.plans.plan_texts import HEAD, PRICE, SLUGS


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own"
    path.mkdir()
    return path


def test_bad_file_costs_only_itself(write, folder):
    write(slug="good")
    write("[[price]]\nper_kwh = -1\n", slug="bad")
    found = Plans.load([folder], SLUGS)
    assert list(found.plans) == ["good"]
    (error,) = found.errors
    assert str(error).startswith(f"{folder / 'bad.toml'}: line ")


def test_folder_that_is_not_there_has_no_plans(write, folder, own):
    write()
    own.rmdir()
    found = Plans.load([folder, own], SLUGS)
    assert list(found.plans) == ["someone_plus"]
    assert found.errors == ()


def test_own_file_takes_the_place_of_a_shipped_one(write, folder, own):
    text = write().read_text(encoding="utf-8")
    (own / "someone_plus.toml").write_text(text.replace("0.49", "0.39"), encoding="utf-8")
    found = Plans.load([folder, own], SLUGS)
    assert str(found.plans["someone_plus"].price_entries[0].per_kwh) == "0.39"


def test_own_file_at_fault_does_not_bring_the_shipped_one_back(write, folder, own):
    write()
    (own / "someone_plus.toml").write_text("name = 1\n", encoding="utf-8")
    found = Plans.load([folder, own], SLUGS)
    assert (list(found.plans), len(found.errors)) == ([], 1)


def test_table_belongs_to_the_file_beside_it(write, folder, own):
    write("", table="per_kwh\n1\n")
    (own / "someone_plus.csv").write_text("per_kwh\n2\n", encoding="utf-8")
    found = Plans.load([folder, own], SLUGS)
    assert found.plans["someone_plus"].price_entries[0].per_kwh == 1
    (error,) = found.errors
    assert "there is no someone_plus.toml beside it" in str(error)


def test_fault_in_a_table_leaves_nothing_of_the_plan(write, folder):
    write("", table="per_kwh\n1\nx\n")
    found = Plans.load([folder], SLUGS)
    assert (dict(found.plans), len(found.errors)) == ({}, 1)


def test_invented_plans_are_shown_in_the_demonstration_only(write, folder):
    write(slug="real")
    write(head=f"synthetic = true\n{HEAD}", slug="made_up")
    found = Plans.load([folder], SLUGS)
    assert list(found.shown(demo=False).plans) == ["real"]
    assert list(found.shown(demo=True).plans) == ["made_up", "real"]


def test_warnings_name_their_file(write, folder):
    path = write(f"{PRICE}{PRICE}")
    (warning,) = Plans.load([folder], SLUGS).warnings
    assert warning.startswith(f"{path}: line ")


def test_plans_cannot_be_changed(write, folder):
    write()
    with pytest.raises(TypeError):
        Plans.load([folder], SLUGS).plans["other"] = None
