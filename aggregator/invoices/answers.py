"""What a person is told about one tariff and one session."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from aggregator.domain.session import ChargingSession, ReferenceSession
from aggregator.invoices.sessions import Wish, each_hour, session_of
from aggregator.invoices.tariffs import Priced
from aggregator.pricing.bill import Bill, NotComputable, bill_from
from aggregator.pricing.components import PriceTable, price_table
from aggregator.pricing.reference import zone_named
from aggregator.pricing.restrictions import depends_on_clock

SESSION_OF_CLASS = {"mid": "ac"}  # what delivers 23 to 49 kW is compared by the small session
NO_TARIFF = "there is no usable tariff"


@dataclass(frozen=True, slots=True)
class Answer:
    """One tariff, the session and its bill.

    refused: why there is no bill; then the other fields may be None.
    hours: the bills at each hour of the day, where they were asked for.
    """

    priced: Priced
    session: ChargingSession | None = None
    bill: Bill | None = None
    refused: str | None = None
    hours: tuple[tuple[datetime, Bill], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every tariff.

    code: of the reference session that fills the gaps; None: what the connector's power suggests.
    zone: the charger's, where it is said; None: what is known of the connector.
    """

    wish: Wish
    usual: Mapping[str, ReferenceSession]
    code: str | None
    zone: ZoneInfo | None
    now: datetime
    compare_hours: bool = False


def answer(priced: Priced, question: Question) -> Answer:
    """Return the bill, or why there is none.

    Raises:
        ConfigError: the session that was asked for cannot be.
    """
    if priced.price_list is None:
        return Answer(priced, refused=priced.reason or NO_TARIFF)
    try:
        table = price_table(priced.price_list)
    except NotComputable as refusal:
        return Answer(priced, refused=str(refusal))
    zone = question.zone or zone_named(priced.time_zone)
    if zone is None and _needs_clock(table):
        return Answer(priced, refused="its prices depend on the charger's clock: say --zone")
    return _billed(priced, table, question, zone or UTC)


def _billed(priced: Priced, table: PriceTable, question: Question, zone: tzinfo) -> Answer:
    session = session_of(
        question.wish, _usual(priced, question), question.now, zone, priced.max_power_kw
    )
    try:
        found = bill_from(table, session)
        hours = [
            (one.start, bill_from(table, one))
            for one in (each_hour(session) if question.compare_hours else ())
        ]
    except ValueError as absurd:
        return Answer(priced, session, refused=str(absurd))
    return Answer(priced, session, found, hours=tuple(hours))


def _usual(priced: Priced, question: Question) -> ReferenceSession:
    return question.usual[question.code or usual_code(priced.power_class)]


def usual_code(power_class: str | None) -> str:
    """Return the code of the session by which chargers of a power class are compared."""
    known = power_class or "ac"
    return SESSION_OF_CLASS.get(known, known)


def _needs_clock(table: PriceTable) -> bool:
    elements = table.price_list.elements
    return any(depends_on_clock(element.restrictions) for element in elements)
