"""What a control chart may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class ChartFault(Fault):
    """What a control chart may be refused for."""

    CHART_TOO_FEW = (
        "chart.too_few",
        "there are {n} points, and a chart needs at least {least}; wait for more, or take shorter periods",
    )
    CHART_NOT_A_COUNT = (
        "chart.not_a_count",
        "{count} out of {out_of} is not a count out of something; correct it, or leave this period out",
    )
    CHART_MORE_THAN_ALL = (
        "chart.more_than_all",
        "{count} out of {out_of} is more than all; take a chart of rates, or correct it",
    )
    CHART_ALL_ALIKE = (
        "chart.all_alike",
        "every point of the base is the same, none or all; chance cannot be judged from that",
    )
    CHART_BASE = (
        "chart.base",
        "a base is the first {n} points or fewer, at least {least}, and is not given together with phases",
    )
    CHART_PHASES = (
        "chart.phases",
        "phases begin at points in their order, after the first of {n} and before the last",
    )
