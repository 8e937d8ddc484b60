"""The catalogue and the code agree: nothing is missing, nothing is left over."""

import ast
import re
from inspect import getsource
from pathlib import Path

import pytest

import aggregator
import dashboard
from aggregator.comparing.area_totals import OTHER_PAYMENT
from aggregator.comparing.parts import LIMIT
from aggregator.comparing.price_book import OF_THE_SESSION
from aggregator.pricing import soundness
from aggregator.pricing.bill_warning import BillWarning
from aggregator.store import queries
from dashboard.choosing.charge_controls import KWH, LATER, SOC
from dashboard.choosing.charge_filters import BOUNDS, NOW, PRESETS
from dashboard.choosing.filters import METHODS, POWERS, SORTS
from dashboard.frame.price_class import CLASSES, NO_PRICE
from dashboard.wording.language import catalogue, languages

SOURCES = sorted(Path(dashboard.__file__).parent.rglob("*.py"))
DOUBTS = getsource(soundness)  # what a comparison leaves out
AGGREGATOR = sorted(
    file
    for file in Path(aggregator.__file__).parent.rglob("*.py")
    if not file.name.startswith("cdr")  # a CDR is no offer
)
SQL = sorted((Path(queries.__file__).parent / "sql").rglob("*.sql"))
KEYS = catalogue("en")
KEY = re.compile(r"[a-z]+\.\w+")
CODE = re.compile(r"[a-z]+(_[a-z]+)+")
NO_REASONS = {"priced", "free", "not_computable"}


def strings(files):
    """Yield every string of the sources; what an f-string fills in is a star."""
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(
                    part.value if isinstance(part, ast.Constant) else "*" for part in node.values
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def used_keys():
    """Return the keys that the code names, and the patterns by which it names families."""
    sections = {key.partition(".")[0] for key in KEYS}
    named = {s for s in strings(SOURCES) if s.partition(".")[0] in sections}
    keys = {s for s in named if KEY.fullmatch(s)}
    families = {s for s in named if re.fullmatch(r"[a-z]+\.[\w*]*\*[\w*]*", s)}
    return keys, families


def shown_directly():
    """Return keys whose last part is a code in a tuple, as (start_fee, ...) of the chips."""
    return set(strings(SOURCES))


def test_every_key_in_the_code_has_a_text():
    keys, _ = used_keys()
    assert len(keys) > 50
    assert keys <= set(KEYS)


def test_every_text_is_used():
    keys, families = used_keys()
    assert families
    patterns = [re.compile(family.replace(".", r"\.").replace("*", r"\w+")) for family in families]
    unused = {k for k in KEYS if k not in keys and not any(p.fullmatch(k) for p in patterns)}
    assert unused == set()


@pytest.mark.parametrize("section", ["standard", "reason", "class", "chip"])
def test_every_text_is_in_a_section_that_is_not_empty(section):
    assert any(key.startswith(f"{section}.") for key in KEYS)


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("power", POWERS),
        ("sort", SORTS),
        ("preset", PRESETS),
        ("charge", [*BOUNDS, NOW, LATER]),
        ("by", [KWH, SOC]),
        ("title", ["near", "country", "phone"]),
        ("ranked", SORTS),
        ("part", ["flat", "time", "parking_time", LIMIT, "limit_off"]),
        ("parameter", [*BOUNDS, "at", "place", "country", "km", "type", "power", "kw", "pay"]),
        ("method", METHODS),
        ("method", [f"{code}_words" for code in METHODS]),
        ("state", ["ok", "attention", "failed", "running", "waiting"]),
        ("view", ["list", "map", "chart"]),
        ("chip", {method for methods in METHODS.values() for method in methods} - {"free"}),
    ],
)
def test_every_code_of_a_family_has_a_text(section, codes):
    assert {f"{section}.{code}" for code in codes} <= set(KEYS)


def test_every_price_class_has_a_word():
    assert {step.word for step in (*CLASSES, NO_PRICE)} <= set(KEYS)


def reason_codes():
    """Return the codes that pricing and publishing refuse with and those that the marts give."""
    refused = {
        argument.value
        for file in AGGREGATOR
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"NotComputable", "Quote"}
        for argument in node.args
        if isinstance(argument, ast.Constant) and CODE.fullmatch(str(argument.value))
    }
    refused |= OF_THE_SESSION | {OTHER_PAYMENT}
    refused |= {BillWarning[name].value for name in re.findall(r"BillWarning\.(\w+)", DOUBTS)}
    marts = {
        code
        for file in SQL
        for query in [file.read_text(encoding="utf-8")]
        if "missing_because" in query or "as reason" in query
        for code in re.findall(r"(?:then|else) '([a-z_]+)'", query)
    }
    return refused, marts - NO_REASONS


def test_every_reason_for_a_missing_price_has_words():
    refused, marts = reason_codes()
    assert len(refused) >= 5
    assert marts >= {"no_tariff_id", "tariff_not_in_feed", "tariff_refused"}
    assert len(refused | marts) >= 8
    missing = {c for c in refused | marts if f"reason.{c}" not in KEYS} - {"ac", "dc", "hpc"}
    assert missing == set()


def test_every_reason_in_words_can_occur():
    refused, marts = reason_codes()
    assert {k.partition(".")[2] for k in KEYS if k.startswith("reason.")} - {"unknown"} <= (
        refused | marts
    )


def test_no_text_shouts_or_holds_markup():
    for words in KEYS.values():
        assert "!" not in words
        assert "<" not in words
        assert "**" not in words


PLACEHOLDER = re.compile(r"\{(\w*)\}")


@pytest.mark.parametrize("code", sorted(languages()))
def test_every_language_has_every_text_with_its_values(code):
    there = catalogue(code)
    assert set(there) == set(KEYS)
    wrong = {
        key
        for key, words in KEYS.items()
        if sorted(PLACEHOLDER.findall(there[key])) != sorted(PLACEHOLDER.findall(words))
    }
    assert wrong == set()
    assert not any("!" in words or "<" in words for words in there.values())
