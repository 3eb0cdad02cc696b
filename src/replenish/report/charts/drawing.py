"""From marks to SVG that a strict page accepts: only listed elements and attributes pass.

The drawing library writes classes, roles and labels for its own viewer. What passes here is listed,
not excluded: shapes, text and where they stand. A name given by a user can only ever be text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from defusedxml.ElementTree import fromstring

from replenish.report.charts.bands import band_counts_spec, bands_spec
from replenish.report.charts.facts import facts_inside
from replenish.report.charts.frame import Spec
from replenish.report.charts.intervals import intervals_spec
from replenish.report.charts.rounds import questions_inside, rounds_inside
from replenish.report.document import (
    BandCountMarks,
    BandMarks,
    FactMarks,
    IntervalMarks,
    Marks,
    QuestionMarks,
    RoundMarks,
)

SVG = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset({"svg", "g", "rect", "line", "path", "text", "tspan"})
ATTRIBUTES = frozenset(
    {
        "d", "x", "y", "x2", "y2", "dy", "width", "height", "transform", "viewBox", "fill", "stroke",
        "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "font-size", "font-style",
        "font-weight", "text-anchor",
    }
)  # fmt: skip
CACHED_CHARTS = 512


@dataclass(frozen=True)
class Drawing:
    """One drawn chart: the inside of its SVG and its size in pixels."""

    inside: str
    width: float
    height: float

    def standing_alone(self) -> str:
        """The drawing as an SVG file of its own, as the PDF takes it."""
        size = f'width="{self.width:g}" height="{self.height:g}"'
        return f'<svg xmlns="{SVG}" {size} viewBox="0 0 {self.width:g} {self.height:g}">{self.inside}</svg>'


@lru_cache(maxsize=CACHED_CHARTS)
def draw_chart(marks: Marks) -> Drawing:
    """Draw marks once; the page and the PDF share the drawing."""
    if isinstance(marks, RoundMarks):
        return Drawing(*rounds_inside(marks))
    if isinstance(marks, QuestionMarks):
        return Drawing(*questions_inside(marks))
    if isinstance(marks, FactMarks):
        return Drawing(*facts_inside(marks))
    # These three are drawn by hand, so that a server that prints them loads no drawing library.
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(_spec(marks), allowed_base_urls=[])
    root = fromstring(drawn)
    inside = "".join(_kept(child) for child in root if not _is_ground(child))
    return Drawing(inside, float(root.attrib["width"]), float(root.attrib["height"]))


def _spec(marks: BandMarks | BandCountMarks | IntervalMarks) -> Spec:
    if isinstance(marks, BandMarks):
        return bands_spec(marks)
    if isinstance(marks, BandCountMarks):
        return band_counts_spec(marks)
    return intervals_spec(marks)


def _name(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _is_ground(element: ET.Element) -> bool:
    """The white ground that would hide the page's own paper."""
    return _name(element) == "rect" and element.get("fill") == "white"


def _kept(element: ET.Element) -> str:
    clean = _copy(element)
    return "" if clean is None else ET.tostring(clean, encoding="unicode")


def _copy(element: ET.Element) -> ET.Element | None:
    """The element with listed attributes and children only; none if nothing would be seen of it."""
    name = _name(element)
    if name not in ELEMENTS or element.get("display") == "none" or element.get("class") == "background":
        return None
    kept = {key: value for key, value in element.attrib.items() if key in ATTRIBUTES}
    clean = ET.Element(name, kept)
    clean.text = element.text
    for child in element:
        copied = _copy(child)
        if copied is not None:
            copied.tail = child.tail
            clean.append(copied)
    return None if name == "g" and len(clean) == 0 else clean
