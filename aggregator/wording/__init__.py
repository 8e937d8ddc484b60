"""A tariff in plain words, in English, Swedish and German; plain text, callers escape it."""

from aggregator.wording.catalogue import LANGUAGES
from aggregator.wording.charge_list import Charge, Per, Place, Subject, charges
from aggregator.wording.sentence import sentence

__all__ = ["LANGUAGES", "Charge", "Per", "Place", "Subject", "charges", "sentence"]
