"""Matching an imported questionnaire to the key of a pack, so that its wording can be used with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replenish.basis.errors import Problem, Refused, problem, refuse
from replenish.basis.faults import QuestionnaireFault, WordingFault
from replenish.measures.formats.number_text import written
from replenish.measures.formats.questionnaire import Asked, Questionnaire
from replenish.measures.pack import Pack
from replenish.measures.pack_parts import Item
from replenish.measures.wording import WordingRow


def wording_rows(questionnaire: Questionnaire, pack: Pack, *, file: object = None) -> list[WordingRow]:
    """The questions as rows for `check_wording`, one for each item of the pack, in its order.

    Questions are matched by their codes where these are the codes of the pack, otherwise by their place.
    Codes that count, such as q1, q2, q3, must then count in the order of the pack. Questions whose
    options have no numbers are taken to be about something else, unless the file has no options at all.

    Raises:
        Refused: FORM_KEY_COUNT, FORM_KEY_ORDER, FORM_KEY_RANGE, WORDING_REVERSAL.
    """
    with_options = [question for question in questionnaire.asked if question.options]
    candidates = (
        [question for question in with_options if question.scored]
        if with_options
        else list(questionnaire.asked)
    )
    by_code = {question.code: question for question in candidates}
    if set(pack.item_codes) <= set(by_code):
        candidates = [by_code[code] for code in pack.item_codes]
    elif len(candidates) != len(pack.items):
        refuse(
            QuestionnaireFault.FORM_KEY_COUNT,
            file=file,
            found=len(candidates),
            expected=len(pack.items),
            pack=pack.id,
        )
    pairs = list(zip(pack.items, candidates, strict=True))
    problems = _counted_otherwise(pairs, file)
    problems += [found for item, question in pairs for found in _problems(pack, item, question, file)]
    if problems:
        raise Refused(problems)
    return [
        WordingRow(item.number, item.code, _reversal(question), question.text) for item, question in pairs
    ]


def _counted_otherwise(pairs: Sequence[tuple[Item, Asked]], file: object) -> list[Problem]:
    """Codes of one stem with numbers that are not the places; codes that do not count say nothing."""
    found = [re.fullmatch(r"(.*?)(\d+)", question.code) for _, question in pairs]
    counting = [match for match in found if match is not None]
    named_by_pack = all(question.code == item.code for item, question in pairs)
    if named_by_pack or len(counting) < len(pairs) or len({match[1] for match in counting}) > 1:
        return []
    return [
        problem(
            QuestionnaireFault.FORM_KEY_ORDER,
            file=file,
            code=question.code,
            place=item.number,
            number=match[2],
        )
        for (item, question), match in zip(pairs, counting, strict=True)
        if int(match[2]) != item.number
    ]


def _problems(pack: Pack, item: Item, question: Asked, file: object) -> list[Problem]:
    problems: list[Problem] = []
    expected = _range(pack, item)
    if question.range is not None and question.range != expected:
        problems.append(
            problem(
                QuestionnaireFault.FORM_KEY_RANGE,
                file=file,
                code=question.code,
                pack=pack.id,
                found=_ends(question.range),
                expected=_ends(expected),
            )
        )
    if question.reverse is not None and question.reverse != item.reverse:
        problems.append(problem(WordingFault.WORDING_REVERSAL, file=file, number=item.number))
    return problems


def _range(pack: Pack, item: Item) -> tuple[float, float]:
    codes = [option.code for option in item.options]
    return (min(codes), max(codes)) if codes else (pack.response.min, pack.response.max)


def _ends(ends: tuple[float, float]) -> str:
    return f"{written(ends[0])} to {written(ends[1])}"


def _reversal(question: Asked) -> str:
    return "" if question.reverse is None else "yes" if question.reverse else "no"
