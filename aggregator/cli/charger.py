"""Which charger a command is about."""

import typer

from aggregator.store.connector_tariffs import Place

KEY = "FEED/LOCATION/EVSE_UID/CONNECTOR"


def place_of(evse_id: str | None, connector: str | None) -> Place:
    """Return which connectors are meant: by the EVSE's id, or one by its full key."""
    if evse_id is not None or connector is None:
        return Place(evse_id=evse_id, connector_id=connector)
    parts = connector.split("/")
    if len(parts) != len(KEY.split("/")):
        message = f"--connector by itself is {KEY}; else name the EVSE as well"
        raise typer.BadParameter(message)
    return Place(None, *parts)
