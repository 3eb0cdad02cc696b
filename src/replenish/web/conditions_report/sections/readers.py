"""Who reads the report and when, in sentences made from the roles and days in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from replenish.conditions.queries import MEMBERS_READ_AFTER
from replenish.conditions.response import ANSWER_WITHIN
from replenish.people.roles import LEADERS, READERS, RoleKind
from replenish.web.conditions_report.wording import upper

SEVERAL: Mapping[RoleKind, Promise] = {
    RoleKind.STEWARD: gettext_lazy("stewards"),
    RoleKind.DEPUTY: gettext_lazy("deputies"),
    RoleKind.REPRESENTATIVE: gettext_lazy("representatives"),
    RoleKind.FACILITATOR: gettext_lazy("facilitators"),
    RoleKind.SUPERVISOR: gettext_lazy("supervisors"),
    RoleKind.OPERATOR: gettext_lazy("operators"),
}


def readers_in_short() -> tuple[str, ...]:
    """Members, and those who lead."""
    return (
        _(
            "Everybody with a seat in this organisation can read this page, from %(days)s days after a round "
            "closes, whatever leaders do."
        )
        % {"days": MEMBERS_READ_AFTER.days},
        _("Leaders read the same figures, and no others about people."),
    )


def readers_told() -> tuple[str, ...]:
    """Members, those who speak or work for them, those who lead, and who reads nothing."""
    others = [kind for kind in READERS if kind not in LEADERS]
    members, same = readers_in_short()
    told = [
        members,
        _("From the same day, so can: %(parts)s.") % {"parts": _listed(others)},
        _(
            "Leaders are: %(parts)s. They read a round only when each part they answer for has an answer for "
            "staff."
        )
        % {"parts": _listed(LEADERS)},
        _("After %(days)s more days without an answer, staff read that there is none.")
        % {"days": ANSWER_WITHIN.days},
        same,
    ]
    nobody = [kind for kind in RoleKind if kind not in READERS]
    if nobody:
        told.append(
            _("%(parts)s keep the installation running, and read none of it here.")
            % {"parts": upper(_listed(nobody))}
        )
    return tuple(told)


def _listed(kinds: Iterable[RoleKind]) -> str:
    return ", ".join(str(SEVERAL[kind]) for kind in kinds)
