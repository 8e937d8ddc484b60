"""What one operator file may say; an unknown key is an error, a fact without a source too."""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from aggregator.domain.country_code import is_country_code
from aggregator.domain.text import one_line

LONGEST_NAME = 200


def _country_code(value: str) -> str:
    if not is_country_code(value):
        message = f"{value!r} is no country: two capital letters, as SE"
        raise ValueError(message)
    return value


def _spelling(value: str) -> str:
    if not value or value != one_line(value):
        message = "write it on one line, with single spaces and none around it"
        raise ValueError(message)
    return value


Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{1,63}$")]
Spelling = Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(_spelling)]
Url = Annotated[str, Field(pattern=r"^https?://[^\s/$.?#@][^\s@]*$", max_length=2000)]


class Party(BaseModel):
    """A party of OCPI: the country in which it is registered, and its id there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country_code: Annotated[str, AfterValidator(_country_code)]
    party_id: Annotated[str, Field(pattern=r"^[A-Z0-9]{3}$")]

    def __str__(self) -> str:
        """Return the party as people write it: SE*ABC."""
        return f"{self.country_code}*{self.party_id}"


class Source(BaseModel):
    """Where a fact stands, the day of what was read there, and what it says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: Url
    read_on: Annotated[date, Field(strict=True)]
    says: Annotated[str, Field(min_length=1, max_length=1000)]


class Group(BaseModel):
    """Whom the operator belongs to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Spelling
    source: Source


class Operator(BaseModel):
    """A company that runs charging points, or a hub that passes on what others run.

    Each key is described where operators are explained to people: data/operators/README.md.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: Slug
    name: Spelling
    parties: tuple[Party, ...] = ()
    aliases: tuple[Spelling, ...] = ()
    hub: bool = False
    group: Group | None = None
    website: Url | None = None
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way of writing the operator's name."""
        return (self.name, *self.aliases)

    @model_validator(mode="after")
    def _has_a_source_for_each_party(self) -> Self:
        said = " ".join(source.says for source in self.sources)
        for party in self.parties:
            if not re.search(rf"(?<!\w){re.escape(str(party))}(?!\w)", said):
                message = f"no source says {party}: write the party into the `says` that proves it"
                raise ValueError(message)
        return self
