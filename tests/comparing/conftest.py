"""The market of the dashboard's tests, published by the real pipeline."""

from tests.dashboard.conftest import (  # noqa: F401 - fixtures
    market,
    market_home,
    publish_now,
    receive,
    warehouse,
)
