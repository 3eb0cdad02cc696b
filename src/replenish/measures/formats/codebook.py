"""A codebook for people: what each column is, what may stand in it, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from replenish.measures.formats.number_text import written
from replenish.measures.formats.questionnaire import Asked, Kind, Questionnaire
from replenish.measures.pack import Pack
from replenish.measures.pack_parts import Item, Scale

_METHODS = {
    "sum": "the sum of its items",
    "mean": "the mean of its items",
    "mean0-100": "the mean of its items, brought to 0-100",
    "count": "the number of items answered at or above a value",
}


def codebook(questionnaire: Questionnaire, pack: Pack | None = None) -> str:
    """A Markdown text: the source, the licence, every column, and, with a pack, every score.

    Args:
        questionnaire: the questions, in the order of the columns.
        pack: the key they are scored with, its items being the questions of the same codes.
    """
    items = {item.code: item for item in pack.items} if pack else {}
    lines = [
        f"# Codebook: {_plain(questionnaire.title or 'questionnaire')}",
        "",
        *_about(questionnaire, pack),
        "## Columns",
        "",
        "An empty cell is a missing answer. It is never 0.",
        "",
    ]
    for question in questionnaire.asked:
        lines += _column(question, items.get(question.code), pack)
    if questionnaire.calculations:
        lines += ["## Scores the file names", "", "They are listed here and never carried out.", ""]
        for entry in questionnaire.calculations:
            lines.append(f"- {_code(entry.code)} {_plain(entry.title)}: {_code(entry.formula)}")
        lines.append("")
    if pack is not None:
        lines += ["## Scores", ""]
        for scale in pack.scales:
            lines += _scale(scale)
    return "\n".join(lines).rstrip() + "\n"


def _about(questionnaire: Questionnaire, pack: Pack | None) -> Iterator[str]:
    facts = {
        "Format": questionnaire.format,
        "Version": questionnaire.version,
        "Address": questionnaire.url,
        "Language": questionnaire.language,
        "Source": questionnaire.citation,
        "Licence": questionnaire.licence or "the file does not say; ask the owner before you use it",
        "Left out": ", ".join(questionnaire.left_out) or None,
    }
    if pack is not None:
        facts |= {
            "Instrument": f"{pack.title} (`{pack.id}`, version {pack.version})",
            "Authors": f"{pack.authors} ({pack.year})",
            "Owner": pack.licence.owner,
            "Own use": pack.licence.own_use,
            "Commercial use": pack.licence.commercial_use,
            "Key": f"content hash {pack.content_hash}",
        }
    for name, value in facts.items():
        if value:
            yield f"- {name}: {_plain(value)}"
    yield ""


def _column(question: Asked, item: Item | None, pack: Pack | None) -> Iterator[str]:
    yield f"### {_code(question.code)}"
    yield ""
    if question.text:
        yield f"{_plain(question.text)}"
        yield ""
    if question.groups:
        yield f"- Stands under: {' / '.join(_plain(group) for group in question.groups)}"
    yield f"- Answer: {question.kind}{', needed' if question.required else ''}"
    if question.kind is Kind.SEVERAL:
        yield "- Columns: one for each option, 1 ticked and 0 not ticked"
        for column, option in zip(question.columns, question.options, strict=True):
            yield f"    - {_code(column)}: {_plain(option.label)}"
    else:
        for option in question.options:
            number = "no number" if option.value is None else f"counts {written(option.value)}"
            yield f"    - {_code(option.code)}: {_plain(option.label) or 'no words'} ({number})"
    if question.kind is Kind.NUMBER and (question.low is not None or question.high is not None):
        yield f"- Range: {_end(question.low)} to {_end(question.high)}"
    reverse = item.reverse if item is not None else question.reverse
    if reverse is not None:
        yield f"- Reversed: {'yes, a high answer counts low' if reverse else 'no'}"
    if item is not None and pack is not None:
        titles = [scale.title for scale in pack.scales_of(item.code)]
        yield f"- Part of: {', '.join(titles) or 'no score'}"
    if question.terms:
        yield f"- Codes: {', '.join(question.terms)}"
    if question.shown_if:
        yield f"- Shown if: {_code(question.shown_if)}"
    if question.note:
        yield f"- Note: {_plain(question.note)}"
    yield ""


def _scale(scale: Scale) -> Iterator[str]:
    yield f"### `{scale.code}`"
    yield ""
    yield f"{_plain(scale.title)}: {_plain(scale.gloss)}"
    yield ""
    yield f"- Is: {_METHODS[scale.method]} ({', '.join(scale.items)})"
    yield f"- Range: {written(scale.range.low)} to {written(scale.range.high)}, {scale.direction}"
    yield f"- Missing: needs {scale.needed} of {len(scale.items)} items, otherwise there is no score"
    if scale.disputed is not None:
        yield f"- Disputed: {_plain(scale.disputed.reason)}"
    yield ""


def _end(limit: float | None) -> str:
    return "no limit" if limit is None else written(limit)


def _code(text: str) -> str:
    """One line as code, whatever quotation marks a foreign file has in it."""
    return f"`{' '.join(text.split()).replace('`', chr(39))}`"


def _plain(text: str) -> str:
    """One line that Markdown shows as it stands: no heading, link, picture or HTML from a foreign file."""
    line = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|!" else sign for sign in line)
