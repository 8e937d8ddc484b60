"""The operator files that are shipped: usable, each fact with a source, in line with the feeds."""

import json
import re
from pathlib import Path

import pytest

from aggregator.domain.evse_id import normalised_evse_id
from aggregator.feeds import load_feeds
from aggregator.operators import Group, Operator, Register, Source, load_evse_aliases, load_operator

DATA = Path(__file__).resolve().parents[2] / "data"
README = (DATA / "operators" / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
ROWS = [row for row in README.splitlines() if row.startswith("|")]
EXPLAINED = {word for row in ROWS for word in re.findall(r"`([a-z_]+)`", row.split("|")[1])}
KEYS = (set(Operator.model_fields) - {"slug"}) | set(Group.model_fields) | set(Source.model_fields)


@pytest.fixture(scope="module")
def register():
    register = Register.load(DATA / "operators")
    assert register.operators
    return register


def test_every_shipped_file_can_be_used_and_none_claims_what_another_does(register):
    assert register.errors == ()
    assert set(register.operators) == {path.stem for path in (DATA / "operators").glob("*.toml")}


@pytest.mark.parametrize(
    ("party", "slug"),
    [
        ("GB*CGY", "char_gy"),
        ("GB*CEV", "clenergy_ev"),
        ("GB*SSM", "evolt"),
        ("GB*GPT", "geniepoint"),
        ("GB*MER", "mer"),
        ("GB*MFL", "mfg_ev_power"),
        ("DE*FAS", "fastned"),
        ("NL*PFG", "powergo"),
        ("FR*GRN", "gaia"),
        ("LT*IBG", "in_balance_grid"),
        ("LT*VSA", "visagino_savivaldybe"),
    ],
)
def test_party_that_a_recording_shows_is_known(register, party, slug):
    assert register.of(*party.split("*"), None).operator.slug == slug


def parties_in(value):
    """Yield the parties that records name, and those that EVSE ids begin with."""
    if isinstance(value, dict):
        if value.get("country_code") and value.get("party_id"):
            yield f"{value['country_code']}*{value['party_id']}"
        if compared := normalised_evse_id(str(value.get("evse_id") or "")):
            yield f"{compared[:2]}*{compared[2:5]}"
        for inner in value.values():
            yield from parties_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parties_in(inner)


def test_every_shipped_party_stands_in_a_recording(register, shared_data):
    folders = ("uk_2026_10", "captures", "lt_2025_03")
    files = [path for name in folders for path in (shared_data / name).rglob("*.json")]
    seen = set()
    for path in files:
        seen.update(parties_in(json.loads(path.read_text(encoding="utf-8-sig"))))
    assert seen
    assert set(register.by_party) - seen == set()


def test_party_of_no_known_owner_is_found_by_the_name_of_its_feed(register):
    found = register.of("AU", "SSM", "Evolt Network")
    assert (found.operator.slug, found.by) == ("evolt", "alias")
    assert register.of("AU", "SSM", None) is None


def test_feeds_and_register_do_not_contradict_each_other(register):
    feeds, _ = load_feeds(DATA / "feeds")
    both = 0
    for feed in feeds.values():
        if feed.operator_name is None or feed.party_id is None or feed.country_code is None:
            continue
        by_party = register.of(feed.country_code, feed.party_id, None)
        by_name = register.of("ZZ", "ZZZ", feed.operator_name)
        if by_party and by_name:
            both += 1
            assert by_party.operator == by_name.operator, feed.feed_id
    assert both >= 6


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_key_of_an_operator_file_is_explained(key):
    assert key in EXPLAINED


def test_nothing_is_explained_that_no_operator_file_may_say():
    assert set() == EXPLAINED - KEYS


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_an_operator_file_that_can_be_used(example, tmp_path):
    path = tmp_path / "an_example.toml"
    path.write_text(example, encoding="utf-8")
    assert load_operator(path).parties


def test_there_are_examples_of_an_operator_and_of_a_hub():
    assert [("hub = true" in example) for example in EXAMPLES] == [False, True]


def test_shipped_evse_aliases_can_be_used():
    assert dict(load_evse_aliases(DATA / "reference")) == {}
