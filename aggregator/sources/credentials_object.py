"""The credentials object that two OCPI sides exchange: ours written, theirs read.

Sources: OCPI 2.1.1-d2, 2.2.1-d2 and 2.3.0, "Credentials object".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aggregator.domain.text import one_line
from aggregator.errors import BrokenAnswer
from aggregator.feeds import OcpiVersion

LONGEST_TOKEN = 1_000  # the standard says 64; encoded ones are met that are longer
LONGEST_NAME = 100
OUR_NAME = "Klarpris"


@dataclass(frozen=True, slots=True)
class OurSide:
    """Who we are to the other side, and where it reaches us.

    public_url: what stands before /ocpi/versions, without a slash at its end.
    role: one of OCPI's roles, such as EMSP; 2.1.1 has none.
    """

    public_url: str
    country_code: str
    party_id: str
    role: str = "EMSP"
    name: str = OUR_NAME

    @property
    def party(self) -> str:
        """Our country code and party id, as `SE*KLA`."""
        return f"{self.country_code}*{self.party_id}"

    @property
    def versions_url(self) -> str:
        """Where the other side learns which version we speak."""
        return f"{self.public_url}/ocpi/versions"

    def details_url(self, version: OcpiVersion) -> str:
        """Return where the other side learns our endpoints of a version."""
        return f"{self.public_url}/ocpi/{version}"

    def credentials_url(self, version: OcpiVersion) -> str:
        """Return our credentials endpoint of a version."""
        return f"{self.public_url}/ocpi/{version}/credentials"


@dataclass(frozen=True, slots=True)
class Role:
    """One party of the other side. role: None where OCPI 2.1.1 names none."""

    role: str | None
    country_code: str
    party_id: str
    name: str


@dataclass(frozen=True, slots=True)
class TheirCredentials:
    """What the other side gave us. token: for our requests, exactly as it was given."""

    token: str = field(repr=False)
    roles: tuple[Role, ...]


def credentials_object(
    ours: OurSide, version: OcpiVersion, token: str, *, explicit_nulls: bool = False
) -> dict[str, object]:
    """Return our credentials as a version words them.

    Args:
        ours: who we are.
        version: the version that was agreed on.
        token: what the other side shall show when it asks us.
        explicit_nulls: name fields that we have no value for, as some servers demand.
    """
    details: dict[str, object] = {"name": ours.name, "website": ours.public_url}
    if explicit_nulls:
        details["logo"] = None
    party = {
        "party_id": ours.party_id,
        "country_code": ours.country_code,
        "business_details": details,
    }
    access: dict[str, object] = {"token": token, "url": ours.versions_url}
    if version is OcpiVersion.V2_1_1:
        return access | party
    if explicit_nulls and version is OcpiVersion.V2_3_0:
        access["hub_party_id"] = None
    return access | {"roles": [{"role": ours.role} | party]}


def their_credentials(document: Any) -> TheirCredentials:  # noqa: ANN401 - any JSON
    """Return the other side's credentials from its answer, wherever its version puts them.

    Raises:
        BrokenAnswer: there is no token in it that a header could carry.
    """
    data = document.get("data") if isinstance(document, dict) else None
    if isinstance(data, list) and len(data) == 1:
        [data] = data  # one object as a list of one
    token = data.get("token") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(token, str) or not _can_travel(token.strip()):
        message = "the answer holds no token that we could use"
        raise BrokenAnswer(message)
    return TheirCredentials(token.strip(), tuple(_roles(data)))


def _can_travel(token: str) -> bool:
    printable = token.isascii() and token.isprintable() and " " not in token
    return printable and 0 < len(token) <= LONGEST_TOKEN


def _roles(data: Mapping[str, Any]) -> Iterator[Role]:
    rows = data.get("roles")
    if isinstance(rows, list):
        yield from (_role(row) for row in rows if isinstance(row, dict))
    elif data.get("party_id"):  # 2.1.1: one party, without a role
        yield _role(data)


def _role(row: Mapping[str, Any]) -> Role:
    details = row.get("business_details")
    name = details.get("name") if isinstance(details, dict) else None
    role = row.get("role")
    return Role(
        role=one_line(role, LONGEST_NAME) if isinstance(role, str) else None,
        country_code=_code(row.get("country_code")),
        party_id=_code(row.get("party_id")),
        name=one_line(name, LONGEST_NAME) if isinstance(name, str) else "",
    )


def _code(value: object) -> str:
    return one_line(value, 10).strip().upper() if isinstance(value, str) else ""
