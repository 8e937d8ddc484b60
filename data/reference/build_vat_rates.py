"""Build vat_rates.csv of this folder from two Python packages; README.md says what they are.

    pip install --no-deps --target PACKAGES eu-vat-rates-data==2026.9.29 duty27-eu-vat==0.1.0
    python data/reference/build_vat_rates.py PACKAGES [OUTPUT]

The European Union's rates come by date from duty27-eu-vat. The one that holds now must be the one
that eu-vat-rates-data has; where it is another, its row is left out, and the line printed here goes
into the list of holes in README.md. Other countries' rates are in eu-vat-rates-data only, which has
no dates: they count from the day of its data. Running it twice gives the same bytes.
"""

import ast
import csv
import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS = ("country", "rate", "kind", "valid_from", "valid_to", "source", "read_on")
READ_ON = "2026-11-22"
DATED = "duty27-eu-vat 0.1.0"
CURRENT = "eu-vat-rates-data 2026.9.29"
ALPHA_2 = {"EL": "GR"}
NO_COUNTRY = {"XI"}  # Northern Ireland, for goods
Row = tuple[str, str, str, str, str, str, str]


def dated_rates(packages: Path) -> dict[str, list[tuple[str, Decimal]]]:
    """Return by country (first day, rate in per cent), oldest first; the module is not run."""
    text = (packages / "duty27_eu_vat" / "_data.py").read_text(encoding="utf-8")
    (data,) = (
        node.value
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DATA"
    )
    return {
        ALPHA_2.get(code, code): [(day, Decimal(rate)) for day, rate in changes]
        for code, _, changes in ast.literal_eval(data)
    }


def current_rates(packages: Path) -> tuple[str, dict[str, tuple[Decimal, bool]]]:
    """Return the day of the data and by country (rate in per cent, whether in the EU)."""
    path = packages / "eu_vat_rates_data" / "eu_vat_rates_data.json"
    data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    rates = {
        ALPHA_2.get(code, code): (Decimal(entry["standard"]), entry["eu_member"])
        for code, entry in data["rates"].items()
        if code not in NO_COUNTRY
    }
    return data["version"], rates


def union_rows(
    country: str, changes: list[tuple[str, Decimal]], current: Decimal | None
) -> Iterator[Row]:
    """Yield the rows of a member state; the open one only where both packages have it."""
    for (day, rate), (until, _) in pairwise(changes):
        yield row(country, rate, day, until, DATED)
    day, rate = changes[-1]
    if rate == current:
        yield row(country, rate, day, "", f"{DATED}; now: {CURRENT}")


def row(country: str, percent: Decimal, first: str, until: str, source: str) -> Row:
    """Return a line of the table."""
    rate = re.sub(r"\.?0+$", "", f"{percent / 100:f}")
    return (country, rate, "standard", first, until, source, READ_ON)


def holes(
    dated: dict[str, list[tuple[str, Decimal]]], current: dict[str, tuple[Decimal, bool]]
) -> Iterator[str]:
    """Yield in words where the packages disagree."""
    members = {country for country, (_, in_union) in current.items() if in_union}
    for country in sorted(members | dated.keys()):
        then = dated[country][-1] if country in dated else None
        now = current[country][0] if country in current else None
        if then is None or then[1] != now:
            was = f"{then[1]} % since {then[0]}" if then else "nothing"
            yield f"{country}: {DATED} says {was}, {CURRENT} {f'{now} %' if now else 'nothing'}"


def table(packages: Path) -> tuple[list[Row], list[str]]:
    """Return the rows in the order of the countries, and the holes."""
    dated = dated_rates(packages)
    since, current = current_rates(packages)
    rows: list[Row] = []
    for country in sorted(dated.keys() | current.keys()):
        now, in_union = current.get(country, (None, True))
        if country in dated:
            rows += union_rows(country, dated[country], now)
        elif now is not None and not in_union:
            rows.append(row(country, now, since, "", CURRENT))
    return rows, list(holes(dated, current))


def main(packages: Path, output: Path) -> None:
    """Write the table; print the holes."""
    rows, missing = table(packages)
    with output.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    sys.stdout.writelines(f"{hole}\n" for hole in missing)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else HERE / "vat_rates.csv")
