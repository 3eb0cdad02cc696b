"""What became of actions, worked out in the night: in a large organisation it takes seconds.

Only what members may read on that day is judged. The last few answers are kept, for whoever leads and owes an
answer reads some releases later than the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from replenish.conditions.actions.effect import Why, asked_of, judged_now
from replenish.conditions.actions.rows import acting_of
from replenish.conditions.models import Action
from replenish.conditions.queries import Published, releases_for_members

KEPT = 4


def judge_actions() -> None:
    """Judge every action whose bands have changed; done twice, it changes nothing.

    Raises:
        Refused: a release was changed after it was signed, or one is missing.
    """
    rows = Action.objects.filter(fixed_on__isnull=False).prefetch_related("notes").order_by("organisation")
    read: dict[str, tuple[Published, ...]] = {}
    for row in rows:
        if row.organisation not in read:
            read[row.organisation] = releases_for_members(row.organisation)
        _judge(row, read[row.organisation])


def _judge(row: Action, published: Iterable[Published]) -> None:
    asked = asked_of(row.organisation, acting_of(row, {}), tuple(published))
    if isinstance(asked, Why) or asked.key in dict(row.judged):
        return
    judged = judged_now(asked)
    if judged is None:
        return
    row.judged = [*row.judged, [asked.key, asdict(judged)]][-KEPT:]
    row.save(update_fields=["judged"])
