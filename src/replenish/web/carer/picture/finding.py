"""What the picture says first: how the six signs together lie beside the person's own usual."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from django.utils.translation import gettext as _

from replenish.statistics.noticing import DESIGN, Notice, Noticing, notice_change
from replenish.web.carer.picture.said import STEP, WARMTH, Said, Series, mean, monday_of
from replenish.web.carer.picture.signs import LATELY, signs_of
from replenish.web.carer.picture.wording import day, often, quoted, range_words, whole

SEVERAL = 3


class Shows(Enum):
    """How far the picture has come."""

    NOTHING = "nothing"
    FIRST_WEEKS = "first weeks"
    NO_CHANGE = "no change"
    CHANGE = "change"


@dataclass(frozen=True)
class Finding:
    """The six signs together.

    Args:
        shows: how far the picture has come.
        series: the score of each week.
        noticing: what can be said about it.
        since: the week from which the usual is counted; None for the first check-in.
        more: the signs that came more often lately than usual, each looked at by itself.
    """

    shows: Shows
    series: Series
    noticing: Noticing
    since: int | None
    more: tuple[str, ...]

    @property
    def several(self) -> bool:
        """Whether so many single signs came more often that "no change" alone would mislead.

        Simulated, three of six are hardly ever found in people who did not change.
        """
        return len(self.more) >= SEVERAL

    @property
    def stands_high(self) -> bool:
        """Whether the usual itself, or the first weeks before there is one, lies high."""
        usual = self.noticing.usual
        if usual is not None:
            return usual.stands_high()
        return bool(self.series.values) and mean(self.series.lately(LATELY)) > DESIGN.high_level

    @property
    def weighs(self) -> bool:
        """Whether finding words is what may help first."""
        return self.shows is Shows.CHANGE or self.several or self.stands_high

    @property
    def different(self) -> frozenset[int]:
        """The weeks of the notice."""
        notice = self.noticing.notice
        if notice is None:
            return frozenset()
        return frozenset(week for week in self.series.weeks if notice.since <= week <= notice.until)


def finding_of(said: Said, since: int | None) -> Finding:
    """What the six signs together show."""
    series = said.together()
    noticing = notice_change(
        np.array(series.weeks, dtype=np.int64), np.array(series.values), usual_from=since
    )
    if not series.weeks:
        shows = Shows.NOTHING
    elif noticing.usual is None:
        shows = Shows.FIRST_WEEKS
    else:
        shows = Shows.NO_CHANGE if noticing.notice is None else Shows.CHANGE
    more = tuple(sign.code for sign in signs_of(said, since) if sign.code != WARMTH and sign.more_than_usual)
    return Finding(shows, series, noticing, since, more)


def title_of(found: Finding) -> str:
    """The finding in one sentence."""
    notice = found.noticing.notice
    if notice is not None:
        return _("Since the week of %(day)s, this looks different from your own usual.") % {
            "day": day(monday_of(notice.since), "MONTH_DAY_FORMAT")
        }
    if found.several and found.shows is Shows.NO_CHANGE:
        return _("Several signs came more often lately than in your own usual.")
    if found.stands_high and found.shows is Shows.NO_CHANGE:
        return _("No clear change, but your usual itself lies high.")
    if found.shows is Shows.NO_CHANGE:
        return _("No clear change from your own usual.")
    return _("Your first weeks are here.")


def sentences_of(found: Finding) -> list[str]:
    """What goes with the title: how far apart, how sure, and at which level."""
    notice, usual = found.noticing.notice, found.noticing.usual
    if usual is None:
        return _first_weeks(found)
    said = [_apart(notice)] if notice is not None else []
    said.append(
        _("In your own usual, most weeks lie %(range)s, all six signs taken together.")
        % {"range": range_words(usual.low, usual.high)}
    )
    if usual.stands_high():
        said.append(
            _(
                "These signs were there often from your first weeks on. So your usual is itself a level that "
                "weighs on a person, and no change does not mean that all is well."
            )
        )
    if notice is None and found.several:
        said.append(
            _("All six taken together do not look clearly different yet. The signs stand one by one below.")
        )
    elif notice is None and not usual.stands_high():
        said.append(
            _("A picture like this can miss things. If you feel that something is wrong, trust that.")
        )
    return said


def _apart(notice: Notice) -> str:
    return _(
        "The six signs come more often: about %(points)s points of 100 above your usual, likely between "
        "%(low)s and %(high)s. To compare: 25 points is one answer up for every sign, such as from "
        "“%(once)s” to “%(sometimes)s”."
    ) % {
        "points": whole(notice.difference),
        "low": whole(notice.low),
        "high": whole(notice.high),
        "once": often(STEP),
        "sometimes": often(2 * STEP),
    }


def _first_weeks(found: Finding) -> list[str]:
    lately = mean(found.series.lately(LATELY))
    said = [
        _("So far, all six signs taken together lie around %(level)s.") % {"level": quoted(lately)}
        if found.since is None
        else _("Lately, all six signs taken together lie around %(level)s.") % {"level": quoted(lately)}
    ]
    if found.stands_high:
        said.append(
            _("That is a lot to carry. You need not wait for a chart to say so, or to ask for something.")
        )
    needed = found.noticing.weeks_needed
    said.append(
        _("After one more check-in, your own usual appears here as a band of sand.")
        if needed == 1
        else _("After %(count)s more check-ins, your own usual appears here as a band of sand.")
        % {"count": needed}
    )
    said.append(
        _("From then on, you are told when your weeks begin to look different from it. There is no hurry.")
    )
    return said
