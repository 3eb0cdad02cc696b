"""What a person has ticked so far: carried from step to step in the form itself, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from replenish.voices.box_content import BoxContent, CheckIn
from replenish.web.carer.picture.signs import signs_that_stand_out
from replenish.web.carer.words.compose import Said
from replenish.web.carer.words.grammar import fitted, small_letter, tidy
from replenish.web.carer.words.parts import LENGTHS, RECEIVERS, Length, Parts, Receiver
from replenish.web.shared.problems import FormProblem
from replenish.web.shared.questions import ROUND

LONGEST_OWN = 120
LONGEST_TEXT = 4000

STEPS = {
    "notice": ("signs", "own_sign"),
    "since": ("since",),
    "around": ("conditions", "own_condition"),
    "help": ("request", "own_request"),
    "whom": ("receiver", "length", "in_confidence"),
}
"""Each step, and what it asks."""

OWN = {"own_sign": "text-sign", "own_condition": "text-condition", "own_request": "text-request"}
"""Fields for a person's own words, and their names in the form: by these, a text is known and never lost."""


@dataclass(frozen=True)
class Draft(Said):
    """What was ticked and written so far, the text it is for, and the steps that were shown already."""

    receiver: Receiver = "colleague"
    length: Length = "message"
    shown: tuple[str, ...] = ()

    def said(self, parts: Parts) -> Said:
        """What goes into the text; own words are made to fit."""
        return Said(
            signs=self.signs,
            own_sign=tidy(fitted(parts.own_sign, self.own_sign), parts.lowered),
            since=self.since,
            conditions=self.conditions,
            own_condition=tidy(self.own_condition, parts.lowered),
            request=self.request,
            own_request=small_letter(fitted(parts.own_request, self.own_request)),
            in_confidence=self.in_confidence,
        )

    def own_words(self) -> str:
        """Only what the person wrote, a line for each."""
        return "\n".join(filter(None, (self.own_sign, self.own_condition, self.own_request)))

    def without(self, step: str) -> Draft:
        """This step left empty."""
        empty = Draft()
        return replace(self, **{name: getattr(empty, name) for name in STEPS[step]})

    def hidden(self, *but: str) -> Iterator[tuple[str, str]]:
        """Names and values for the form, but for the steps that stand on the page."""
        asked = {name for step in but for name in STEPS[step]}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in asked or not value:
                continue
            if isinstance(value, tuple):
                yield from ((field.name, one) for one in value)
            else:
                yield OWN.get(field.name, field.name), "yes" if value is True else value


def read_draft(parts: Parts, sent: QueryDict) -> Draft:
    """The draft in a form. What is no choice of the page is left out."""

    def several(name: str, known: object) -> tuple[str, ...]:
        chosen = set(sent.getlist(name))
        return tuple(code for code in known if code in chosen)  # type: ignore[attr-defined]

    def one(name: str, known: object) -> str:
        return sent.get(name, "") if sent.get(name, "") in known else ""  # type: ignore[operator]

    receiver, length = sent.get("receiver"), sent.get("length")
    return Draft(
        signs=several("signs", parts.signs),
        own_sign=sent.get(OWN["own_sign"], "").strip(),
        since=one("since", parts.since),
        conditions=several("conditions", parts.conditions),
        own_condition=sent.get(OWN["own_condition"], "").strip(),
        request=one("request", parts.requests),
        own_request=sent.get(OWN["own_request"], "").strip(),
        receiver=next((known for known in RECEIVERS if known == receiver), Draft.receiver),
        length=next((known for known in LENGTHS if known == length), Draft.length),
        in_confidence="in_confidence" in sent,
        shown=several("shown", STEPS),
    )


def problems_of_draft(draft: Draft) -> tuple[FormProblem, ...]:
    """Own words that are too long to fit into a sentence."""
    return tuple(
        FormProblem(
            name,
            _("These words are too long for one sentence. Use %(longest)s letters at most; nothing is lost.")
            % {"longest": LONGEST_OWN},
        )
        for name in OWN
        if len(getattr(draft, name)) > LONGEST_OWN
    )


def ticked_beforehand(draft: Draft, step: str, parts: Parts, box: BoxContent | None) -> Draft:
    """The step as it is shown first: with what the person's own answers say."""
    if box is None or step in draft.shown:
        return draft
    if step == "notice":
        return replace(draft, signs=own_signs(parts, box))
    if step == "around":
        return replace(draft, conditions=own_conditions(parts, box.check_ins))
    return draft


def own_signs(parts: Parts, box: BoxContent) -> tuple[str, ...]:
    """The signs that stand out in a person's own picture, in the order of the page."""
    standing = set(signs_that_stand_out(box.check_ins, box.settings))
    return tuple(code for code in parts.signs if code in standing)


def own_conditions(parts: Parts, check_ins: tuple[CheckIn, ...]) -> tuple[str, ...]:
    """The conditions that the latest answers to the longer questions name, in the order of the page."""
    longer = max((said for said in check_ins if said.pack == ROUND), key=lambda said: said.week, default=None)
    if longer is None:
        return ()
    found = {
        condition
        for (code, condition), named in ANSWERS_THAT_NAME.items()
        if longer.answers.get(code) in named
    }
    return tuple(code for code in parts.conditions if code in found)


ANSWERS_THAT_NAME: dict[tuple[str, str], frozenset[float]] = {
    ("supervision.held", "no-supervision"): frozenset({0}),
    ("supervision.held", "supervision-cancelled"): frozenset({1}),
    ("supervision.held", "tasks-only"): frozenset({2}),
    ("process.time", "no-time"): frozenset({0, 1}),
    ("process.asked", "nobody-asks"): frozenset({0}),
    ("workload.breaks", "breaks"): frozenset({0, 1}),
    ("workload.recover", "rest"): frozenset({0, 1}),
    ("culture.voice", "not-safe"): frozenset({0, 1}),
    ("culture.said", "not-safe"): frozenset({0}),
    ("leaders.pushing", "leaders"): frozenset({3, 4}),
    ("valued", "not-valued"): frozenset({0}),
}
"""Which answers to the longer questions name which condition: codes of the answers, not their values."""
