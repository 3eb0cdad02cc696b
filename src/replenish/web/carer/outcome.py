"""What became of a check-in, in words: it is always kept, and it is counted or there is a plain reason."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from replenish.voices.contributing import Contributed

WORDS = {
    Contributed.YES: _(
        "They are also counted for your group in this round, locked until it closes. If you answer again, "
        "the new answers take the place of these."
    ),
    Contributed.WITHOUT_SEAT: _(
        "They are counted for nobody, because your card has no seat. That is all right: the page is yours "
        "all the same."
    ),
    Contributed.WITHOUT_ROUND: _("They are counted for nobody, because no round is open at this moment."),
    Contributed.COUNTS_LATER: _(
        "They are not counted yet. Your seat is new, and a new seat counts from the next round on."
    ),
    Contributed.WITHOUT_GROUP: _(
        "They are counted for nobody, because your seat belongs to no group in this season."
    ),
    Contributed.PAUSED: _(
        "They are not counted for now. Those who lead have not answered two rounds in a row. Your check-ins "
        "stay yours, and nothing is lost. As soon as they answer, your answers count again. For that, open "
        "your page once more before the round closes."
    ),
    Contributed.WITHOUT_KEY: _(
        "They are not counted yet, because the round is waiting for its key. Open your page again in a few "
        "days, and they will be."
    ),
    Contributed.QUESTIONS_CHANGED: _(
        "They are not counted, because this round was opened with another version of the questions."
    ),
    Contributed.NOTHING_IN_ROUND: _(
        "They are not counted: a group's figure needs at least half of the questions it is made of. Skipping "
        "is all right."
    ),
}


def what_happened(contributed: Contributed) -> str:
    """One or two sentences about whether the answers are counted, and why not."""
    return str(WORDS[contributed])
