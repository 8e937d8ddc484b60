"""The feed files that are shipped, and what a feed file that cannot be used is told."""

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from aggregator.errors import FeedFileError
from aggregator.feeds import SourceKind, load_feed, load_feeds

FOLDER = Path(__file__).resolve().parents[2] / "data" / "feeds"
WITH_PRICES = {
    "arnold_clark_charge",
    "be_road",
    "chargeplace_scotland",
    "chargy",
    "clenergy_ev",
    "evolt",
    "fi_fintraffic",
    "geniepoint",
    "lt_via_lietuva",
    "mer_uk",
    "mfg_ev_power",
    "nl_ndw",
    "pogo",
}
WITHOUT_PRICES = {"herrenberg", "mobidata_bw", "pforzheim", "sw_stuttgart", "tuebingen"}
NEEDS_ACCESS = {
    "eco_movement_pcpr",
    "gridserve",
    "instavolt",
    "jolt_uk",
    "ludwigsburg",
    "pbw_eaaze",
    "pod_point",
    "tesla",
}
NEEDS_A_JOIN = {"gr_myfah"}
OF_OTHERS = {  # national access points, re-publishers and a back office: not the operators' own
    "be_road",
    "fi_fintraffic",
    "gr_myfah",
    "herrenberg",
    "lt_via_lietuva",
    "mobidata_bw",
    "nl_ndw",
}
UNDECIDED = {"eco_movement_pcpr"}  # a host of operators' own data; the token says whose
# An address may hold the id of a public document; nothing else needs a long run like this.
TOKEN_LIKE = re.compile(r"(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{24,}")
SECRET_NAME = re.compile(r"auth|token|secret|password|api.?key|subscription", re.IGNORECASE)

GOOD = """
name = "Stadtwerke Musterstadt"
source = "ocpi_file"
url = "https://example.org/ocpi/tariffs.json"
licence = "CC-BY-4.0"
"""


@pytest.fixture(scope="module")
def feeds():
    feeds, errors = load_feeds(FOLDER)
    assert not errors
    assert feeds
    return feeds


@pytest.fixture
def message(tmp_path):
    """Return what a feed file of this content is told."""

    def told(content, name="de_xyz.toml"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        with pytest.raises(FeedFileError) as caught:
            load_feed(path)
        text = str(caught.value)
        assert "\n" not in text
        assert text.startswith(str(path))
        return text.removeprefix(f"{path}: ")

    return told


def test_every_shipped_feed_file_can_be_used(feeds):
    assert set(feeds) == WITH_PRICES | WITHOUT_PRICES | NEEDS_ACCESS | NEEDS_A_JOIN
    assert len(feeds) == 27


def test_every_shipped_feed_names_whose_data_it_is(feeds):
    assert [feed_id for feed_id, feed in feeds.items() if not feed.attribution] == []
    assert [feed_id for feed_id, feed in feeds.items() if not feed.licence.strip()] == []


def test_disabled_feeds_say_why_and_what_to_do(feeds):
    disabled = {feed_id: feed for feed_id, feed in feeds.items() if not feed.enabled}
    assert set(disabled) == NEEDS_ACCESS | NEEDS_A_JOIN
    assert all(feed.notes.startswith("Disabled: ") for feed in disabled.values())
    for feed_id in NEEDS_ACCESS:
        feed = feeds[feed_id]
        assert feed.documentation_url, feed_id
        assert "set enabled = true" in feed.notes, feed_id
        assert feed.variables, feed_id
        assert all(variable in feed.notes for variable in feed.variables), feed_id


def test_enabled_feeds_need_no_secret(feeds):
    assert [feed_id for feed_id, feed in feeds.items() if feed.enabled and feed.variables] == []


def test_no_shipped_feed_claims_to_be_proven_or_to_be_made_up(feeds):
    assert [feed_id for feed_id, feed in feeds.items() if feed.verified or feed.synthetic] == []


def test_feeds_without_prices_say_so(feeds):
    for feed_id in WITHOUT_PRICES:
        assert feeds[feed_id].notes.startswith("No prices"), feed_id
        assert not feeds[feed_id].tariffs_url, feed_id


def test_limits_that_operators_publish_are_kept(feeds):
    assert feeds["eco_movement_pcpr"].requests_per_hour == 30
    assert feeds["instavolt"].requests_per_day == 96
    assert feeds["gridserve"].pace_seconds > 30


def test_operators_own_feeds_stand_above_those_of_others(feeds):
    priorities = {feed_id: feed.priority for feed_id, feed in feeds.items()}
    assert {feed_id for feed_id, priority in priorities.items() if priority == 30} == OF_OTHERS
    assert {feed_id for feed_id, priority in priorities.items() if priority == 50} == UNDECIDED
    own = set(feeds) - OF_OTHERS - UNDECIDED
    assert {priorities[feed_id] for feed_id in own} == {70}


def test_tariffs_of_another_feed_are_named_by_feeds_of_the_same_host(feeds):
    linked = {feed_id: feed for feed_id, feed in feeds.items() if feed.tariffs_from}
    assert set(linked) == {"chargeplace_scotland", "pogo"}
    for feed in linked.values():
        assert feed.tariffs_from == ("evolt",)
        others = [feeds[other].locations_url for other in feed.tariffs_from]
        assert {urlsplit(url).hostname for url in others} == {urlsplit(feed.locations_url).hostname}


def test_shipped_feeds_are_asked_over_https_only(feeds):
    for feed in feeds.values():
        assert feed.urls
        assert all(url.startswith("https://") for url in feed.urls), feed.feed_id


def test_shipped_time_zones_exist(feeds):
    named = {feed.time_zone for feed in feeds.values() if feed.time_zone}
    assert named == {"Europe/Berlin", "Europe/Vilnius"}
    assert {ZoneInfo(name).key for name in named} == named


def test_a_document_with_both_modules_is_a_file_of_its_own(feeds):
    both = [feed for feed in feeds.values() if feed.url]
    assert [feed.feed_id for feed in both] == ["gr_myfah", "mer_uk"]
    assert {feed.source for feed in both} == {SourceKind.OCPI_FILE}


def test_chargy_is_never_asked_faster_than_it_bears(feeds):
    assert feeds["chargy"].pace_seconds >= 6
    assert feeds["chargy"].page_limit <= 50


def test_shipped_feed_files_hold_no_secret():
    files = sorted(FOLDER.glob("*.toml"))
    assert files
    for path in files:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        headers = content.pop("headers", {})
        assert not [name for name in headers if SECRET_NAME.search(name)], path
        for key, value in {**content, **headers}.items():
            if not isinstance(value, str):
                continue
            if value.startswith("https://"):
                query = value.partition("?")[2]
                assert "@" not in value, f"{path}: {key}"
                assert not SECRET_NAME.search(query), f"{path}: {key}"
            else:
                assert not TOKEN_LIKE.search(value), f"{path}: {key}"


@pytest.mark.parametrize(
    "text",
    ["c29tZS10b2tlbi1vZi1hLXBhcnR5LTE=", "0123456789abcdef0123456789abcdef"],
)
def test_a_token_in_a_feed_file_would_be_seen(text):
    assert TOKEN_LIKE.search(text)


def test_id_of_a_feed_is_the_name_of_its_file(tmp_path):
    path = tmp_path / "de_xyz.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_feed(path).feed_id == "de_xyz"


def test_unknown_key_is_named(message):
    assert (
        message(GOOD + 'licens = "MIT"\n')
        == "unknown key 'licens': remove it or correct its spelling"
    )


def test_missing_licence_is_named(message):
    assert message(GOOD.replace("licence", "notes")) == "key 'licence' is missing"


@pytest.mark.parametrize("every", ['"6 hours"', '"h"', '"-1h"', "360", '"1.5h"'])
def test_wrong_duration_is_told_how_to_write_one(message, every):
    assert message(f"{GOOD}every = {every}\n") == (
        'key \'every\': write a whole number and a unit: "30s", "15m", "6h" or "1d"'
    )


@pytest.mark.parametrize("every", ['"1s"', '"60d"'])
def test_duration_out_of_bounds_is_refused(message, every):
    assert message(f"{GOOD}every = {every}\n").startswith("key 'every': ")


def test_duration_beyond_counting_is_refused(message):
    assert message(f'{GOOD}every = "99999999999999d"\n') == "key 'every': 31 days at most"


def test_header_that_cannot_be_sent_is_refused(message):
    told = message(f'{GOOD}headers = {{ "X-Name" = "Kungälv" }}\n')
    expected = "key 'headers.X-Name': holds characters that no header can carry: plain ASCII only"
    assert told == expected


@pytest.mark.parametrize("host", ["a..example", f"{'a' * 64}.example", "a.example.."])
def test_host_that_no_name_can_have_is_refused(message, host):
    told = message(GOOD.replace("example.org", host))
    assert told.startswith("key 'url': no host can be called that")


@pytest.mark.parametrize("host", ["a.example.", "münchen.example", "[2001:db8::1]", "192.0.2.1"])
def test_hosts_of_every_kind_are_read(tmp_path, host):
    path = tmp_path / "de_xyz.toml"
    path.write_text(GOOD.replace("example.org", host), encoding="utf-8")
    assert host in load_feed(path).url


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('party_id = "xyz"', "party_id"),
        ('country_code = "DEU"', "country_code"),
        ('tariffs_url = "ftp://example.org/tariffs"', "tariffs_url"),
        ('ocpi_version = "2.0"', "ocpi_version"),
        ('prices = "cheap"', "prices"),
        ('token_env = "not a name"', "token_env"),
        ("page_limit = 0", "page_limit"),
        ("pace_seconds = -1", "pace_seconds"),
        ("priority = -1", "priority"),
        ("priority = 101", "priority"),
        ("priority = 0.5", "priority"),
    ],
)
def test_value_that_cannot_be_is_refused_by_its_key(message, line, key):
    assert message(f"{GOOD}{line}\n").startswith(f"key '{key}': ")


def test_several_faults_are_told_in_one_line(message):
    text = message(GOOD.replace("licence", "licens"))
    assert "key 'licence' is missing" in text
    assert "unknown key 'licens'" in text


def test_feed_without_an_address_is_refused(message):
    text = message(GOOD.replace("url =", "documentation_url ="))
    assert text.endswith("give versions_url, locations_url or url")


def test_stated_tax_needs_its_evidence(message):
    text = message(GOOD + 'prices = "net"\n')
    assert text.endswith("prices needs prices_evidence: say how it is known")


def test_versions_belong_to_a_server(message):
    text = message(GOOD + 'versions_url = "https://example.org/ocpi/versions"\n')
    assert text.endswith('versions_url goes with source = "ocpi_pull"')


@pytest.mark.parametrize("name", ["DE_XYZ.toml", "de-xyz.toml", "x.toml"])
def test_name_of_a_file_that_is_no_feed_id_is_refused(message, name):
    assert message(GOOD, name).startswith("rename the file: ")


def test_file_that_is_no_toml_is_refused(message):
    assert message("name = ").startswith("cannot be read as TOML: ")


@pytest.mark.parametrize(
    "content",
    [
        "name = ",
        "a = " + "[" * 100_000,
        "a = " + "9" * 5_000,
        f"{GOOD}every = '99999999999999d'",
        "#" * 1_000_001,
    ],
    ids=["no TOML", "deep", "digits", "duration", "large"],
)
def test_one_bad_file_costs_only_itself(tmp_path, content):
    (tmp_path / "de_abc.toml").write_text(content, encoding="utf-8")
    (tmp_path / "de_xyz.toml").write_text(GOOD, encoding="utf-8")
    feeds, errors = load_feeds(tmp_path)
    assert list(feeds) == ["de_xyz"]
    assert len(errors) == 1
