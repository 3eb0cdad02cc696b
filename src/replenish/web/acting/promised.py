"""What could be seen of an action, said before it begins."""

from __future__ import annotations

from django.utils.translation import gettext as _

from replenish.conditions.actions.told import Promised


def promised_in_words(promised: Promised) -> tuple[str, ...]:
    """The power statement, in sentences."""
    if not promised.treated + promised.untreated:
        return (
            _("There are no groups here that are read by themselves, so no figure can show if it helped."),
            _("What you see and agree on together counts. Write down how it goes."),
        )
    groups = _(
        "Groups that begin: %(treated)s. Groups to compare with: %(untreated)s. Rounds: %(rounds)s."
    ) % {
        "treated": promised.treated,
        "untreated": promised.untreated,
        "rounds": promised.rounds,
    }
    if promised.chance is None or promised.smallest is None or promised.effect is None:
        return (
            groups,
            _(
                "That is too few for an interval. It takes four groups of each kind, and rounds before and "
                "after. There may be a word later. “Cannot tell yet” is the likely answer."
            ),
            _("It can be the right thing to do all the same."),
        )
    return (
        groups,
        _(
            "If it moves the condition by %(effect)s points of 100, that would be seen in about "
            "%(chance)s of 100 cases."
        )
        % {"effect": promised.effect, "chance": promised.chance},
        _("To be seen in four of five cases, it must move it by %(smallest)s points.")
        % {"smallest": promised.smallest},
        _("This was worked out with invented groups of your size. Real groups may move more."),
    )
