"""The plans that are shipped, and what README.md says of their format."""

import re
from pathlib import Path

import pytest

from aggregator.plans import Plan, Plans, PriceEntry, load_plan, operator_slugs, price_list_for
from tests.plans.plan_texts import HEAD

DATA = Path(__file__).resolve().parents[2] / "data"
README = (DATA / "plans" / "README.md").read_text(encoding="utf-8")
TOML = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
CSV = re.findall(r"```csv\n(.*?)```", README, re.DOTALL)
ROWS = [row for row in README.splitlines() if row.startswith("|")]
EXPLAINED = {word for row in ROWS for word in re.findall(r"`([a-z_]+)`", row.split("|")[1])}
KEYS = set(Plan.model_fields) - {"slug", "price_entries"} | {"price"} | set(PriceEntry.model_fields)
SLUGS = operator_slugs(DATA / "operators")


@pytest.fixture(scope="module")
def shipped():
    found = Plans.load([DATA / "plans"], SLUGS)
    assert found.plans
    return found


def test_every_shipped_plan_can_be_used_as_it_is(shipped):
    assert (shipped.errors, shipped.warnings) == ((), ())
    assert set(shipped.plans) == {path.stem for path in (DATA / "plans").glob("*.toml")}


def test_shipped_plans_are_invented_and_say_so(shipped):
    for plan in shipped.plans.values():
        assert plan.synthetic
        assert plan.name.startswith("Example ")
        assert plan.provider.startswith("Example ")


@pytest.mark.parametrize("power_class", ["ac", "mid", "dc", "hpc"])
def test_shipped_plans_have_a_price_for_every_charger_in_their_countries(shipped, power_class):
    for plan in shipped.plans.values():
        for country in plan.countries:
            assert price_list_for(plan, None, power_class, country)


def test_readme_explains_every_key_and_no_other():
    assert EXPLAINED == KEYS


@pytest.mark.parametrize("text", TOML)
def test_examples_in_the_readme_can_be_used(tmp_path, text):
    path = tmp_path / "example.toml"
    path.write_text(text, encoding="utf-8")
    assert load_plan(path, SLUGS).warnings == ()


@pytest.mark.parametrize("text", CSV)
def test_tables_in_the_readme_can_be_used(tmp_path, text):
    path = tmp_path / "example.toml"
    path.write_text(HEAD, encoding="utf-8")
    path.with_suffix(".csv").write_text(text, encoding="utf-8")
    assert load_plan(path, SLUGS).warnings == ()


def test_readme_has_examples():
    assert TOML
    assert CSV
