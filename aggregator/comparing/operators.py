"""How the totals of the stations spread within each operator."""

from typing import Any

import numpy as np

from aggregator.comparing.stations import TEN_THOUSANDTHS, Stations

Row = dict[str, Any]
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
MEDIAN = SHARES.index(0.5)


def operator_spread(stations: Stations, most: int) -> list[Row]:
    """Return quantiles of the totals by operator, of those with most stations; lowest median first.

    Totals without tax are left out where there are any with tax; what is free, always.
    """
    area = stations.totals.area
    places = area.columns.places
    operator = places.operator[area.places[stations.site]][stations.is_judged]
    total = stations.total[stations.is_judged]
    numbers, counts = np.unique(operator, return_counts=True)
    names = [places.operators.word(int(number)) for number in numbers]
    largest = sorted(
        range(len(numbers)),
        key=lambda row: (-counts[row], names[row] or ""),
    )
    found = [
        {
            "operator_name": names[row],
            "stations": int(counts[row]),
            "quantiles": _quantiles(total[operator == numbers[row]]),
        }
        for row in largest[:most]
    ]
    return sorted(found, key=lambda row: (row["quantiles"][MEDIAN], row["operator_name"] or ""))


def _quantiles(totals: Any) -> list[float]:  # noqa: ANN401 - an array of numpy
    return [float(one) for one in np.quantile(totals, SHARES) * float(TEN_THOUSANDTHS)]
