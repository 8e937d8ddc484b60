"""The sentences of all price lists of tariffs.py, and of real tariffs.

    KLARPRIS_SHARED_DATA=<folder> .venv/bin/python -m tests.wording.reading

writes them to sentences.json and real_sentences.json; read every line of `git diff` in all
languages before you keep it.
"""

import json
import os
from pathlib import Path

from aggregator.domain.problem import Account
from aggregator.feeds import OcpiVersion
from aggregator.formats.defaults import Defaults
from aggregator.formats.reading import Reader
from aggregator.formats.tariffs import read_tariff
from aggregator.wording import LANGUAGES, sentence
from tests.wording.tariffs import TARIFFS

HERE = Path(__file__).parent
SENTENCES = HERE / "sentences.json"
REAL_SENTENCES = HERE / "real_sentences.json"
REAL = ("ocpi_examples/2.2.1/tariff*.json", "uk_2026_10/*/tariffs_page*.json")


def told(price_list):
    return {language: sentence(price_list, language) for language in LANGUAGES}


def real_tariffs(folder):
    """Return real price lists by file and tariff, the first of every kind of sentence."""
    found, seen = {}, set()
    for path in sorted(path for pattern in REAL for path in folder.glob(pattern)):
        document = json.loads(path.read_text(encoding="utf-8"))
        for raw in _records(document):
            tariff = read_tariff(
                raw, "$", Defaults(ocpi_version=OcpiVersion.V2_2_1), Reader(Account())
            )
            key = sentence(tariff.price_list, "en")
            if key not in seen:
                seen.add(key)
                name = f"{path.relative_to(folder).as_posix()} {tariff.tariff_id}"
                found[name] = tariff.price_list
    return found


def _records(document):
    document = document.get("response", document)
    document = document.get("body", document)
    document = json.loads(document) if isinstance(document, str) else document
    records = document.get("data", document)
    return records if isinstance(records, list) else [records]


def write(path, price_lists):
    sentences = {name: told(price_list) for name, price_list in price_lists.items()}
    text = json.dumps(sentences, indent=1, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    write(SENTENCES, TARIFFS)
    write(REAL_SENTENCES, real_tariffs(Path(os.environ["KLARPRIS_SHARED_DATA"])))
