"""Charts as static SVG: stretches for bands, thin bars with a dot for intervals; no script, no style."""

from replenish.report.charts.drawing import Drawing, draw_chart

__all__ = ["Drawing", "draw_chart"]
