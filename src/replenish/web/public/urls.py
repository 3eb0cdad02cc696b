"""Addresses of the pages for anybody."""

from __future__ import annotations

from django.urls import path

from replenish.web.conversation_kit.download import cards_pdf, guide_pdf
from replenish.web.public.conversation import conversation, conversation_cards
from replenish.web.public.help_now import help_now
from replenish.web.public.language import choose_language
from replenish.web.public.noticing import how_noticing_works
from replenish.web.public.offline import check_in_offline, offline_pages, worker
from replenish.web.public.practices.page import practice, practise
from replenish.web.public.rounds_calendar import rounds_calendar
from replenish.web.public.slip_landing import slip_landing
from replenish.web.public.supervision_calendar import own_supervision_calendar
from replenish.web.public.understanding.page import in_your_setting, understand, understanding
from replenish.web.public.welcome import quiet, welcome
from replenish.web.public.who_can_see import who_can_see

urlpatterns = [
    path("", welcome, name="welcome"),
    path("who-can-see-what/", who_can_see, name="who-can-see-what"),
    path("help-now/", help_now, name="help-now"),
    path("practise/", practise, name="practise"),
    path("practise/<slug:name>/", practice, name="practice"),
    path("understand/", understand, name="understand"),
    path("understand/in-your-setting/<slug:setting>/", in_your_setting, name="in-your-setting"),
    path("understand/<slug:name>/", understanding, name="understanding"),
    path("conversation/", conversation, name="conversation"),
    path("conversation/cards/", conversation_cards, name="conversation-cards"),
    path("conversation/cards.pdf", cards_pdf, name="conversation-cards-pdf"),
    path("conversation/guide.pdf", guide_pdf, name="conversation-guide-pdf"),
    path("how-noticing-works/", how_noticing_works, name="how-noticing-works"),
    path("language/", choose_language, name="choose-language"),
    path("quiet/", quiet, name="quiet"),
    path("check-in-offline/", check_in_offline, name="check-in-offline"),
    path("offline-pages/", offline_pages, name="offline-pages"),
    path("worker.js", worker, name="worker"),
    path("calendar/<slug:key>.ics", rounds_calendar, name="rounds-calendar"),
    path("calendar/supervision/<slug:key>.ics", own_supervision_calendar, name="supervision-calendar"),
    path("join/", slip_landing, name="slip-landing"),
]
