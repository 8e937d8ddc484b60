"""How the pages of a feed's modules follow each other."""

from enum import StrEnum


class Paging(StrEnum):
    """AUTO: by Link, else by X-Total-Count, else by what came. The others force one way."""

    AUTO = "auto"
    LINK = "link"
    OFFSET = "offset"
    CURSOR = "cursor"  # the body names the next page: `cursor_at`
    NONE = "none"  # one answer holds everything
