"""One self-contained page: no script, no request to anywhere, and a policy in the page that says so."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from replenish.report.charts import draw_chart
from replenish.report.document import Report
from replenish.report.tokens import DARK, LIGHT, chart_rules, custom_properties
from replenish.report.wording.about import ending, facts


@dataclass(frozen=True)
class Embedded:
    """A drawn chart as it stands in the page."""

    markup: Markup
    width: float
    height: float


def draw_html(report: Report) -> str:
    """The report as one accessible HTML page that works offline and without script.

    Every name given by a user passes through the template's escaping; only the drawn charts, whose
    elements and attributes are listed, and the files of this room are taken as they are.
    """
    templates = Environment(
        loader=PackageLoader("replenish.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css = _css()
    return templates.get_template("report.html").render(
        report=report,
        css=Markup(css),  # noqa: S704 - the style sheet of this room, filled with its own tokens
        policy=content_security_policy(css),
        drawings=_drawings(report),
        facts=facts(report.round, report.published),
        ending=ending(report.releases[-1].hash),
    )


def content_security_policy(css: str) -> str:
    """Nothing may be loaded or run; the one style sheet is named by its hash."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _css() -> str:
    sheet = (files("replenish.report") / "templates" / "report.css").read_text("utf-8")
    places = {
        "light": custom_properties(LIGHT),
        "dark": custom_properties(DARK),
        "chart_rules": chart_rules(),
    }
    for place, rules in places.items():
        sheet = sheet.replace(f"{{{{ {place} }}}}", rules)
    return sheet


def _drawings(report: Report) -> Mapping[str, Embedded]:
    drawings = {}
    for chart in report.charts():
        drawing = draw_chart(chart.marks)
        # Shapes and text whose elements and attributes are listed in drawing.py; names in it are escaped.
        inside = Markup(drawing.inside)  # noqa: S704
        drawings[chart.name] = Embedded(inside, drawing.width, drawing.height)
    return drawings
