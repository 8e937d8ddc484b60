"""Whose a record is: by its party, else by the name it states; what is contested is nobody's."""

import dataclasses

import pytest

from aggregator.operators import FoundBy, Register


@pytest.fixture
def load(folder):
    def loaded():
        return Register.load(folder)

    return loaded


def test_empty_folder_knows_nobody(load):
    register = load()
    assert dict(register.operators) == {}
    assert register.errors == ()
    assert register.of("SE", "ABC", "Someone") is None


def test_party_tells_the_operator_whatever_name_is_stated(write, load):
    write("someone", "Someone", "SE*ABC")
    write("other", "Other", "SE*XYZ")
    found = load().of("SE", "ABC", "Other")
    assert (found.operator.slug, found.by) == ("someone", FoundBy.PARTY)


@pytest.mark.parametrize("party", [("NO", "ABC"), ("SE", "ABD"), ("se", "ABC"), ("SEA", "BC")])
def test_party_is_country_and_id_together_exactly(write, load, party):
    write("someone", "Someone", "SE*ABC")
    assert load().of(*party, None) is None


@pytest.mark.parametrize("stated", ["Someone AB", "SOMEONE ab", "  someone \u00a0 Ab\n"])
def test_name_tells_where_no_file_has_the_party(write, load, stated):
    write("someone", "Someone", "SE*ABC", aliases='["Someone AB"]')
    found = load().of("ZZ", "ZZZ", stated)
    assert (found.operator.slug, found.by) == ("someone", FoundBy.ALIAS)


def test_name_of_the_file_is_a_spelling_too(write, load):
    write("tuebingen", "Stadtwerke Tübingen")
    assert load().of("DE", "SWT", "STADTWERKE TÜBINGEN").by is FoundBy.ALIAS
    assert load().of("DE", "SWT", "Stadtwerke Tu\u0308bingen").by is FoundBy.ALIAS


@pytest.mark.parametrize("stated", [None, "", "  ", "Some one", "Someone A", "DE*SWT"])
def test_name_that_no_file_has_tells_nothing(write, load, stated):
    write("someone", "Someone", "SE*ABC", aliases='["Someone AB"]')
    assert load().of("DE", "SWT", stated) is None


def test_party_of_a_hub_tells_nothing_and_the_name_counts(write, load):
    write("hub", "Roaming Hub", "NL*HUB", hub="true")
    write("someone", "Someone", "SE*ABC")
    register = load()
    assert register.of("NL", "HUB", "Someone").operator.slug == "someone"
    assert register.of("NL", "HUB", "Someone").by is FoundBy.ALIAS
    assert register.of("NL", "HUB", None) is None


def test_hub_is_nobodys_operator_even_by_its_name(write, load):
    write("hub", "Roaming Hub", "NL*HUB", hub="true")
    assert load().of("NL", "HUB", "Roaming Hub") is None
    assert load().of("ZZ", "ZZZ", "Roaming Hub") is None


def test_party_that_two_files_claim_belongs_to_neither(write, load, folder):
    write("one", "One", "SE*ABC")
    write("two", "Two", "SE*ABC")
    register = load()
    (error,) = register.errors
    assert "party 'SE*ABC'" in str(error)
    assert str(folder / "one.toml") in str(error)
    assert str(folder / "two.toml") in str(error)
    assert register.of("SE", "ABC", None) is None
    assert register.of("SE", "ABC", "Two").operator.slug == "two"
    assert set(register.operators) == {"one", "two"}


def test_spelling_that_two_files_claim_belongs_to_neither(write, load, folder):
    write("one", "One", "SE*ABC", aliases='["the  One"]'.replace("  ", " "))
    write("two", "Two", "SE*XYZ", aliases='["THE ONE"]')
    register = load()
    (error,) = register.errors
    assert "'the one'" in str(error)
    assert str(folder / "one.toml") in str(error)
    assert str(folder / "two.toml") in str(error)
    assert register.of("ZZ", "ZZZ", "The One") is None
    assert register.of("SE", "XYZ", "The One").operator.slug == "two"


def test_what_three_files_claim_is_one_error_that_names_them_all(write, load):
    for slug in ("one", "two", "three"):
        write(slug, "Same Name")
    (error,) = load().errors
    assert all(f"{slug}.toml" in str(error) for slug in ("one", "two", "three"))


def test_what_one_file_says_twice_is_no_contest(write, load):
    write("one", "One", "SE*ABC", aliases='["ONE", "one"]')
    register = load()
    assert register.errors == ()
    assert register.of("ZZ", "ZZZ", "One").operator.slug == "one"


def test_one_bad_file_costs_only_itself(write, load, folder):
    (folder / "aa_bad.toml").write_text("name = ", encoding="utf-8")
    write("good", "Good", "SE*ABC")
    (folder / "zz_bad.toml").write_text('colour = "blue"', encoding="utf-8")
    register = load()
    assert list(register.operators) == ["good"]
    assert register.of("SE", "ABC", None).operator.slug == "good"
    assert [str(error).partition(": ")[0] for error in register.errors] == [
        str(folder / "aa_bad.toml"),
        str(folder / "zz_bad.toml"),
    ]


def test_register_cannot_be_changed(write, load):
    write("someone", "Someone", "SE*ABC")
    register = load()
    with pytest.raises(dataclasses.FrozenInstanceError):
        register.operators = {}
    with pytest.raises(TypeError):
        register.operators["other"] = register.operators["someone"]
    with pytest.raises(TypeError):
        register.by_party["SE*XYZ"] = register.operators["someone"]
