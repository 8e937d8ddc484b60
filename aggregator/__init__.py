"""Klarpris: public EV charging prices, harvested, priced and kept."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("klarpris")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"
