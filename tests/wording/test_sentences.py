"""The sentences of realistic tariffs, read by people; reading.py says how to write them anew."""

import json

import pytest

from aggregator.wording import LANGUAGES, sentence
from tests.wording.reading import REAL_SENTENCES, SENTENCES, real_tariffs, told
from tests.wording.tariffs import TARIFFS

EXPECTED = json.loads(SENTENCES.read_text(encoding="utf-8"))


def test_every_tariff_has_its_sentences():
    assert EXPECTED.keys() == TARIFFS.keys()
    assert len(EXPECTED) > 25


@pytest.mark.parametrize("name", TARIFFS)
def test_sentences_are_those_that_were_read(name):
    assert told(TARIFFS[name]) == EXPECTED[name]


def test_sentences_of_real_tariffs_are_those_that_were_read(shared_data):
    expected = json.loads(REAL_SENTENCES.read_text(encoding="utf-8"))
    assert {name: told(found) for name, found in real_tariffs(shared_data).items()} == expected
    assert len(expected) > 25


def test_there_is_no_sentence_in_another_language():
    with pytest.raises(ValueError, match="no texts in the language fr, only in en, sv, de"):
        sentence(TARIFFS["energy"], "fr")


def test_there_are_sentences_in_english_swedish_and_german():
    assert LANGUAGES == ("en", "sv", "de")
