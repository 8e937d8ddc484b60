"""Try a feed out without keeping anything: what is there, how it is read, a feed file for it."""

from aggregator.checking.adding import add_feed, place_of
from aggregator.checking.check import check
from aggregator.checking.kit import Kit
from aggregator.checking.report import CheckReport
from aggregator.checking.subject import Given, Subject

__all__ = ["CheckReport", "Given", "Kit", "Subject", "add_feed", "check", "place_of"]
