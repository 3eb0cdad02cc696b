"""Codes of agreements in the words of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from replenish.supervision.points import points
from replenish.supervision.reading import AgreementTold, TermsTold
from replenish.supervision.rhythms import rhythm

KINDS: Mapping[str, Promise] = {
    "individual": gettext_lazy("Two people, one of them supervises"),
    "group": gettext_lazy("A group with somebody who supervises"),
    "peer": gettext_lazy("Equals, nobody supervises"),
    "external": gettext_lazy("With somebody from outside who has no account"),
}
ENDS: Mapping[str, Promise] = {
    "by-choice": gettext_lazy("We chose to"),
    "changed-post": gettext_lazy("Somebody changed post"),
    "another-supervisor": gettext_lazy("Somebody else supervises from now on"),
    "not-agreed": gettext_lazy("It was not agreed"),
    "left": gettext_lazy("Somebody left"),
}
CHOSEN_ENDS = tuple((code, said) for code, said in ENDS.items() if code != "left")


@dataclass(frozen=True)
class Line:
    """A point of an agreement and what was answered, in words."""

    asks: str
    says: str
    words: str = ""


def title_of(told: AgreementTold) -> str:
    """What an agreement is called on the page of one of its parties."""
    if told.kind == "external":
        return told.external
    return ", ".join(told.with_whom) or _("Nobody else any more")


def stands(told: AgreementTold) -> str:
    """Where it stands, for whoever reads."""
    if not told.is_open:
        return _("Ended")
    if told.waits_for_own:
        return _("Waits for you")
    if told.latest.in_force_from is None:
        return _("Waits for others")
    return _("Look at it again") if told.is_to_review else _("Agreed")


def rhythm_in_words(terms: TermsTold) -> str:
    """How often they meet."""
    if terms.wording.weeks is not None:
        weeks = terms.wording.weeks
        return ngettext("Every week", "Every %(weeks)s weeks", weeks) % {"weeks": weeks}
    known = rhythm(terms.wording.rhythm)
    return _(known.says) if known else terms.wording.rhythm


def lines_of(terms: TermsTold) -> list[Line]:
    """What was agreed, point by point; answers that the list no longer has stay as their codes."""
    said = terms.wording
    known = {one.code: one.says for one in points().functions}
    share = {"minutes": said.minutes, "share": said.reflective_share}
    rebook = {"days": terms.rebook_days}
    lines = [
        Line(_("How often"), rhythm_in_words(terms)),
        Line(_("How long"), _("%(minutes)s minutes, %(share)s in a hundred kept to reflect") % share),
        Line(_("What for"), "; ".join(_(known.get(code, code)) for code in said.functions)),
        Line(
            _("When a meeting falls through"),
            _("It is planned anew within %(days)s working days") % rebook,
        ),
    ]
    for point in points().points:
        answer = said.answers.get(point.code)
        choices = {choice.code: choice.says for choice in point.choices}
        if answer is not None:
            lines.append(Line(_(point.asks), _(choices.get(answer.code, answer.code)), answer.words))
    return lines
