"""`klarpris operators`: the register of operators, and who is missing in it."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from aggregator.cli.output import print_error, print_json, print_line, print_table
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.config import Settings
from aggregator.errors import ConfigError, ReferenceFileError
from aggregator.operators import Operator, Register, load_evse_aliases
from aggregator.store.parties import SeenParty, parties
from aggregator.store.pointer import current_snapshot

app = typer.Typer(help="The register of operators.", no_args_is_help=True)
ByGroup = Annotated[
    bool, typer.Option("--group", help="One row for each group, and each operator without one.")
]
COLUMNS = {"slug": "Operator", "name": "Name", "parties": "Parties", "group": "Group"}
GROUP_COLUMNS = {"group": "Group", "operators": "Operators", "parties": "Parties"}
UNKNOWN_COLUMNS = {
    "party": "Party",
    "operator_name": "Name",
    "connectors": "Connectors",
    "feeds": "Feeds",
}


@app.command("list")
def list_operators(by_group: ByGroup = False, as_json: Json = False) -> None:
    """List the operators with their parties, or the groups with their operators."""
    chosen = chosen_settings(demo=False)
    register = _register(chosen)
    operators = register.operators.values()
    columns = GROUP_COLUMNS if by_group else COLUMNS
    rows = _groups(register) if by_group else [_row(operator) for operator in operators]
    if as_json:
        print_json(rows)
    else:
        _print_rows(f"Operators in {chosen.operators_folder}", columns, rows)
    raise typer.Exit(1 if register.errors else 0)


@app.command("check")
def check(demo: Demo = False, as_json: Json = False) -> None:
    """Look through the operator files, and list the parties of the snapshot that none knows.

    An unknown party is no fault: only a file that cannot be used is.
    """
    chosen = chosen_settings(demo=demo)
    register = _register(chosen)
    wrong = [*register.errors, *_alias_errors(chosen)]
    unknown = _unknown(register, chosen)
    if as_json:
        errors = [str(error) for error in wrong]
        usable = len(register.operators)
        print_json({"operators": usable, "errors": errors, "unknown_parties": unknown})
    else:
        print_line(f"{len(register.operators)} operators can be used, of {chosen.operators_folder}")
        _print_unknown(unknown)
    raise typer.Exit(1 if wrong else 0)


def _register(chosen: Settings) -> Register:
    """Return the register; name what is wrong with its files."""
    folder = chosen.operators_folder
    if not folder.is_dir():
        message = f"{folder}: no such folder of operator files; see KLARPRIS_DATA"
        raise ConfigError(message)
    register = Register.load(folder)
    for error in register.errors:
        print_error(error)
    return register


def _alias_errors(chosen: Settings) -> Iterator[ReferenceFileError]:
    try:
        load_evse_aliases(chosen.reference_folder)
    except ReferenceFileError as error:
        print_error(error)
        yield error


def _unknown(register: Register, chosen: Settings) -> list[dict[str, Any]] | None:
    """Return the parties that no file knows; None where nothing has been published yet."""
    if current_snapshot(chosen.snapshots_folder) is None:
        return None
    return [
        _unknown_row(seen)
        for seen in parties(chosen.snapshots_folder)
        if register.of(seen.country_code, seen.party_id, seen.operator_name) is None
    ]


def _unknown_row(seen: SeenParty) -> dict[str, Any]:
    return {
        "party": f"{seen.country_code}*{seen.party_id}",
        "country_code": seen.country_code,
        "party_id": seen.party_id,
        "operator_name": seen.operator_name,
        "connectors": seen.connectors,
        "feeds": seen.feeds,
    }


def _print_unknown(unknown: list[dict[str, Any]] | None) -> None:
    if unknown is None:
        print_line("Nothing has been published yet, so there are no parties to look for.")
    elif unknown:
        _print_rows("Parties that no file knows", UNKNOWN_COLUMNS, unknown)
    else:
        print_line("Every party of the snapshot is known.")


def _row(operator: Operator) -> dict[str, Any]:
    return {
        "slug": operator.slug,
        "name": operator.name,
        "parties": [str(party) for party in operator.parties],
        "aliases": operator.aliases,
        "hub": operator.hub,
        "group": operator.group.name if operator.group else None,
        "website": operator.website,
        "sources": [source.model_dump(mode="json") for source in operator.sources],
    }


def _groups(register: Register) -> list[dict[str, Any]]:
    """Return a row for each group; an operator without one stands alone."""
    groups: dict[tuple[str | None, str], list[Operator]] = {}
    for operator in register.operators.values():
        name = operator.group.name if operator.group else None
        groups.setdefault((name, "" if name else operator.slug), []).append(operator)
    return [
        {
            "group": name,
            "operators": [operator.slug for operator in operators],
            "parties": [str(party) for operator in operators for party in operator.parties],
        }
        for (name, _), operators in groups.items()
    ]


def _print_rows(title: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
    cells = ([_cell(row[key]) for key in columns] for row in rows)
    print_table(title, list(columns.values()), cells)


def _cell(value: object) -> object:
    return ", ".join(map(str, value)) or None if isinstance(value, list | tuple) else value
