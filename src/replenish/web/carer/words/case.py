"""One page of conditions and sourced facts to take to a manager or a union.

It says what is missing in general words. Nothing that a person answered is on it unless they ask for that.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.people.presets import every_preset
from replenish.sealing.secret import Secret
from replenish.voices.box_content import BoxContent
from replenish.voices.queries import my_box
from replenish.web.carer.door import card_page
from replenish.web.carer.words.case_compose import CaseChosen, make_case
from replenish.web.carer.words.case_parts import (
    CONDITIONS,
    COUNTRIES,
    RECEIVERS,
    CaseParts,
    Receiver,
    case_parts,
)
from replenish.web.carer.words.draft import own_conditions
from replenish.web.carer.words.facts import Condition, facts
from replenish.web.carer.words.keeping import keep_words
from replenish.web.carer.words.options import Option
from replenish.web.carer.words.parts import parts
from replenish.web.shared.problems import FormProblem
from replenish.web.shared.questions import ROUND

# A person's own words in the form: by this name a text is known and never lost.
OWN_WORDS = "text-own-words"
LONGEST_OWN = 300
LONGEST_CASE = 10_000
FIRST: tuple[Condition, ...] = ("supervision",)
"""Ticked at first where a person's own answers suggest nothing."""


@dataclass(frozen=True)
class CaseDraft:
    """What the form brought, or what it shows at first."""

    conditions: tuple[Condition, ...] = FIRST
    setting: str = ""
    country: str = COUNTRIES[0]
    receiver: Receiver = RECEIVERS[0]
    with_answers: bool = False
    own_words: str = ""

    def hidden(self) -> list[tuple[str, str]]:
        """Names and values for the form that leads back."""
        once = [
            ("setting", self.setting),
            ("country", self.country),
            ("receiver", self.receiver),
            ("with_answers", "yes" if self.with_answers else ""),
            (OWN_WORDS, self.own_words),
        ]
        return [*(("conditions", one) for one in self.conditions), *(pair for pair in once if pair[1])]


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def make_the_case(request: HttpRequest, secret: Secret) -> HttpResponse:
    """What to put on the page, and then the page: to print, to copy, to keep or to leave."""
    words, box = case_parts(), my_box(secret)
    if request.method != "POST":
        return _form(request, words, box, CaseDraft(suggested(words, box) or FIRST))
    draft, go = read_case(request.POST), request.POST.get("go", "")
    problems = problems_of_case(draft)
    if go == "keep" and "text" not in request.POST:
        return _own_words_kept(request, secret, words, box, draft)
    if problems or go not in {"show", "keep"}:
        return _form(request, words, box, draft, problems)
    if go == "keep":
        return _kept(request, secret, words, box, draft)
    return _shown(request, words, box, draft)


def suggested(words: CaseParts, box: BoxContent | None) -> tuple[Condition, ...]:
    """The conditions that a person's own latest answers name."""
    named = set(own_conditions(parts(), box.check_ins)) if box is not None else set()
    return tuple(one for one in CONDITIONS if named & set(words.conditions[one].suggested_by))


def own_lines(words: CaseParts, box: BoxContent | None, conditions: tuple[Condition, ...]) -> tuple[str, ...]:
    """What a person's own latest answers say about these conditions, in whole sentences."""
    longer = [said for said in (box.check_ins if box is not None else ()) if said.pack == ROUND]
    if not longer:
        return ()
    answers = max(longer, key=lambda said: said.week).answers
    return tuple(
        sentence
        for condition in conditions
        for item, sentences in words.conditions[condition].answers.items()
        for code, sentence in sentences.items()
        if answers.get(item) == code
    )


def read_case(sent: QueryDict) -> CaseDraft:
    """What was chosen. What is no choice of the page is left out."""
    ticked, receiver = set(sent.getlist("conditions")), sent.get("receiver")
    settings = {preset.setting.value for preset in every_preset()}
    setting, country = sent.get("setting", ""), sent.get("country", "")
    return CaseDraft(
        conditions=tuple(one for one in CONDITIONS if one in ticked),
        setting=setting if setting in settings else "",
        country=next((known for known in COUNTRIES if known == country), COUNTRIES[0]),
        receiver=next((known for known in RECEIVERS if known == receiver), RECEIVERS[0]),
        with_answers="with_answers" in sent,
        own_words=" ".join(sent.get(OWN_WORDS, "").split()),
    )


def problems_of_case(draft: CaseDraft) -> tuple[FormProblem, ...]:
    """What keeps the page from being made."""
    found = []
    if not draft.conditions:
        found.append(FormProblem("conditions", _("Tick what is missing, at least one thing.")))
    if len(draft.own_words) > LONGEST_OWN:
        long = _("Your own words do not fit on the page. Use %(longest)s letters at most; nothing is lost.")
        found.append(FormProblem("own_words", long % {"longest": LONGEST_OWN}))
    return tuple(found)


def _form(
    request: HttpRequest,
    words: CaseParts,
    box: BoxContent | None,
    draft: CaseDraft,
    problems: tuple[FormProblem, ...] = (),
) -> HttpResponse:
    said = {
        "conditions": [
            Option(code, words.conditions[code].label, code in draft.conditions) for code in CONDITIONS
        ],
        "settings": [
            Option(preset.setting.value, preset.title, preset.setting.value == draft.setting)
            for preset in every_preset()
        ],
        "countries": [Option(code, words.countries[code], code == draft.country) for code in COUNTRIES],
        "receivers": [
            Option(code, words.receivers[code].label, code == draft.receiver) for code in RECEIVERS
        ],
        "suggested": request.method != "POST" and bool(suggested(words, box)),
        "own_lines": own_lines(words, box, CONDITIONS),
        "draft": draft,
        "problems": problems,
        "wrong": {problem.field: problem.sentence for problem in problems},
    }
    return render(request, "carer/words/make_the_case.html", said, status=400 if problems else 200)


def _shown(
    request: HttpRequest,
    words: CaseParts,
    box: BoxContent | None,
    draft: CaseDraft,
    text: str | None = None,
    problems: tuple[FormProblem, ...] = (),
) -> HttpResponse:
    chosen = CaseChosen(
        conditions=draft.conditions,
        setting=draft.setting,
        country=draft.country,
        receiver=draft.receiver,
        own_answers=own_lines(words, box, draft.conditions) if draft.with_answers else (),
        own_words=draft.own_words,
    )
    case = make_case(words, facts(), chosen, parts().joining.conditions)
    said = {
        "case": case,
        "plain": case.plain() if text is None else text,
        "hidden": draft.hidden(),
        "union": draft.receiver == "union",
        "longest": LONGEST_CASE,
        "unkept": text is not None,
        "problems": problems,
    }
    return render(request, "carer/words/case.html", said, status=400 if problems else 200)


def _own_words_kept(
    request: HttpRequest, secret: Secret, words: CaseParts, box: BoxContent | None, draft: CaseDraft
) -> HttpResponse:
    """For whoever hides the screen before the page is made."""
    problem = keep_words(secret, draft.own_words) if draft.own_words else None
    if problem is not None:
        return _form(request, words, box, draft, (FormProblem("own_words", problem.sentence),))
    return render(request, "carer/words/kept_words.html")


def _kept(
    request: HttpRequest, secret: Secret, words: CaseParts, box: BoxContent | None, draft: CaseDraft
) -> HttpResponse:
    text = request.POST.get("text", "").replace("\r\n", "\n").strip()
    problem: FormProblem | None
    if not text or len(text) > LONGEST_CASE:
        problem = FormProblem("text", _("The text is empty or too long to be kept. Nothing is lost."))
    else:
        problem = keep_words(secret, text)
    if problem is not None:
        return _shown(request, words, box, draft, text, (problem,))
    return render(request, "carer/words/kept_words.html")
