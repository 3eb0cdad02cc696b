"""Addresses of the pages about seasons and rounds. None holds a name, a number or a code."""

from __future__ import annotations

from django.urls import path

from replenish.web.staff.rounds.cancelling import cancel_round
from replenish.web.staff.rounds.holidays import holidays
from replenish.web.staff.rounds.overview import rounds
from replenish.web.staff.rounds.planning import plan

urlpatterns = [
    path("", rounds, name="staff-rounds"),
    path("plan/", plan, name="staff-rounds-plan"),
    path("holidays/", holidays, name="staff-rounds-holidays"),
    path("cancel/", cancel_round, name="staff-rounds-cancel"),
]
