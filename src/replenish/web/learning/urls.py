"""Addresses of the pages to learn from."""

from __future__ import annotations

from django.urls import path

from replenish.web.learning.pages import learn, learn_offer, learn_plan, learn_unit

urlpatterns = [
    path("", learn, name="learn"),
    path("<slug:offer>/", learn_offer, name="learn-offer"),
    path("<slug:offer>/<slug:unit>/", learn_unit, name="learn-unit"),
    path("<slug:offer>/<slug:unit>/plan/", learn_plan, name="learn-plan"),
]
