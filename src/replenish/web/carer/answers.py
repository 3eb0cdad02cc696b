"""What a person answered, week by week, in the words they chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache, lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.voices.box_content import BoxContent, CheckIn
from replenish.voices.queries import my_box
from replenish.voices.weeks import thursday_of
from replenish.web.carer.door import card_page
from replenish.web.carer.question_form import choices_of
from replenish.web.shared.days import day_in_words
from replenish.web.shared.frames import fill
from replenish.web.shared.questions import AFTER_SUPERVISION, ROUND, WEEKLY, short_names

MONDAY = timedelta(days=3)
GAP = '<td class="gap">–</td>'


@require_safe
@card_page
def my_answers(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - the card says it all
    """A table for each set of questions that was ever answered."""
    found = my_box(secret) or BoxContent()
    return HttpResponse(fill("carer/my_answers.html", {"tables": tables_of(found.check_ins)}))


def tables_of(check_ins: Sequence[CheckIn]) -> SafeString:
    """A table for each pack that was ever answered, newest week first; without answers, none."""
    language = get_language() or ""
    captions = {
        WEEKLY: _("Week by week"),
        ROUND: _("The longer questions"),
        AFTER_SUPERVISION: _("After supervision"),
    }
    tables: list[str] = []
    for pack_id, caption in captions.items():
        said = {check_in.week: check_in.answers for check_in in check_ins if check_in.pack == pack_id}
        if said:
            weeks = sorted(said, reverse=True)
            parts = {
                "name": pack_id,
                "caption": caption,
                "weeks": _joined([_head(week, language) for week in weeks]),
                "rows": _rows(pack_id, language, [said[week] for week in weeks]),
            }
            tables.append(fill("carer/weeks.html", parts, folded=bool(tables)))
    return _joined(tables)


@lru_cache(maxsize=512)
def _head(week: str, language: str) -> SafeString:
    """A week, named by its Monday."""
    return format_html('<th scope="col">{}</th>', day_in_words(thursday_of(week) - MONDAY, "j M Y", language))


def _rows(pack_id: str, language: str, weeks: Sequence[Mapping[str, float]]) -> SafeString:
    """A year of weeks has hundreds of cells; each of them is drawn once and then only put in its place."""
    drawn: list[str] = []
    for code, question, cells in _questions(pack_id, language):
        drawn.append(question)
        drawn += [cells.get(answers.get(code), GAP) for answers in weeks]
        drawn.append("</tr>")
    return _joined(drawn)


@cache
def _questions(
    pack_id: str, language: str
) -> tuple[tuple[str, SafeString, Mapping[float | None, SafeString]], ...]:
    """Of each question its code, the head of its row, and the cell of each answer."""
    names = short_names(language)
    return tuple(
        (
            item.code,
            format_html('\n<tr><th scope="row">{}</th>', names.get(item.code) or _(item.text or item.code)),
            {
                float(choice.value): format_html("<td>{}</td>", _(choice.label))
                for choice in choices_of(pack_id)[item.code]
            },
        )
        for item in load_pack(pack_id).items
    )


def _joined(drawn: Sequence[str]) -> SafeString:
    return mark_safe("".join(drawn))  # noqa: S308 - every piece comes from a template or was escaped
