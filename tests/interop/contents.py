"""What a feed holds, and what of it the warehouse knows: ids in small letters, and values.

OCPI's identifiers do not distinguish case, and the servers here write them as they like.
"""

KEYS = {
    "location": "location_id",
    "evse": "location_id, evse_uid",
    "connector": "location_id, evse_uid, connector_id",
    "tariff": "tariff_id",
}

VALUES = {
    "location": "publish, name, address, city, postal_code, country, latitude, longitude, "
    "time_zone, operator_name",
    "evse": "capabilities, physical_reference",
    "connector": "standard, format, power_type, max_power_kw",
    "tariff": "currency, price_basis, content_hash, alt_text, start_date_time, end_date_time",
}


def published(feed):
    """Return the ids of a feed's objects, by kind."""
    evses = [(site, evse) for site in feed["locations"] for evse in site.get("evses", [])]
    found = {
        "location": [(site["id"],) for site in feed["locations"]],
        "evse": [(site["id"], evse["uid"]) for site, evse in evses],
        "connector": [
            (site["id"], evse["uid"], plug["id"])
            for site, evse in evses
            for plug in evse["connectors"]
        ],
        "tariff": [(tariff["id"],) for tariff in feed["tariffs"]],
    }
    return {kind: {_small(ids) for ids in rows} for kind, rows in found.items()}


def live(warehouse, feed="interop"):
    """Return the ids of a feed's current objects, by kind."""
    return {
        kind: {_small(ids) for ids in _current(warehouse, feed, kind, key)}
        for kind, key in KEYS.items()
    }


def values(warehouse, feed="interop"):
    """Return what is known about a feed's current objects, by kind and id."""
    return {
        kind: {
            _small(row[: key.count(",") + 1]): row[key.count(",") + 1 :]
            for row in _current(warehouse, feed, kind, f"{key}, {VALUES[kind]}")
        }
        for kind, key in KEYS.items()
    }


def sizes(contents):
    """Return how many ids there are, by kind."""
    return {kind: len(ids) for kind, ids in contents.items()}


def _current(warehouse, feed, kind, columns):
    query = f"select {columns} from core.{kind} where feed = ? and valid_to is null"  # noqa: S608
    return warehouse.execute(query, [feed]).fetchall()


def _small(ids):
    return tuple(part.lower() for part in ids)
