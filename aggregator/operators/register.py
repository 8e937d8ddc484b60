"""The register of operators: whose a record is, by its party, else by the name it states."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Self

from aggregator.errors import OperatorFileError
from aggregator.operators.files import load_operator
from aggregator.operators.operator import Operator


class FoundBy(StrEnum):
    """What told whose a record is."""

    PARTY = "party"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True)
class Found:
    """An operator, and what told that it is this one."""

    operator: Operator
    by: FoundBy


@dataclass(frozen=True, slots=True)
class Register:
    """Every operator that a file describes, by slug; and what is wrong with the files.

    What two operators claim belongs to neither: an error names both, and their other facts stay.
    by_party: written as SE*ABC; by_spelling: names and aliases as `spelled` writes them.
    """

    operators: Mapping[str, Operator]
    errors: tuple[OperatorFileError, ...]
    by_party: Mapping[str, Operator]
    by_spelling: Mapping[str, Operator]

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the register of a folder; what cannot be used stands in its `errors`.

        One bad file costs only itself.
        """
        operators: dict[str, Operator] = {}
        errors: list[OperatorFileError] = []
        for path in sorted(folder.glob("*.toml")):
            try:
                operators[path.stem] = load_operator(path)
            except OperatorFileError as error:
                errors.append(error)
        parties = [(str(party), one) for one in operators.values() for party in one.parties]
        names = [(spelled(name), one) for one in operators.values() for name in one.spellings]
        by_party = _unshared("party", parties, folder, errors)
        by_spelling = _unshared("name or alias", names, folder, errors)
        return cls(MappingProxyType(operators), tuple(errors), by_party, by_spelling)

    def of(self, country_code: str, party_id: str, stated_name: str | None) -> Found | None:
        """Return whose a record is; None where no file tells.

        The party counts first: country code and party id together, exactly as written. Where the
        party is a hub's, or no file knows it, the operator's name as the record states it counts,
        whatever the case of its letters and the spaces between its words.
        """
        owner = self.by_party.get(f"{country_code}*{party_id}")
        if owner and not owner.hub:
            return Found(owner, FoundBy.PARTY)
        named = self.by_spelling.get(spelled(stated_name or ""))
        return Found(named, FoundBy.ALIAS) if named and not named.hub else None


def spelled(name: str) -> str:
    """Return a name as names are compared: no capitals, single spaces, composed letters.

    >>> spelled("  STADTWERKE   Tu\u0308bingen ") == spelled("Stadtwerke Tübingen")
    True
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _unshared(
    what: str,
    claims: Iterable[tuple[str, Operator]],
    folder: Path,
    errors: list[OperatorFileError],
) -> Mapping[str, Operator]:
    """Return what one operator alone claims; what several do is added to the errors."""
    claimants: defaultdict[str, dict[str, Operator]] = defaultdict(dict)
    for claim, operator in claims:
        claimants[claim][operator.slug] = operator
    for claim, several in claimants.items():
        if len(several) > 1:
            first, *others = (folder / f"{slug}.toml" for slug in several)
            also = " and ".join(str(path) for path in others)
            message = f"{first}: {what} '{claim}' is claimed by {also} too: only one can have it"
            errors.append(OperatorFileError(message))
    return MappingProxyType(
        {claim: next(iter(one.values())) for claim, one in claimants.items() if len(one) == 1}
    )
