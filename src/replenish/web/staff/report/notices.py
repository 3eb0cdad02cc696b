"""What a reader is told before the report: which rounds wait for them, and where their own part is."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from replenish.conditions.response import Waiting
from replenish.web.conditions_report.wording import day, number
from replenish.web.shared.frames import fill
from replenish.web.staff.report.reading import Reading
from replenish.web.staff.report.scope import Scope


def notices(reading: Reading) -> SafeString:
    """All of them; empty for somebody who reads everything and answers for no unit."""
    return SafeString("".join((_waiting(reading.waiting), _scopes(reading), _several(reading.scopes))))


def _waiting(waiting: tuple[Waiting, ...]) -> SafeString:
    if not waiting:
        return SafeString()
    rounds = format_html_join("", "<li>{}</li>\n", ((_waits(one),) for one in reversed(waiting)))
    return fill("staff/report/waiting.html", {"rounds": rounds})


def _waits(one: Waiting) -> str:
    told = {
        "round": number(one.number),
        "closed": day(one.closed_on),
        "members": day(one.opens_on),
        "parts": "; ".join(scope.name or _("the whole organisation") for scope in one.scopes),
    }
    return (
        _(
            "Round %(round)s closed on %(closed)s. It waits for an answer for: %(parts)s. Staff read it from "
            "%(members)s on, whatever you do."
        )
        % told
    )


def _scopes(reading: Reading) -> SafeString:
    """Why the page shows another part than the one somebody answers for."""
    told = [said for scope in reading.scopes if (said := _about(scope, read=bool(reading.source.rounds)))]
    return format_html_join("", '<p class="aside">{}</p>\n', ((said,) for said in told))


def _about(scope: Scope, *, read: bool) -> str:
    names = {"unit": scope.name or _("a unit that has ended")}
    if not scope.stands and scope.part is not None:
        words = _(
            "%(unit)s has ended. Its people stay in their group until the season is over. You can read that "
            "group here."
        )
    elif not scope.stands:
        words = _(
            "You answer for %(unit)s. No group of the newest round holds it, so you see the whole "
            "organisation. The operator can give you the unit you answer for now."
        )
    elif scope.part is None and read:
        words = _(
            "No group of the newest round holds %(unit)s yet. Groups are formed when a season begins. "
            "Until then you see the whole organisation."
        )
    else:
        return ""
    return words % names


def _several(scopes: tuple[Scope, ...]) -> SafeString:
    """Ways to each part, for somebody who answers for more than one unit."""
    parts = {scope.part: scope for scope in scopes if scope.part is not None}
    if len(parts) < 2:
        return SafeString()
    links = format_html_join(
        "", '<li><a href="?part={}">{}</a></li>\n', ((part.key, part.name) for part in parts)
    )
    label = _("You answer for")
    return format_html(
        '<nav class="parts" aria-label="{}"><p>{}</p><ul class="across-the-line">{}</ul></nav>\n',
        label,
        label,
        links,
    )
