"""What can go wrong, by who has to act.

* KlarprisError
  x ConfigError      ours to fix: a setting, a feed file, a folder
    - SettingsError  a KLARPRIS_* variable or klarpris.toml makes no sense
    - FeedFileError  one file in data/feeds cannot be used
    - OperatorFileError   one file in data/operators cannot be used
    - PlanFileError       one file in data/plans cannot be used
    - ReferenceFileError  a table in data/reference cannot be used
    - RegionFileError     regions of the user's own cannot be imported
    - StoreError     the warehouse or a snapshot cannot be opened or written
      + InUse        another process has the warehouse: nothing is wrong with it
  x SourceError      their server: kept data stay, the feed is tried again later
    - Unreachable    no answer: name, route, TLS, time
    - Refused        an answer that says no: 401, 403, 429, an OCPI error status
      + NotOurs      not asked: the feed file does not name this host
      + NotNow       not asked again yet: a limit, a wish of the server, too many failures
    - BrokenAnswer   an answer that cannot be used: not JSON, cut off, too large
  x FormatError      a whole document that cannot be read

One bad record is not an exception: it is a `domain.problem.Rejection`, collected and counted.
"""

from datetime import datetime


class KlarprisError(Exception):
    """Anything that Klarpris reports to a person in one line."""


class ConfigError(KlarprisError):
    """A setting, a file or a folder of ours must be mended."""


class SettingsError(ConfigError):
    """A setting makes no sense: wrong use, not a feed's fault."""


class FeedFileError(ConfigError):
    """A feed file cannot be used."""


class OperatorFileError(ConfigError):
    """An operator file cannot be used, or claims what another one claims too."""


class PlanFileError(ConfigError):
    """A plan file, or the table of prices beside it, cannot be used."""


class ReferenceFileError(ConfigError):
    """A reference table cannot be used."""


class RegionFileError(ConfigError):
    """A file of regions cannot be imported; what was imported before stays."""


class StoreError(ConfigError):
    """The warehouse or a snapshot cannot be opened or written."""


class InUse(StoreError):
    """Another process has the warehouse; nothing is wrong with it."""


class SourceError(KlarprisError):
    """A feed's server did not deliver; what was there before stays."""


class Unreachable(SourceError):
    """No answer came: unknown name, no route, TLS failure, time-out."""


class Refused(SourceError):
    """The server answered that it does not want to: a token, a limit, an OCPI error status.

    status: of HTTP, None where the refusal is not one of HTTP.
    """

    status: int | None = None


class NotOurs(Refused):
    """An address was not asked, because the feed file does not name its host."""


class NotNow(Refused):
    """The server was not asked, or not again: until then it wants or needs to be left alone."""

    until: datetime | None = None


class BrokenAnswer(SourceError):
    """The answer cannot be used: not JSON, cut off, larger than allowed."""


class FormatError(KlarprisError):
    """A whole document holds nothing that can be read."""
