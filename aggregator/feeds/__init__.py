"""data/feeds/*.toml -> Feed: who publishes where, under which licence, how politely to ask."""

from aggregator.feeds.access import BasicLogin, TokenEncoding
from aggregator.feeds.feed import Feed, SourceKind, StatedPrices
from aggregator.feeds.files import load_feed, load_feeds
from aggregator.feeds.layout import Layout, ObjectKind
from aggregator.feeds.paging import Paging
from aggregator.feeds.versions import OcpiVersion

__all__ = [
    "BasicLogin",
    "Feed",
    "Layout",
    "ObjectKind",
    "OcpiVersion",
    "Paging",
    "SourceKind",
    "StatedPrices",
    "TokenEncoding",
    "load_feed",
    "load_feeds",
]
