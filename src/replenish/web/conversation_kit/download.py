"""The kit as files: outside the room of pages for anybody, whose every page a browser keeps."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.web.conditions_report.paper import can_print
from replenish.web.conversation_kit.paper import cards_on_paper, guide_on_paper


@require_safe
def cards_pdf(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - it is the same for everybody
    """The cards, to cut apart."""
    return _file(cards_on_paper, "conversation-cards")


@require_safe
def guide_pdf(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - it is the same for everybody
    """The guide on paper."""
    return _file(guide_on_paper, "conversation-guide")


def _file(drawn: Callable[[], bytes], name: str) -> HttpResponse:
    if not can_print():
        raise Http404
    response = HttpResponse(drawn(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
