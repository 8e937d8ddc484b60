"""What a check found, as plain values: for people, for scripts, and for the proposed feed file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from aggregator.domain.problem import ObjectType

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Counts:
    """Records of one type. repeated: kept ones whose id came before."""

    object_type: ObjectType
    received: int
    kept: int
    rejected: int
    repeated: int


@dataclass(frozen=True, slots=True)
class ModuleFound:
    """How one module was delivered.

    way: how its pages follow each other, in words. largest_page: records in the fullest one.
    total: records that the server announces. is_partial: the check stopped before the end.
    """

    module: str
    address: str
    way: str
    documents: int
    records: int
    largest_page: int
    total: int | None
    server_limit: int | None
    is_partial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How the records are written.

    records_at: for each type of record the paths of its lists. packed: gzip or zip, in the
    documents themselves. The figures count what was read: connectors whose power was in kW, times
    without an offset, tariffs by currency, type and price basis, price components that state VAT.
    """

    records_at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    packed: tuple[str, ...] = ()
    other_spelling: int = 0
    geojson: bool = False
    inline_tariffs: int = 0
    missing_modules: tuple[str, ...] = ()
    power_in_kw: int = 0
    times_without_offset: int = 0
    currencies: Mapping[str, int] = field(default_factory=dict)
    tariff_types: Mapping[str, int] = field(default_factory=dict)
    price_bases: Mapping[str, int] = field(default_factory=dict)
    price_components: int = 0
    price_components_with_vat: int = 0
    connectors: int = 0
    connectors_naming_a_tariff: int = 0
    connectors_naming_a_known_tariff: int = 0


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """Records refused, or values read differently, for one reason; the first of them as example."""

    kind: str
    object_type: ObjectType
    code: str
    reason: str
    count: int
    json_path: str
    example: str


@dataclass(frozen=True, slots=True)
class Party:
    """One operator. names: what its locations call it, the most frequent first."""

    party: str
    names: tuple[str, ...]
    locations: int
    evses: int
    connectors: int
    tariffs: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A feed file. to_fill_in: what the check cannot know."""

    feed_id: str
    text: str
    to_fill_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What one check found.

    version_how: agreed, stated or guessed. limits: headers that speak of a rate limit, and how
    often the server refused for it. attention: what somebody should look at.
    """

    subject: str
    ocpi_version: str | None
    version_how: str
    access: str
    modules: tuple[ModuleFound, ...]
    counts: tuple[Counts, ...]
    dialect: Dialect
    problems: tuple[ProblemKind, ...]
    problem_kinds: int
    parties: tuple[Party, ...]
    limits: Mapping[str, str]
    attention: tuple[str, ...]
    notes: tuple[str, ...]
    documents: int
    size_bytes: int
    proposal: Proposal

    @property
    def kept(self) -> int:
        """Records that a harvest would keep."""
        return sum(one.kept for one in self.counts)

    @property
    def kept_locations(self) -> int:
        """Locations that a harvest would keep."""
        return sum(one.kept for one in self.counts if one.object_type is ObjectType.LOCATION)

    @property
    def is_partial(self) -> bool:
        """Whether there is more than was read."""
        return any(module.is_partial for module in self.modules)

    @property
    def needs_attention(self) -> bool:
        """Whether nothing could be kept, or somebody should look at how it came."""
        return not self.kept or bool(self.attention)


def cleaned(value: Value, clean: Callable[[str], str]) -> Value:
    """Return a value of plain data with every text in it cleaned."""
    return _cleaned(value, clean)  # type: ignore[no-any-return]


def _cleaned(value: Any, clean: Callable[[str], str]) -> Any:  # noqa: ANN401 - plain data
    if isinstance(value, ObjectType):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(inner, clean) for inner in value)
    if isinstance(value, Mapping):
        return {clean(str(key)): _cleaned(inner, clean) for key, inner in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        names = [one.name for one in fields(value)]
        return replace(value, **{name: _cleaned(getattr(value, name), clean) for name in names})
    return value
