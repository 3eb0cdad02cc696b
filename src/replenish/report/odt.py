"""The report as an OpenDocument text that people open, change and fill in; no library but Python's own.

An ODT file is an archive of a few XML files. Every word is placed as the text of an element, so no name can
act as markup, and the bytes depend on the document alone: entries of the archive carry no time.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from replenish.report.document import Block, Bullets, Chart, Entry, Fold, Heading, Paragraph, Report, Table
from replenish.report.odt_styles import NAMESPACES, manifest, styles
from replenish.report.pdf import Frame
from replenish.report.tokens import LIGHT

KIND = "application/vnd.oasis.opendocument.text"
BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The earliest time an archive can name: that of every entry."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
for _prefix, _address in NAMESPACES.items():
    ET.register_namespace(_prefix, _address)


class Blank(str):
    """Words that stand for something people fill in; a document that can be edited marks them."""

    __slots__ = ()


def draw_odt(report: Report, frame: Frame) -> bytes:
    """The report as ODT: the same words and tables as on paper; a chart gives its title and its table.

    Args:
        report: the document.
        frame: what stands around it.
    """
    root = _element("office:document-content", {"office:version": "1.3"})
    _table_styles(root)
    body = _sub(_sub(root, "office:body"), "office:text")
    _paragraph(body, frame.kind, "Kind")
    _heading(body, report.title, 1, "Title")
    _paragraph(body, frame.facts, "Soft")
    for section in report.sections:
        _heading(body, section.title, 2, "Section")
        _blocks(body, section.blocks)
    _paragraph(body, frame.ending, "Soft")
    return _archive(
        {
            "content.xml": _written(root),
            "styles.xml": styles(frame.language, frame.region),
            "meta.xml": _written(_meta(report, frame)),
            "META-INF/manifest.xml": manifest(),
        }
    )


def _blocks(parent: ET.Element, blocks: Sequence[Block]) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            _paragraph(parent, block.text, {"plain": "Plain", "lead": "Lead", "aside": "Aside"}[block.voice])
        elif isinstance(block, Heading):
            _heading(parent, block.text, 3, "Part")
        elif isinstance(block, Bullets):
            _bullets(parent, block)
        elif isinstance(block, Table):
            _table(parent, block)
        elif isinstance(block, Chart):
            _paragraph(parent, block.title, "Plain")
            _table(parent, block.table)
        elif isinstance(block, Fold):
            _heading(parent, block.summary, 3, "Part")
            _blocks(parent, block.blocks)


def _heading(parent: ET.Element, words: str, level: int, style: str) -> None:
    named = {"text:style-name": style, "text:outline-level": str(level)}
    _place(_sub(parent, "text:h", named), words)


def _paragraph(parent: ET.Element, words: str, style: str) -> None:
    _place(_sub(parent, "text:p", {"text:style-name": style}), words)


def _bullets(parent: ET.Element, block: Bullets) -> None:
    shown = _sub(parent, "text:list", {"text:style-name": "Numbers" if block.ordered else "Points"})
    for words in block.items:
        _paragraph(_sub(shown, "text:list-item"), words, "Plain")


def _table(parent: ET.Element, table: Table) -> None:
    if not table.rows:
        return
    _paragraph(parent, table.caption, "Caption")
    if table.note:
        _paragraph(parent, table.note, "Soft")
    drawn = _sub(parent, "table:table", {"table:style-name": "Table"})
    _sub(drawn, "table:table-column", {"table:number-columns-repeated": str(len(table.columns))})
    header = _sub(_sub(drawn, "table:table-header-rows"), "table:table-row")
    for words in table.columns:
        _paragraph(_cell(header), words, "Head")
    for row in table.rows:
        line = _sub(drawn, "table:table-row")
        for entry in row:
            _entry(_cell(line), entry)
    _paragraph(parent, "", "Plain")


def _table_styles(root: ET.Element) -> None:
    """Tables and cells take their look from the text itself; office programs read it nowhere else."""
    named = _sub(root, "office:automatic-styles")
    table = _sub(named, "style:style", {"style:name": "Table", "style:family": "table"})
    _sub(table, "style:table-properties", {"table:border-model": "collapsing", "style:rel-width": "100%"})
    cell = _sub(named, "style:style", {"style:name": "Cell", "style:family": "table-cell"})
    look = {"fo:padding": "0.12cm", "fo:border": f"0.5pt solid {LIGHT['line']}"}
    _sub(cell, "style:table-cell-properties", look)


def _cell(row: ET.Element) -> ET.Element:
    return _sub(row, "table:table-cell", {"table:style-name": "Cell", "office:value-type": "string"})


def _entry(cell: ET.Element, entry: Entry) -> None:
    if isinstance(entry, str):
        _paragraph(cell, entry, "InCell")
        return
    _paragraph(cell, entry.text, "InCell")
    if entry.note:
        _paragraph(cell, entry.note, "Soft")


def _place(element: ET.Element, words: str) -> None:
    """The words as text; those that people fill in as a marked span of it."""
    into = _sub(element, "text:span", {"text:style-name": "ToFill"}) if isinstance(words, Blank) else element
    into.text = _NO_XML.sub("", words)


def _meta(report: Report, frame: Frame) -> ET.Element:
    root = _element("office:document-meta", {"office:version": "1.3"})
    meta = _sub(root, "office:meta")
    _place(_sub(meta, "dc:title"), f"{frame.kind}: {report.title}")
    _place(_sub(meta, "dc:language"), frame.language)
    return root


def _element(name: str, attributes: dict[str, str] | None = None) -> ET.Element:
    return ET.Element(_full(name), {_full(key): value for key, value in (attributes or {}).items()})


def _sub(parent: ET.Element, name: str, attributes: dict[str, str] | None = None) -> ET.Element:
    made = _element(name, attributes)
    parent.append(made)
    return made


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _written(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _archive(files: dict[str, bytes]) -> bytes:
    """The kind of file stands first and is not packed, so that it is known by its first bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", BEGINNING), KIND, zipfile.ZIP_STORED)
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, BEGINNING), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
