"""The kit on paper: cards to cut apart, eight on a page, and the guide; the same for everybody."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from importlib.resources import as_file, files

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from replenish.report.document import Block, Bullets, Heading, Paragraph, Report, Section
from replenish.report.pdf import Frame, draw_pdf
from replenish.web.conversation_kit.kit import ON_A_SHEET, Part, Steps, cards, guide, minutes_of
from replenish.web.shared.texts import FALLBACK

LANGUAGES_KEPT = 4
PRINTED = date.min
"""A guide was not published on a day; the document asks for one, and this frame does not print it."""


def cards_on_paper() -> bytes:
    """All cards, and a sheet of empty ones, fronts and backs in turn."""
    return _cards(_language())


def guide_on_paper() -> bytes:
    """The guide, to hold in a hand."""
    return _guide(_language())


def _language() -> str:
    return (get_language() or FALLBACK).split("-")[0]


# Typesetting takes about a second, and there is one set of cards in each language.
@lru_cache(maxsize=LANGUAGES_KEPT)
def _cards(language: str) -> bytes:
    with as_file(files("replenish.web.conversation_kit") / "cards.typ") as template:
        drawn: bytes = typst.compile(
            str(template),
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            sys_inputs={"sheet": json.dumps(_sheet(language), ensure_ascii=False)},
        )
    return drawn


def _sheet(language: str) -> dict[str, object]:
    found = cards()
    printed = [
        {"condition": condition.title, "question": card.question, "small": card.small}
        for condition in found.conditions
        for card in condition.cards
    ]
    printed += [{"condition": found.labels.own, "question": "", "small": ""}] * ON_A_SHEET
    return {
        "title": found.title,
        "language": language,
        "small": found.labels.small,
        "what": found.labels.what,
        "who": found.labels.who,
        "when": found.labels.when,
        "pages": [printed[start : start + ON_A_SHEET] for start in range(0, len(printed), ON_A_SHEET)],
    }


@lru_cache(maxsize=LANGUAGES_KEPT)
def _guide(language: str) -> bytes:
    found = guide()
    first, last = found.around
    known = Section(
        "known",
        _("Where this comes from"),
        (Bullets(tuple(f"{one.says} {one.source} ({one.meaning})." for one in found.sources)),),
    )
    sections = [
        Section("aims", _("What it is for"), tuple(Paragraph(said) for said in found.aims)),
        *(_part(f"before-{place}", part) for place, part in enumerate(first)),
        _steps(found.steps),
        *(_part(f"after-{place}", part) for place, part in enumerate(last)),
        known,
    ]
    report = Report(found.title, "", PRINTED, tuple(sections), figures=(), releases=())
    frame = Frame(_("Conversation kit"), found.summary, _("Made with Replenish."), language=language)
    return draw_pdf(report, frame)


def _part(name: str, part: Part) -> Section:
    return Section(name, part.title, (Bullets(part.items),))


def _steps(steps: Steps) -> Section:
    blocks: list[Block] = []
    for step in steps.items:
        blocks += [Heading(f"{step.title} ({minutes_of(step)})"), Paragraph(step.text)]
    return Section("steps", steps.title, tuple(blocks))
