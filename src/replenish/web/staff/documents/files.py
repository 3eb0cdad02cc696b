"""The drafts as files: to edit, and on paper. Each is made anew from what stands today."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.conditions.actions.reading import actions_of
from replenish.conditions.response import readable_to
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary
from replenish.report.document import Report
from replenish.report.odt import KIND, draw_odt
from replenish.report.pdf import Frame, draw_pdf
from replenish.web.conditions_report.paper import can_print
from replenish.web.conditions_report.source import Source, source_of
from replenish.web.conditions_report.wording import day
from replenish.web.shared.texts import FALLBACK
from replenish.web.staff.documents.configuration import configuration_of
from replenish.web.staff.documents.data_protection import data_protection_draft
from replenish.web.staff.documents.pages import ALSO_THE_OPERATOR, READ_BY
from replenish.web.staff.documents.psychosocial import psychosocial_draft
from replenish.web.staff.door import staff_page

PSYCHOSOCIAL, DATA_PROTECTION = "psychosocial-draft", "data-protection-draft"


@staff_page(*READ_BY)
@require_safe
def psychosocial_odt(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - the asker says which
    """The psychosocial draft, to edit."""
    return _to_edit(_psychosocial(asker), _psychosocial_kind(), PSYCHOSOCIAL)


@staff_page(*READ_BY)
@require_safe
def psychosocial_pdf(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - the asker says which
    """The psychosocial draft on paper."""
    _require_typesetter()
    return _on_paper(_psychosocial(asker), _psychosocial_kind(), PSYCHOSOCIAL)


@staff_page(*ALSO_THE_OPERATOR)
@require_safe
def data_protection_odt(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - the asker says which
    """The data protection draft, to edit."""
    return _to_edit(_data_protection(asker), _data_protection_kind(), DATA_PROTECTION)


@staff_page(*ALSO_THE_OPERATOR)
@require_safe
def data_protection_pdf(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - the asker says which
    """The data protection draft on paper."""
    _require_typesetter()
    return _on_paper(_data_protection(asker), _data_protection_kind(), DATA_PROTECTION)


def _psychosocial(asker: Asker) -> Report:
    setting = organisation_summary(asker.organisation).setting
    return psychosocial_draft(whole_of(asker), setting, actions_of(asker.organisation))


def whole_of(asker: Asker) -> Source:
    """The whole organisation, as far as the asker may read it today.

    Raises:
        Refused: a release was changed after it was signed, or one is missing.
    """
    today = clock.today()
    published = readable_to(asker, today).published
    source = source_of(asker.organisation, published, own=None, asked="", until=today)
    if source is None:
        raise Http404
    return source


def _data_protection(asker: Asker) -> Report:
    return data_protection_draft(configuration_of(asker.organisation))


def _psychosocial_kind() -> str:
    return _("A draft: psychosocial risk assessment")


def _data_protection_kind() -> str:
    return _("A draft: data protection impact assessment")


def _to_edit(report: Report, kind: str, name: str) -> HttpResponse:
    return _file(draw_odt(report, _frame(kind, report)), KIND, f"{name}.odt")


def _on_paper(report: Report, kind: str, name: str) -> HttpResponse:
    return _file(draw_pdf(report, _frame(kind, report)), "application/pdf", f"{name}.pdf")


def _frame(kind: str, report: Report) -> Frame:
    made = _("Draft of %(day)s. Not legal advice.") % {"day": day(report.published)}
    language = (get_language() or FALLBACK).split("-")[0]
    return Frame(kind, made, _("Made with Replenish."), language=language)


def _require_typesetter() -> None:
    if not can_print():
        raise Http404


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
