"""The document as the inside of a page: each block by a template of its own, each word escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from replenish.report.document import (
    BandRow,
    Block,
    Bullets,
    Chart,
    Entry,
    FactMarks,
    Heading,
    IntervalMarks,
    LeadersWords,
    Paragraph,
    QuestionMarks,
    Report,
    RoundMarks,
    Section,
    Table,
)
from replenish.web.conditions_report import drawing
from replenish.web.shared.frames import fill

WIDE = 6


def sections_html(report: Report) -> SafeString:
    """All sections of a report."""
    return _joined(_section(section) for section in report.sections)


def _section(section: Section) -> SafeString:
    parts = {"name": section.name, "title": section.title, "body": _body(section)}
    return fill("shared/report/section.html", parts)


def _body(section: Section) -> SafeString:
    """What stands before the first heading, then each heading with what belongs to it."""
    told, heads, rest = _cut(section.blocks)
    drawn = [_joined(_block(block, f"{section.name}-{place}") for place, block in enumerate(told))]
    if heads:
        inside = (
            format_html(
                '<div class="told">\n<h3>{}</h3>\n{}</div>\n',
                head.text,
                _joined(_block(block, f"{section.name}-{at}-{place}") for place, block in enumerate(blocks)),
            )
            for at, (head, blocks) in enumerate(heads)
        )
        drawn.append(format_html('<div class="all-told">\n{}</div>\n', _joined(inside)))
    return _joined(drawn + [_block(block, f"{section.name}-end-{at}") for at, block in enumerate(rest)])


def _cut(
    blocks: Sequence[Block],
) -> tuple[list[Block], list[tuple[Heading, list[Block]]], list[Block]]:
    """Blocks before the first heading, blocks by heading, and a paragraph that ends the section."""
    told: list[Block] = []
    heads: list[tuple[Heading, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading):
            heads.append((block, []))
        elif heads:
            heads[-1][1].append(block)
        else:
            told.append(block)
    rest: list[Block] = []
    last = heads[-1][1] if heads else []
    while len(last) > 1 and isinstance(last[-1], Paragraph):
        rest.insert(0, last.pop())
    return told, heads, rest


def _block(block: Block, name: str) -> SafeString:
    if isinstance(block, Paragraph):
        kind = "" if block.voice == "plain" else block.voice
        return format_html('<p class="{}">{}</p>\n', kind, block.text) if kind else _plain(block.text)
    if isinstance(block, LeadersWords):
        return _leaders_words(block)
    if isinstance(block, Bullets):
        items = format_html_join("", "<li>{}</li>\n", ((item,) for item in block.items))
        return format_html("<ol>\n{}</ol>\n" if block.ordered else "<ul>\n{}</ul>\n", items)
    if isinstance(block, Table):
        return _table(block, f"{name}-table")
    if isinstance(block, Chart):
        return _chart(block)
    return SafeString()


def _leaders_words(block: LeadersWords) -> SafeString:
    items = format_html_join("", "<li>{}</li>\n", ((item,) for item in block.items))
    return format_html('<ul class="leaders-words">\n{}</ul>\n', items)


def _plain(text: str) -> SafeString:
    return format_html("<p>{}</p>\n", text)


def _table(table: Table, name: str) -> SafeString:
    parts = {
        "name": name,
        "caption": table.caption,
        "note": table.note,
        "heads": format_html_join("", '<th scope="col">{}</th>', ((column,) for column in table.columns)),
        "rows": _joined(_row(row) for row in table.rows),
    }
    return fill("shared/report/table.html", parts, wide=len(table.columns) > WIDE)


def _row(row: tuple[Entry, ...]) -> SafeString:
    head, *cells = (entry if isinstance(entry, str) else f"{entry.text} {entry.note}" for entry in row)
    return format_html(
        '\n<tr><th scope="row">{}</th>{}</tr>',
        head,
        format_html_join("", "<td>{}</td>", ((cell,) for cell in cells)),
    )


def _chart(chart: Chart) -> SafeString:
    parts = {"name": chart.name, "title": chart.title, "table": _table(chart.table, f"{chart.name}-table")}
    if isinstance(chart.marks, RoundMarks):
        first, last = chart.marks.rounds[0].label, chart.marks.rounds[-1].label
        ends = {
            "drawn": drawing.rounds(chart.marks, name=chart.name),
            "first": _("Round %(number)s") % {"number": first},
            "last": _("Round %(number)s") % {"number": last} if last != first else "",
        }
        return fill("shared/report/rounds.html", {**parts, **ends})
    if isinstance(chart.marks, FactMarks):
        marks = chart.marks
        ends = {"drawn": drawing.facts(marks, name=chart.name), "top": marks.top}
        return fill("shared/report/facts.html", {**parts, **ends, "first": marks.first, "last": marks.last})
    if isinstance(chart.marks, IntervalMarks):
        return fill("shared/report/links.html", {**parts, "rows": _differences(chart.name, chart.marks)})
    if isinstance(chart.marks, QuestionMarks):
        return fill("shared/report/now.html", {**parts, "rows": _joined(_lines(chart.name, chart.marks))})
    return SafeString()


def _differences(name: str, marks: IntervalMarks) -> SafeString:
    """One line for each condition: its name, its bar."""
    reach = max(max(abs(row.low), abs(row.high)) for row in marks.rows)
    return _joined(
        format_html(
            '<div class="link"><p id="{}">{}</p>{}</div>\n',
            f"{name}-{place}",
            row.label,
            drawing.difference(row, reach or 1.0, marks.tint, name=f"{name}-{place}"),
        )
        for place, row in enumerate(marks.rows)
    )


def _lines(name: str, marks: QuestionMarks) -> Iterator[SafeString]:
    """One line for each question: its name, its band in words, its stretch."""
    for place, row in enumerate(marks.rows):
        yield fill("shared/report/line.html", _line(f"{name}-{place}", row))


def _line(name: str, row: BandRow) -> dict[str, str]:
    drawn = drawing.stretch(row, name=name)
    return {
        "name": name,
        "label": row.label,
        "band": row.note,
        "voices": row.voices,
        "change": row.change,
        "drawn": drawn,
    }


def _joined(parts: Iterator[SafeString] | list[SafeString]) -> SafeString:
    return SafeString("".join(parts))
