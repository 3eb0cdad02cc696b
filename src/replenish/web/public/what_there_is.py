"""What there is of a person, who can see it, and whether it lies in a backup: that from what backups keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from replenish.safekeeping.policy import ARRIVING, KEPT

BOXES = ("voices_arrivingbox", "voices_box")
TOLD_ELSEWHERE: Mapping[str, str] = {
    "voices_seat": "below the table, as a seat",
    "voices_arrivingseat": "the same",
    "voices_erasedbox": "where a box is destroyed",
    "voices_groupofunit": "the plan of the season, of nobody",
    "voices_nightstate": "the last night, of nobody",
    "voices_openround": "the days of the round, of nobody",
    "voices_seatseason": "the days of the season, of nobody",
    "debrief_arrangement": "what the organisation has arranged, of nobody",
    "debrief_ledinmonth": "the page about debriefs, of facilitators with an account",
    "debrief_training": "the same",
}
"""Tables of the carers' side that no row of the page is about, and where they are told instead."""


@dataclass(frozen=True)
class Kept:
    """One row of the page.

    Attributes:
        what: there is.
        who: can see it.
        tables: in which it lies; none for what is not written down, or lies on the device alone.
    """

    what: Promise
    who: Promise
    tables: tuple[str, ...] = ()

    @property
    def in_backup(self) -> str:
        """Whether a backup holds it."""
        if not {*KEPT, *ARRIVING}.intersection(self.tables):
            return _("No")
        return _("Yes, locked") if set(self.tables) <= set(BOXES) else _("Yes")


WHAT_THERE_IS = (
    Kept(gettext_lazy("Your answers, week by week"), gettext_lazy("You, with your key card"), BOXES),
    Kept(gettext_lazy("Your notes"), gettext_lazy("You, with your key card. They are never counted"), BOXES),
    Kept(
        gettext_lazy("Whether you answered, and when"),
        gettext_lazy("Nobody. Reminders go to everybody alike"),
        ("voices_contribution",),
    ),
    Kept(
        gettext_lazy("Bands for groups"),
        gettext_lazy(
            "Everybody in the organisation, after a round has closed, and only if at least %(floor)s people "
            "of the group answered"
        ),
        ("conditions_publishedrelease",),
    ),
    Kept(
        gettext_lazy("What you say after a session of supervision"),
        gettext_lazy(
            "You, with your key card. Once a season there is one band over all of it. It needs at least "
            "%(floor)s people who answered, and three supervisors"
        ),
        ("conditions_publishedrating",),
    ),
    Kept(
        gettext_lazy("How many slips were made and used"),
        gettext_lazy("The people of the group, a steward, and the staff's own representative"),
        ("voices_slipdraw", "voices_slip"),
    ),
    Kept(
        gettext_lazy("That you doubt the number of slips"),
        gettext_lazy("Nobody. That somebody does, the same people read"),
        ("voices_groupdoubt",),
    ),
    Kept(
        gettext_lazy("That you asked for something for your team"),
        gettext_lazy("Nobody. The whole team reads the same offer, asked for or not"),
        ("debrief_teamoffer",),
    ),
    Kept(
        gettext_lazy("That something hard happened to your team"),
        gettext_lazy("Leaders, facilitators and the representative. No name and no case is in it"),
        ("debrief_incident", "debrief_incidentstep"),
    ),
    Kept(
        gettext_lazy("That you are to be asked again after it, and what you answered"),
        gettext_lazy(
            "The facilitator who asks you, with a phrase of their own. It is destroyed after 31 days"
        ),
        ("debrief_askinglist", "debrief_answertally"),
    ),
    Kept(
        gettext_lazy("What a group agreed on together after something hard"),
        gettext_lazy(
            "Leaders, facilitators and the representative. They are words about the place, without a name"
        ),
        ("debrief_conversation", "debrief_learningpoint"),
    ),
    Kept(
        gettext_lazy("How many took such an offer in a quarter"),
        gettext_lazy("Leaders, facilitators and the representative, as a band over at least seven offers"),
        ("debrief_answersofquarter",),
    ),
    Kept(
        gettext_lazy("A check-in that waits on your device"),
        gettext_lazy("Nobody. Who holds the device sees that something waits, and not what"),
    ),
    Kept(gettext_lazy("That you opened the help page"), gettext_lazy("Nobody. It is not written down")),
)
