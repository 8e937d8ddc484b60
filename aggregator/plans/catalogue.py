"""Every plan that a file describes, and what is wrong with the files."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Self

from aggregator.errors import PlanFileError
from aggregator.plans.files import load_plan
from aggregator.plans.plan import Plan


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans by slug. warnings: one line each, on plans that can be used nevertheless."""

    plans: Mapping[str, Plan]
    errors: tuple[PlanFileError, ...]
    warnings: tuple[str, ...]

    @classmethod
    def load(cls, folders: Sequence[Path], slugs: Collection[str]) -> Self:
        """Return the plans of some folders; what cannot be used stands in `errors`.

        One bad file costs only itself. Of files with one name that of the last folder counts, even
        if it cannot be used: whoever replaced a plan does not want the old one.

        Args:
            folders: of TOML files; one that does not exist has none.
            slugs: of the operators that there are.
        """
        plans: dict[str, Plan] = {}
        errors: list[PlanFileError] = []
        warnings: list[str] = []
        for path in plan_files(folders):
            try:
                loaded = load_plan(path, slugs)
            except PlanFileError as error:
                errors.append(error)
            else:
                plans[path.stem] = loaded.plan
                warnings += loaded.warnings
        errors += lonely_tables(folders)
        return cls(MappingProxyType(plans), tuple(errors), tuple(warnings))

    def shown(self, *, demo: bool) -> Self:
        """Return the plans to show: invented ones in the demonstration only."""
        plans = {slug: plan for slug, plan in self.plans.items() if demo or not plan.synthetic}
        return replace(self, plans=MappingProxyType(plans))


def plan_files(folders: Sequence[Path]) -> list[Path]:
    """Return the TOML files of some folders by name; of equal names that of the last folder."""
    by_name = {path.name: path for folder in folders for path in folder.glob("*.toml")}
    return [by_name[name] for name in sorted(by_name)]


def lonely_tables(folders: Sequence[Path]) -> list[PlanFileError]:
    """Return an error for each table of prices that belongs to no plan."""
    return [
        PlanFileError(f"{path}: there is no {path.stem}.toml beside it that says whose prices")
        for folder in folders
        for path in sorted(folder.glob("*.csv"))
        if not path.with_suffix(".toml").exists()
    ]
