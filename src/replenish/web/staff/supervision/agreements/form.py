"""The form in which an agreement is proposed, or its terms are changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults.supervision import SupervisionFault
from replenish.supervision.agreements import Proposed
from replenish.supervision.kinds import AgreementKind
from replenish.supervision.points import points
from replenish.supervision.wording import Answer, Wording
from replenish.web.shared.problems import FormProblem, problems_of

OWN_WEEKS = "own"
FIELDS = {
    SupervisionFault.PARTIES: "others",
    SupervisionFault.SUPERVISOR: "supervisor",
    SupervisionFault.EXTERNAL: "external",
    SupervisionFault.UNIT: "unit",
    SupervisionFault.RHYTHM: "rhythm",
    SupervisionFault.MINUTES: "minutes",
    SupervisionFault.SHARE: "share",
    SupervisionFault.REVIEW: "review_on",
}
"""Beside which field a refusal is said; all others are about the page."""
USUAL_REVIEW = timedelta(days=182)
LONGEST_NUMBER = 4


@dataclass(frozen=True)
class AgreementForm:
    """What stands in the fields; answers and words by the code of a point."""

    kind: str = "individual"
    unit: str = ""
    supervisor: str = ""
    external: str = ""
    others: tuple[str, ...] = ()
    follows: str = ""
    rhythm: str = OWN_WEEKS
    weeks: str = "4"
    minutes: str = "60"
    share: str = "50"
    review_on: str = ""
    functions: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def wording(self) -> tuple[Wording | None, list[FormProblem]]:
        """The terms it says, or what to look at again."""
        problems = []
        try:
            review = date.fromisoformat(self.review_on)
        except ValueError:
            problems.append(FormProblem("review_on", _("This is no day. Write it as 2027-01-31.")))
        own = self.rhythm == OWN_WEEKS
        for name, typed in (("minutes", self.minutes), ("share", self.share), *_weeks(self.weeks, own=own)):
            if not _is_number(typed):
                problems.append(FormProblem(name, _("Write a whole number in digits.")))
        if not self.functions:
            problems.append(FormProblem("functions", _("Choose at least one thing the meetings are for.")))
        known = {point.code: {one.code for one in point.choices} for point in points().points}
        problems += [
            FormProblem(f"point-{code}", _("Choose one of these answers."))
            for code, choices in known.items()
            if self.answers.get(code, "") not in choices
        ]
        if problems:
            return None, problems
        return Wording(
            rhythm="" if own else self.rhythm,
            weeks=int(self.weeks) if own else None,
            minutes=int(self.minutes),
            reflective_share=int(self.share),
            review_on=review,
            functions=self.functions,
            answers={code: Answer(self.answers[code], self.words.get(code, "")) for code in known},
        ), []

    def proposed(self) -> tuple[Proposed | None, list[FormProblem]]:
        """The whole of it, or what to look at again."""
        wording, problems = self.wording()
        if self.kind not in AgreementKind.values:
            problems.append(FormProblem("kind", _("Choose who meets.")))
        if wording is None or problems:
            return None, problems
        led = self.kind in (AgreementKind.INDIVIDUAL, AgreementKind.GROUP)
        return Proposed(
            kind=AgreementKind(self.kind),
            unit=self.unit,
            supervisor=self.supervisor if led else "",
            external=self.external if self.kind == AgreementKind.EXTERNAL else "",
            others=tuple(one for one in self.others if not (led and one == self.supervisor)),
            wording=wording,
            follows=self.follows,
        ), []


def form_sent(sent: QueryDict) -> AgreementForm:
    """The form as it was sent."""
    codes = [point.code for point in points().points]
    return AgreementForm(
        others=tuple(sent.getlist("others")),
        functions=tuple(sent.getlist("functions")),
        answers={code: sent.get(f"point-{code}", "") for code in codes},
        words={code: sent.get(f"words-{code}", "") for code in codes},
        **{
            name: sent.get(name, "").strip()
            for name in ("kind", "unit", "supervisor", "external", "follows", "rhythm", "weeks")
        },
        **{name: sent.get(name, "").strip() for name in ("minutes", "share", "review_on")},
    )


def form_of(wording: Wording) -> AgreementForm:
    """The form with terms as they are, and the next day to look at them again."""
    return AgreementForm(
        rhythm=wording.rhythm or OWN_WEEKS,
        weeks="" if wording.weeks is None else str(wording.weeks),
        minutes=str(wording.minutes),
        share=str(wording.reflective_share),
        review_on=_usual_review(),
        functions=wording.functions,
        answers={code: one.code for code, one in wording.answers.items()},
        words={code: one.words for code, one in wording.answers.items()},
    )


def new_form(**chosen: str) -> AgreementForm:
    """An empty form with a usual day for looking at the agreement again."""
    return AgreementForm(review_on=_usual_review(), **chosen)  # type: ignore[arg-type]


def problems_said(refused: Refused) -> list[FormProblem]:
    """A refusal beside its field.

    Raises:
        Refused: it is about no field.
    """
    fault = refused.problems[0].fault
    name = next((name for known, name in FIELDS.items() if known is fault), None)
    if name is None:
        raise refused
    return problems_of(refused, name)


def _usual_review() -> str:
    return (clock.today() + USUAL_REVIEW).isoformat()


def _weeks(typed: str, *, own: bool) -> tuple[tuple[str, str], ...]:
    return (("weeks", typed),) if own else ()


def _is_number(typed: str) -> bool:
    # Digits of other scripts are none that a form here is filled in with.
    return typed.isascii() and typed.isdigit() and len(typed) < LONGEST_NUMBER
