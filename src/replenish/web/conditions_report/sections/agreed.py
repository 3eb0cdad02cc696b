"""What a team agreed on together in a conversation: the same list for everybody who reads the report."""

from __future__ import annotations

from django.utils.translation import gettext as _

from replenish.report.document import Paragraph, Section, Table
from replenish.web.conditions_report.source import Source
from replenish.web.conversation_kit.points import PointTold, told


def agreed(source: Source) -> Section | None:
    """The list; none where nothing was agreed, but for a place without numbers, which is told what comes."""
    points = [told(point) for point in source.agreed]
    title = _("What we agreed together")
    if not points:
        if not source.small:
            return None
        words = _("Nothing stands here yet. After a conversation, the points that all of you agreed to will.")
        return Section("agreed", title, (Paragraph(words),))
    columns = (_("What"), _("Condition"), _("Who takes it on"), _("By when"), _("How it stands"))
    table = Table(_("Points that all agreed to"), columns, tuple(_row(point) for point in points))
    return Section("agreed", title, (table,))


def _row(point: PointTold) -> tuple[str, ...]:
    return point.words, point.condition, point.taken_on_by, point.by_when or "–", point.stands
