"""The report as parts of a page: strings and nothing else, each escaped before it is one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from replenish.report.document import Report
from replenish.web.conditions_report.document import ending, facts_line
from replenish.web.conditions_report.html import sections_html
from replenish.web.conditions_report.parts import Part
from replenish.web.conditions_report.source import Source
from replenish.web.conditions_report.wording import day
from replenish.web.shared.frames import fill


def page_parts(source: Source, report: Report) -> dict[str, str]:
    """What the templates of the report and of its one-page version are filled with."""
    return {
        "title": source.title,
        "facts_line": facts_line(source),
        "sections": sections_html(report),
        "parts": _parts(source.parts, source.own, source.part, get_language() or ""),
        "opens": day(source.opens_on) if source.opens_on is not None else "",
        "ending": ending(source),
        "asked": "" if source.part == source.own else source.part.key,
    }


# Hundreds of links, the same for everybody who reads from the same group.
@lru_cache(maxsize=64)
def _parts(parts: tuple[Part, ...], own: Part | None, here: Part, language: str) -> SafeString:  # noqa: ARG001 - the language in force
    """The own group, what it belongs to and the whole; then everything else, folded away."""
    if len(parts) < 2:
        return SafeString()
    near = [one for one in parts if one in (own, here) or _around(one, own or here)]
    others = parts if len(parts) > len(near) else ()
    return fill("shared/report/parts.html", {"near": _links(near, here), "others": _links(others, here)})


def _around(one: Part, inner: Part) -> bool:
    """Whether a part of the tree holds another part wholly."""
    inside = inner.units or ((inner.node,) if inner.node is not None else ())
    return one.node is not None and all(path[: len(one.node)] == one.node for path in inside)


def _links(parts: Iterable[Part], here: Part) -> SafeString:
    return format_html_join("", "<li>{}</li>\n", ((_link(one, here=one == here),) for one in parts))


def _link(one: Part, *, here: bool) -> SafeString:
    mark = SafeString(' aria-current="true"') if here else SafeString()
    return format_html('<a href="?part={}"{}>{}</a>', one.key, mark, one.name)
