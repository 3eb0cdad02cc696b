"""What must hold for a questionnaire of any format before it is handed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from replenish.basis.errors import Problem, Refused, problem, refuse
from replenish.basis.faults import QuestionnaireFault
from replenish.measures.formats.questionnaire import Asked, Calculation, Kind, Questionnaire
from replenish.measures.self_harm import asks_about_self_harm


def sound(questionnaire: Questionnaire, *, file: object, without: Collection[str] = ()) -> Questionnaire:
    """The questionnaire without the questions the caller named, or a refusal naming every fault.

    Raises:
        Refused: FORM_NOT_THERE, FORM_EMPTY, FORM_CODE_TWICE, FORM_OPTION_TWICE, FORM_NO_OPTIONS,
            FORM_RANGE_REVERSED, FORM_SELF_HARM.
    """
    for code in without:
        if code not in questionnaire.codes:
            refuse(
                QuestionnaireFault.FORM_NOT_THERE,
                file=file,
                code=code,
                codes=", ".join(questionnaire.codes[:30]),
            )
    kept = tuple(question for question in questionnaire.asked if question.code not in without)
    result = replace(questionnaire, asked=kept, left_out=tuple(without))
    if not kept:
        refuse(QuestionnaireFault.FORM_EMPTY, file=file)
    problems = [*_named_twice(questionnaire, file), *_faults(result, questionnaire, file)]
    refuse_broken(problems)
    return result


def refuse_broken(problems: Sequence[Problem]) -> None:
    """Refuse where there is any problem."""
    if problems:
        raise Refused(problems)


def _named_twice(whole: Questionnaire, file: object) -> Iterator[Problem]:
    for code, times in Counter([*whole.codes, *(entry.code for entry in whole.calculations)]).items():
        if times > 1:
            yield problem(QuestionnaireFault.FORM_CODE_TWICE, file=file, code=code)


def _faults(kept: Questionnaire, whole: Questionnaire, file: object) -> Iterator[Problem]:
    for question in kept.asked:
        for option, times in Counter(option.code for option in question.options).items():
            if times > 1:
                yield problem(
                    QuestionnaireFault.FORM_OPTION_TWICE, file=file, code=question.code, option=option
                )
        if question.kind in {Kind.ONE, Kind.SEVERAL} and not question.options:
            yield problem(QuestionnaireFault.FORM_NO_OPTIONS, file=file, code=question.code)
    entries: list[Asked | Calculation] = [*kept.asked, *kept.calculations]
    for entry in entries:
        if entry.low is not None and entry.high is not None and entry.low > entry.high:
            yield problem(QuestionnaireFault.FORM_RANGE_REVERSED, file=file, code=entry.code)
    for question in _self_harm(kept, whole):
        yield problem(QuestionnaireFault.FORM_SELF_HARM, file=file, code=question.code)


def _self_harm(kept: Questionnaire, whole: Questionnaire) -> Iterator[Asked]:
    """Questions about suicide or self-harm, by their words, their codes, or their place in a known scale."""
    instrument = tuple(filter(None, (whole.title, whole.url, whole.citation)))
    answered = [question for question in whole.asked if question.kind is Kind.ONE]
    numbers = {question.code: place for place, question in enumerate(answered, start=1)}
    for question in kept.asked:
        texts = (question.text, question.code, question.note, *question.terms)
        if asks_about_self_harm(*texts, instrument=instrument, number=numbers.get(question.code)):
            yield question
