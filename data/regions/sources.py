"""What the packages call things: codes of countries, levels and names of regions."""

import csv
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

# What has no code of its own in ISO 3166-1, by Wikidata: to which country it is counted here.
COUNTED_TO = {
    "Q7835": "UKR",  # Crimea, as the United Nations see it
    "Q23681": "CYP",  # Northern Cyprus
    "Q9206745": "CYP",  # Akrotiri, a British base; its chargers are Cyprus's to drivers
    "Q9143535": "CYP",  # Dhekelia, the same
}
KOSOVO = "XKK"
ENTRY = re.compile(
    r"code: '(?P<code>[^']+)',\s*name: (?:'(?P<one>(?:[^'\\]|\\.)*)'|\"(?P<two>[^\"]*)\")"
)
ALSO = ("name_alt", "name_local", "woe_name", "gn_name")


def codes_of(features: list[dict]) -> dict[str, str]:
    """Return ISO 3166-1 alpha-3 by Wikidata id for each feature that belongs to a country."""
    every = [feature["properties"] for feature in features]
    official = {
        one["iso1A2"]: KOSOVO if one["iso1A2"] == "XK" else one["iso1A3"]
        for one in every
        if one.get("isoStatus", "official") != "excRes" and "iso1A3" in one
    }
    found = {}
    for one in every:
        above = [one.get("iso1A2"), *one.get("groups", []), one.get("country")]
        named = COUNTED_TO.get(one["wikidata"]) or next(
            (official[code] for code in above if code in official), None
        )
        if named and named != "ATA":
            found[one["wikidata"]] = named
    return found


def names_of_level(folder: Path, level: dict[str, str]) -> Iterator[tuple[str, dict]]:
    """Yield each feature of a country with the name of the region that it belongs to."""
    for stem in level["files"].split():
        text = (folder / f"{stem}.json").read_text(encoding="utf-8")
        for feature in json.loads(text)["features"]:
            name = _region(feature["properties"], level["grouped_by"])
            if name and feature["geometry"]:
                yield name, feature


def _region(properties: dict, grouped_by: str) -> str | None:
    if grouped_by == "nation" and properties["geonunit"] not in {"England", None}:
        return properties["geonunit"]
    return properties["name" if grouped_by == "name" else "region"]


class Subdivisions:
    """Names as they are shown, and their ISO 3166-2 codes."""

    def __init__(self, iso_3166: Path, names: Path) -> None:
        """Read the list of npm iso-3166 and the corrections of names.csv."""
        text = (iso_3166 / "2.js").read_text(encoding="utf-8")
        self._codes: dict[tuple[str, str], str] = {}
        for entry in ENTRY.finditer(text):
            name = (entry["one"] or entry["two"]).replace("\\'", "'")
            key = (entry["code"][:2], folded(name))
            codes = (entry["code"], self._codes.get(key, entry["code"]))
            self._codes[key] = min(codes, key=len)  # of a county and its town, the county
        self._alpha_2 = _alpha_2(iso_3166)
        with names.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self._names = {(row["country"], row["source_name"]): row["name"] for row in rows}
        self._iso = {(row["country"], row["name"]): row["iso_3166_2"] for row in rows}
        self._used = set(self._iso.values())

    def name(self, country: str, stated: str) -> str:
        """Return the name of a region, misspellings of the source corrected."""
        return self._names.get((country, stated), stated)

    def iso(self, country: str, name: str, told: Sequence[dict], grouped_by: str) -> str | None:
        """Return the ISO 3166-2 code of a region by any of its names; None where none fits."""
        if (country, name) in self._iso:
            return self._iso[country, name] or None
        spellings = [name]
        if grouped_by == "name":
            spellings += [s for one in told for key in ALSO for s in (one[key] or "").split("|")]
        alpha_2 = self._alpha_2.get(country, "")
        codes = (self._codes.get((alpha_2, folded(one))) for one in spellings if one)
        code = next((code for code in codes if code and code not in self._used), None)
        self._used.add(code or "")
        return code

    def slug(self, country: str, name: str) -> str:
        """Return a code of our own: the country's and the letters of the name."""
        return f"{country}-{folded(name)}"


def _alpha_2(iso_3166: Path) -> dict[str, str]:
    text = (iso_3166 / "1-a3-to-1-a2.js").read_text(encoding="utf-8")
    return dict(re.findall(r"'?([A-Z]{3})'?: '([A-Z]{2})'", text))


def folded(name: str) -> str:
    """Return a name's letters and digits, without case and accents."""
    split = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in split if sign.isalnum())
