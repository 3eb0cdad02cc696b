"""What became of an action, in words and in points, as far as published bands tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from replenish.conditions.actions.effect import Caution, Effect, Measured, Why, Word

WORDS: Mapping[Word, Promise] = {
    Word.HELPED: gettext_lazy("It helped."),
    Word.PROBABLY_HELPED: gettext_lazy("It probably helped."),
    Word.CANNOT_TELL: gettext_lazy("Cannot tell yet."),
    Word.PROBABLY_WORSE: gettext_lazy("It probably made things worse."),
    Word.WORSE: gettext_lazy("It made things worse."),
}
WHY: Mapping[Why, Promise] = {
    Why.NOT_FIXED: gettext_lazy("Cannot tell yet, because it is only planned."),
    Why.NO_ROUND_SINCE: gettext_lazy("Cannot tell yet, because no whole round was published since it began."),
    Why.NO_ROUND_BEFORE: gettext_lazy("Cannot tell, because no round was published before it began."),
    Why.NO_GROUPS: gettext_lazy("Cannot tell yet, because no group is read by itself."),
    Why.NEVER_BOTH: gettext_lazy("Cannot tell yet, because no group was seen both before and after."),
    Why.NOT_CLEAR: gettext_lazy("Cannot tell yet, because it can have gone either way."),
}
CAUTIONS: Mapping[Caution, Promise] = {
    Caution.FEW_GROUPS: gettext_lazy(
        "There are fewer than four groups on one side. So there is a word, and no figure."
    ),
    Caution.NO_COMPARISON: gettext_lazy(
        "There is no group without it. Whatever else changed for all of you looks like the action."
    ),
    Caution.CHOSEN_WITHOUT_AN_EARLIER_ROUND: gettext_lazy(
        "The round by which these groups were chosen is the only one before. So there can be no word yet."
    ),
}


def word_of(effect: Effect) -> str:
    """One of five words in a sentence, with the reason where nothing can be told."""
    return str(WHY[effect.why]) if effect.why is not None else str(WORDS[effect.word])


def in_short(effect: Effect) -> str:
    """The word, and where there is one the interval."""
    interval = interval_of(effect.measured)
    return f"{word_of(effect)} {interval}".strip()


def interval_of(measured: Measured | None) -> str:
    """How much it moved, with its interval; empty where only a word may be said."""
    if measured is None or measured.estimate is None or measured.low is None or measured.high is None:
        return ""
    ends = {"low": _points(measured.low), "high": _points(measured.high)}
    if not measured.estimate:
        return _("It stands where it would without; most likely between %(low)s and %(high)s.") % ends
    return _("It stands about %(about)s than without; most likely between %(low)s and %(high)s.") % {
        "about": _points(measured.estimate),
        **ends,
    }


def around(measured: Measured | None, also: Sequence[str] = ()) -> tuple[str, ...]:
    """What a reader has to know beside the word."""
    if measured is None:
        return tuple(also)
    found = [
        _("Groups with it: %(treated)s. Groups to compare with: %(untreated)s. Rounds since: %(rounds)s.")
        % {
            "treated": measured.groups_with,
            "untreated": measured.groups_without,
            "rounds": measured.rounds_since,
        }
    ]
    found += [str(CAUTIONS[one]) for one in measured.cautions]
    if measured.smallest is not None:
        found.append(
            _("Only a change of about %(points)s points or more would have been seen in four of five cases.")
            % {"points": measured.smallest}
        )
    if measured.by_itself is not None:
        found.append(_by_itself(measured.by_itself))
    return (*found, *also)


def _by_itself(points: int) -> str:
    if not points:
        return _("These groups were chosen because they stood low. Hardly any of that was chance.")
    said = _("These groups were chosen because they stood low. Without any action, expect: %(points)s.")
    return said % {"points": _points(points)}


def _points(value: int) -> str:
    if value > 0:
        return ngettext("%(points)s point higher", "%(points)s points higher", value) % {"points": value}
    if value < 0:
        return ngettext("%(points)s point lower", "%(points)s points lower", -value) % {"points": -value}
    return _("no difference")
