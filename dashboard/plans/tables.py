"""The tables of Subscriptions, as HTML: what files and feeds say goes through `safe`."""

from collections.abc import Mapping, Sequence

from aggregator.plans.without_contract import Spread
from dashboard.plans.list import LONGEST_TEXT, amount
from dashboard.wording.labels import number, safe, text


def left_out(counts: Mapping[str, int]) -> str:
    """Return how many prices are no part of the median, and why."""
    said = [
        text(f"plans.{why}_left_out", connectors=number(count))
        for why, count in counts.items()
        if count
    ]
    return " ".join(said)


def quantiles(found: Mapping[str, Spread]) -> str:
    """Return how the totals without a contract spread, one row a currency."""
    names = [text("compare.currency"), text("compare.count")]
    names += [
        text(f"compare.{name}")
        for name in ("quantile_5", "quantile_25", "median", "quantile_75", "quantile_95")
    ]
    rows = [
        [currency, number(one.connectors), *(amount(total, currency) for total in one.quantiles)]
        for currency, one in found.items()
    ]
    return table(text("plans.quantiles"), names, rows)


def table(caption: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table that is scrolled sideways on its own where it is wider than the screen."""
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{safe(first, 200)}</th>'
        f"{''.join(f'<td>{safe(cell)}</td>' for cell in cells)}</tr>"
        for first, *cells in rows
    )
    said = safe(caption, LONGEST_TEXT)
    return (
        f'<p class="meta">{said}</p>'
        f'<div class="wide" tabindex="0" role="region" aria-label="{said}">'
        f'<table class="data" aria-label="{said}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
