"""How a feed's server lets us in; the secrets themselves stand elsewhere."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from aggregator.feeds.values import Variable


class TokenEncoding(StrEnum):
    """How the token stands behind `Authorization: Token`.

    AUTO: plain up to 2.1.1, base64 since 2.2; refused once, the other is tried and remembered.
    """

    AUTO = "auto"
    PLAIN = "plain"
    BASE64 = "base64"


class BasicLogin(BaseModel):
    """HTTP Basic: names of the variables that hold user and password."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user_env: Variable
    password_env: Variable
