"""Plan files of a test: a folder of their own."""

import pytest

from aggregator.errors import PlanFileError
from aggregator.plans import load_plan
from tests.plans.plan_texts import HEAD, PRICE, SLUGS


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "plans"
    path.mkdir()
    return path


@pytest.fixture
def write(folder):
    """Return a function that writes a plan, with a table of prices if one is given."""

    def written(prices=PRICE, head=HEAD, table=None, slug="someone_plus"):
        path = folder / f"{slug}.toml"
        path.write_text(f"{head}{prices}", encoding="utf-8")
        if table is not None:
            path.with_suffix(".csv").write_text(table, encoding="utf-8")
        return path

    return written


@pytest.fixture
def loaded(write):
    """Return a function that writes and loads a plan."""
    return lambda *arguments, **named: load_plan(write(*arguments, **named), SLUGS)


@pytest.fixture
def plan(loaded):
    """Return a function that writes a plan and returns it as read."""
    return lambda *arguments, **named: loaded(*arguments, **named).plan


@pytest.fixture
def message(write):
    """Return what a plan that cannot be used is told."""

    def told(*arguments, **named):
        path = write(*arguments, **named)
        with pytest.raises(PlanFileError) as caught:
            load_plan(path, SLUGS)
        text = str(caught.value)
        assert "\n" not in text
        return text.removeprefix(f"{path}: ")

    return told
