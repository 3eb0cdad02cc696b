"""Addresses of the pages about facts of provision."""

from __future__ import annotations

from django.urls import URLPattern, path

from replenish.web.staff.provision.bringing import bring
from replenish.web.staff.provision.correcting import correct, take_back_fact
from replenish.web.staff.provision.entering import enter
from replenish.web.staff.provision.over_all import all_debriefs, all_supervision
from replenish.web.staff.provision.overview import overview
from replenish.web.staff.provision.taking import all_facts, example

urlpatterns: list[URLPattern] = [
    path("", overview, name="staff-provision"),
    path("supervision/", all_supervision, name="staff-provision-supervision"),
    path("debriefs/", all_debriefs, name="staff-provision-debriefs"),
    path("enter/", enter, name="staff-provision-enter"),
    path("correct/", correct, name="staff-provision-correct"),
    path("take-back/", take_back_fact, name="staff-provision-take-back"),
    path("import/", bring, name="staff-provision-import"),
    path("example.csv", example, name="staff-provision-example"),
    path("facts.csv", all_facts, name="staff-provision-facts"),
]
