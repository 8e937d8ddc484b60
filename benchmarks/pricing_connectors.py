"""A warehouse of connectors and their price lists, and what all of them cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from aggregator.domain.contents import content_hash, to_json
from aggregator.domain.session import ReferenceSession
from aggregator.domain.tariff import Weekday
from aggregator.pricing.kernel.prices import Catalogue, Totals, gathered, session_columns
from aggregator.pricing.reference import placed
from aggregator.store.warehouse import Connection, make_room, open_warehouse
from benchmarks.pricing_lists import varied_price_list

CONNECTORS_PER_TARIFF = 10
DAY = date(2026, 11, 24)
ZONES = (
    *("Europe/Amsterdam", "Europe/Berlin", "Europe/Brussels", "Europe/Copenhagen", "Europe/Dublin"),
    *("Europe/Helsinki", "Europe/Lisbon", "Europe/London", "Europe/Madrid", "Europe/Oslo"),
    *("Europe/Paris", "Europe/Prague", "Europe/Rome", "Europe/Stockholm", "Europe/Vienna"),
    *("Europe/Warsaw", "Europe/Zurich", "America/New_York", "Australia/Sydney", "Asia/Tokyo"),
)
EVENING = (Weekday.TUESDAY, time(18))
SESSIONS = (
    ReferenceSession("ac", Decimal(20), Decimal(120), Decimal(120), *EVENING),
    ReferenceSession("dc", Decimal(30), Decimal(40), Decimal(0), *EVENING),
    ReferenceSession("hpc", Decimal(40), Decimal(25), Decimal(0), *EVENING),
)
PARTY = "'benchmark' as feed, 'DE' as country_code, 'BEN' as party_id"
VERSION = "0 as digest, now() as first_seen_at, now() as valid_from"
FILL = (
    f"""
    insert into core.tariff by name
    select {PARTY}, tariff_id, 'EUR' as currency, 'NET' as price_basis, price_list, content_hash,
        {VERSION}
    from made_up""",  # noqa: S608 - constants of this module
    f"""
    insert into core.location by name
    select {PARTY}, 'L' || i as location_id, true as publish,
        $zones[1 + i % len($zones)] as time_zone, {VERSION}
    from range($tariffs) as made_up(i)""",  # noqa: S608 - constants of this module
    f"""
    insert into core.connector by name
    select {PARTY}, 'L' || i % $tariffs as location_id, 'E' || i as evse_uid, '1' as connector_id,
        [11, 50, 150, 300][1 + i // $tariffs % 4] as max_power_kw,
        ['T' || i % $tariffs] as tariff_ids, {VERSION}
    from range($connectors) as made_up(i)""",  # noqa: S608 - constants of this module
)
LISTS = "select rowid, content_hash from core.tariff where valid_to is null"
TEXTS = "select content_hash, price_list from core.tariff where valid_to is null"
WANTED = """
    select
        tariff.rowid as tariff,
        list_position($zones, location.time_zone) - 1 as zone,
        case when max_power_kw >= 150 then 2 when max_power_kw >= 43 then 1 else 0 end as session,
    from core.connector as connector
    inner join core.tariff as tariff
        on tariff.tariff_id = connector.tariff_ids[1]
        and (tariff.feed, tariff.country_code, tariff.party_id)
            = (connector.feed, connector.country_code, connector.party_id)
        and tariff.valid_to is null
    inner join core.location as location
        on location.location_id = connector.location_id
        and (location.feed, location.country_code, location.party_id)
            = (connector.feed, connector.country_code, connector.party_id)
        and location.valid_to is null
    where connector.valid_to is null
"""


@dataclass
class Question:
    """Asks what all connectors cost; the price lists are prepared once, by content."""

    connection: Connection
    catalogue: Catalogue = field(default_factory=Catalogue)

    def answer(self) -> Totals:
        """Return the totals of all connectors, each with its own tariff, zone and session."""
        known = self.connection.execute(LISTS).fetchnumpy()
        rows, contents = known["rowid"], known["content_hash"].tolist()
        if self.catalogue.unknown(contents):
            self.catalogue.add(dict(self.connection.execute(TEXTS).fetchall()))
        places = np.empty(rows.max() + 1, np.int64)
        places[rows] = self.catalogue.indices(contents)
        wanted = self.connection.execute(WANTED, {"zones": list(ZONES)}).fetchnumpy()
        sessions = session_columns(
            placed(one, DAY, ZoneInfo(zone)) for zone in ZONES for one in SESSIONS
        )
        ones = wanted["zone"].astype(np.int64) * len(SESSIONS) + wanted["session"]
        return gathered(self.catalogue.prepared, places[wanted["tariff"]], sessions, ones)


@contextmanager
def warehouse(connectors: int) -> Iterator[Connection]:
    """Yield a warehouse of so many connectors, ten for each price list."""
    tariffs = max(1, connectors // CONNECTORS_PER_TARIFF)
    texts = [to_json(varied_price_list(number)) for number in range(tariffs)]
    made_up = pa.table(
        {
            "tariff_id": [f"T{number}" for number in range(tariffs)],
            "price_list": texts,
            "content_hash": [content_hash(text) for text in texts],
        }
    )
    values = {"zones": list(ZONES), "tariffs": tariffs, "connectors": connectors}
    with (
        TemporaryDirectory() as name,
        open_warehouse(Path(name) / "warehouse.duckdb") as connection,
    ):
        make_room(connection, connectors)
        connection.register("made_up", made_up)
        for statement in FILL:
            used = {key: value for key, value in values.items() if f"${key}" in statement}
            connection.execute(statement, used)
        connection.unregister("made_up")
        yield connection
