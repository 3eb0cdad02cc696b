"""What the night destroys: lists and counts whose day has come, for every organisation alike."""

from __future__ import annotations

from django.db import transaction

from replenish.basis import clock
from replenish.debrief.models import AnswerTally, AskingList


def destroy_what_is_over() -> None:
    """Delete every sealed list and count whose day has come; again is harmless.

    They are in no backup, and nothing tells how many there were.
    """
    with transaction.atomic():
        AskingList.objects.filter(destroy_on__lte=clock.today()).delete()
        AnswerTally.objects.filter(destroy_on__lte=clock.today()).delete()
