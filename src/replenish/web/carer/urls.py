"""Addresses of the carer's pages. None of them ever holds a code, a name or a week."""

from __future__ import annotations

from django.urls import path

from replenish.web.carer.after_supervision import after_supervision
from replenish.web.carer.answers import my_answers
from replenish.web.carer.asking import ask_for_team
from replenish.web.carer.card_picture import card_picture
from replenish.web.carer.check_in import check_in, round_questions
from replenish.web.carer.come_back import come_back
from replenish.web.carer.destroy import destroy
from replenish.web.carer.device import this_device
from replenish.web.carer.doubting import doubt
from replenish.web.carer.hide import hide
from replenish.web.carer.join import join
from replenish.web.carer.key_card import card_steps
from replenish.web.carer.leave import leave
from replenish.web.carer.my_data import csv_export, json_export, my_data, notes_export
from replenish.web.carer.new_card import new_card
from replenish.web.carer.open_again import open_again
from replenish.web.carer.own_page import own_page
from replenish.web.carer.picture.page import picture
from replenish.web.carer.queued import queued
from replenish.web.carer.reflecting.agenda import supervision_agenda
from replenish.web.carer.reflecting.page import reflect
from replenish.web.carer.report import (
    conditions_csv,
    conditions_page,
    conditions_page_pdf,
    conditions_pdf,
    conditions_report,
)
from replenish.web.carer.words.case import make_the_case
from replenish.web.carer.words.page import find_words

urlpatterns = [
    path("", own_page, name="own-page"),
    path("join/", join, name="join"),
    path("new-card/", new_card, name="new-card"),
    path("card/", card_steps, name="card-steps"),
    path("card/picture/", card_picture, name="card-picture"),
    path("return/", come_back, name="come-back"),
    path("leave/", leave, name="leave"),
    path("check-in/", check_in, name="check-in"),
    path("check-in/more/", round_questions, name="round-questions"),
    path("check-in/queued/", queued, name="queued"),
    path("picture/", picture, name="picture"),
    path("words/", find_words, name="find-words"),
    path("case/", make_the_case, name="make-the-case"),
    path("ask/", ask_for_team, name="ask-for-team"),
    path("doubt/", doubt, name="doubt"),
    path("reflect/", reflect, name="reflect"),
    path("reflect/supervision/", supervision_agenda, name="supervision-agenda"),
    path("reflect/after-supervision/", after_supervision, name="after-supervision"),
    path("report/", conditions_report, name="conditions-report"),
    path("report/page/", conditions_page, name="conditions-page"),
    path("report/report.csv", conditions_csv, name="conditions-report-csv"),
    path("report/report.pdf", conditions_pdf, name="conditions-report-pdf"),
    path("report/page.pdf", conditions_page_pdf, name="conditions-page-pdf"),
    path("hide/", hide, name="hide"),
    path("open/", open_again, name="open-again"),
    path("device/", this_device, name="this-device"),
    path("data/", my_data, name="my-data"),
    path("data/answers/", my_answers, name="my-answers"),
    path("data/my-answers.json", json_export, name="my-data-json"),
    path("data/my-answers.csv", csv_export, name="my-data-csv"),
    path("data/my-notes.txt", notes_export, name="my-data-notes"),
    path("data/destroy/", destroy, name="destroy"),
]
