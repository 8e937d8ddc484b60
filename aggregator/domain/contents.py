"""Price lists as text: written so that equal lists give equal text, read back exactly."""

import hashlib

from pydantic import TypeAdapter

from aggregator.domain.tariff import DisplayText, PriceList

_PRICE_LIST = TypeAdapter(PriceList)
_TEXTS = TypeAdapter(tuple[DisplayText, ...])


def to_json(price_list: PriceList) -> str:
    """Return the price list as JSON; whatever was not stated is left out."""
    return _PRICE_LIST.dump_json(price_list, exclude_defaults=True).decode()


def from_json(text: str) -> PriceList:
    """Return the price list that was written as this JSON."""
    return _PRICE_LIST.validate_json(text)


def content_hash(text: str) -> str:
    """Return the SHA-256 of a price list's JSON: equal lists under many ids share it."""
    return hashlib.sha256(text.encode()).hexdigest()


def texts_to_json(texts: tuple[DisplayText, ...]) -> str:
    """Return alternative texts as a JSON list."""
    return _TEXTS.dump_json(texts).decode()


def texts_from_json(text: str) -> tuple[DisplayText, ...]:
    """Return the alternative texts that were written as this JSON."""
    return _TEXTS.validate_json(text)
