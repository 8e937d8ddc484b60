"""What a check of a feed found, in words for people; feed text as it is, never as markup."""

from collections.abc import Iterator, Mapping

from aggregator.checking import CheckReport
from aggregator.cli.output import console, print_line, print_table
from aggregator.domain.problem import ObjectType

LONGEST_EXAMPLE = 60
MOST_PARTIES = 20
PLURALS = {
    ObjectType.LOCATION: "locations",
    ObjectType.EVSE: "EVSEs",
    ObjectType.CONNECTOR: "connectors",
    ObjectType.TARIFF: "tariffs",
}


def print_report(report: CheckReport) -> None:
    """Print what was found, what needs attention, and the proposed feed file."""
    print_line(f"{report.subject}: {_in_short(report)}")
    for text in report.attention:
        print_line(f"Attention: {text}")
    for text in report.notes:
        print_line(f"Note: {text}")
    print_table("", ("What", "Found"), _facts(report))
    _print_modules(report)
    print_table(
        "Records",
        ("Object", "Received", "Kept", "Rejected", "Repeated"),
        (
            (PLURALS[o.object_type], o.received, o.kept, o.rejected, o.repeated)
            for o in report.counts
        ),
    )
    _print_problems(report)
    _print_parties(report)
    if report.kept:
        console.print(f"\nProposed as {report.proposal.feed_id}.toml:\n", markup=False)
        console.print(report.proposal.text, markup=False, highlight=False, soft_wrap=True)


def _in_short(report: CheckReport) -> str:
    if not report.kept:
        return "nothing could be kept"
    part = "; there may be more (--all reads everything)" if report.is_partial else ""
    return f"{report.kept:,} records could be kept{part}"


def _facts(report: CheckReport) -> Iterator[tuple[str, str]]:
    dialect = report.dialect
    yield "OCPI version", f"{report.ocpi_version or 'unknown'} ({report.version_how})"
    yield "Way in", report.access
    if report.limits:
        yield "Rate limit", _listed(report.limits)
    for kind, paths in dialect.records_at.items():
        yield f"Where {kind}s stand", ", ".join(paths)
    for what, is_so in (
        ("packed", ", ".join(dialect.packed)),
        ("GeoJSON", "yes" if dialect.geojson else ""),
        ("other spelling of keys", _counted(dialect.other_spelling, "objects, as camelCase")),
        ("tariffs inside locations", _counted(dialect.inline_tariffs, "tariffs")),
        ("missing", ", ".join(dialect.missing_modules)),
        ("kW where W belongs", _counted(dialect.power_in_kw, "connectors")),
        ("times without offset", _counted(dialect.times_without_offset, "times")),
        ("currencies", _listed(dialect.currencies)),
        ("tariff types", _listed(dialect.tariff_types)),
    ):
        if is_so:
            yield what[:1].upper() + what[1:], is_so
    if dialect.price_components:
        stated = _share(dialect.price_components_with_vat, dialect.price_components)
        yield "VAT rate stated", f"{stated} of price components"
        yield "Tax basis of tariffs", _listed(dialect.price_bases)
    if dialect.connectors:
        named = _share(dialect.connectors_naming_a_tariff, dialect.connectors)
        known = _share(dialect.connectors_naming_a_known_tariff, dialect.connectors)
        yield "Connectors naming a tariff", f"{named}; one that was read: {known}"


def _print_modules(report: CheckReport) -> None:
    columns = ("Module", "Pages", "Records", "Per page", "Announced", "Next pages", "More")
    rows = [
        (m.module, m.documents, m.records, m.largest_page, m.total, m.way, m.is_partial)
        for m in report.modules
    ]
    print_table("Documents", columns, rows)
    for one in report.modules:
        if one.address and one.address != one.module:
            print_line(f"{one.module}: {one.address}")


def _print_problems(report: CheckReport) -> None:
    if not report.problems:
        console.print("No record was refused or read differently.")
        return
    shown = len(report.problems)
    title = f"Problems: {shown} of {report.problem_kinds} kinds, with an example each"
    print_table(
        title,
        ("Kind", "Object", "Count", "Reason", "Where", "Example"),
        (
            (one.kind, one.object_type, one.count, one.reason, one.json_path, _short(one.example))
            for one in report.problems
        ),
    )


def _print_parties(report: CheckReport) -> None:
    rows = [
        (one.party, ", ".join(one.names), one.locations, one.evses, one.connectors, one.tariffs)
        for one in report.parties[:MOST_PARTIES]
    ]
    more = len(report.parties) - len(rows)
    title = f"Operators: the largest, and {more:,} more" if more else "Operators"
    print_table(title, ("Party", "Name", "Locations", "EVSEs", "Connectors", "Tariffs"), rows)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_EXAMPLE else text[: LONGEST_EXAMPLE - 1] + "…"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count else ""


def _listed(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} % ({part:,} of {whole:,})"
