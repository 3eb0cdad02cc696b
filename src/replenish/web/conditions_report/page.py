"""The report as parts of a page: strings and nothing else, each escaped before it is one."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from replenish.report.document import Report
from replenish.web.conditions_report.document import ending, facts_line
from replenish.web.conditions_report.html import sections_html
from replenish.web.conditions_report.parts import WHOLE, Part
from replenish.web.conditions_report.source import Source
from replenish.web.conditions_report.wording import day
from replenish.web.shared.frames import fill


def page_parts(source: Source, report: Report) -> dict[str, str]:
    """What the templates of the report and of its one-page version are filled with."""
    return {
        "title": source.title,
        "facts_line": facts_line(source),
        "sections": sections_html(report),
        "parts": _parts(source),
        "opens": day(source.opens_on) if source.opens_on is not None else "",
        "ending": ending(source),
        "asked": "" if source.part == source.own else source.part.key,
    }


def _parts(source: Source) -> SafeString:
    """The own group, what it belongs to and the whole; then everything else, folded away."""
    if len(source.parts) < 2:
        return SafeString()
    near = [one for one in source.parts if _near(one, source)]
    others = source.parts if len(source.parts) > len(near) else ()
    return fill("shared/report/parts.html", {"near": _links(near, source), "others": _links(others, source)})


def _near(one: Part, source: Source) -> bool:
    around = source.own or source.part
    if one in (source.own, source.part) or one.node == WHOLE:
        return True
    inside = around.units or ((around.node,) if around.node is not None else ())
    return one.node is not None and all(path[: len(one.node)] == one.node for path in inside)


def _links(parts: Iterable[Part], source: Source) -> SafeString:
    return format_html_join("", "<li>{}</li>\n", ((_link(one, source),) for one in parts))


def _link(one: Part, source: Source) -> SafeString:
    here = SafeString(' aria-current="true"') if one == source.part else SafeString()
    return format_html('<a href="?part={}"{}>{}</a>', one.key, here, one.name)
