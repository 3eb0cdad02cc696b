"""FHIR R4 Questionnaire: nested groups, coded options with their ordinal values, contained value sets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults import QuestionnaireFault
from replenish.measures.formats.fhir_records import (
    CALCULATED,
    MAX_VALUE,
    MIN_VALUE,
    ORDINAL_VALUES,
    TRANSLATION,
    AnswerOption,
    Concept,
    Contained,
    EnableWhen,
    Extension,
    QuestionItem,
    QuestionnaireResource,
)
from replenish.measures.formats.json_file import as_model, read_json
from replenish.measures.formats.questionnaire import Asked, Calculation, Choice, Kind, Questionnaire
from replenish.measures.formats.soundness import sound

_KINDS = {
    "choice": Kind.ONE,
    "open-choice": Kind.ONE,
    "boolean": Kind.ONE,
    "decimal": Kind.NUMBER,
    "integer": Kind.NUMBER,
    "quantity": Kind.NUMBER,
    "date": Kind.DATE,
    "dateTime": Kind.DATE,
    "time": Kind.DATE,
    "string": Kind.TEXT,
    "text": Kind.TEXT,
    "url": Kind.TEXT,
    "attachment": Kind.OTHER,
    "reference": Kind.OTHER,
}
_YES_NO = (Choice("true", "Yes", 1.0), Choice("false", "No", 0.0))


def read_fhir_questionnaire(
    path: Path, *, without: Collection[str] = (), language: str | None = None
) -> Questionnaire:
    """Read a FHIR R4 Questionnaire in JSON; nothing is fetched from any address in it.

    Args:
        path: the file.
        without: link ids of questions to leave out.
        language: the language of the texts, where the file carries translations; its own where None.

    Raises:
        Refused: FORM_NOT_JSON, FORM_WRONG_KIND, FORM_FIELD, FORM_REFERENCE, FORM_VALUE_TWICE,
            FORM_LANGUAGE, and what `sound` refuses.
    """
    plain = read_json(path)
    require_resource(path, plain, "Questionnaire")
    resource = as_model(QuestionnaireResource, plain, file=path)
    reader = _Reader(path, resource, language, frozenset(without))
    asked: list[Asked] = []
    calculations: list[Calculation] = []
    for item, groups in _walk(resource.item, ()):
        if item.type in {"group", "display"}:
            continue
        formula = next((extension for extension in item.extension if extension.url in CALCULATED), None)
        if formula is not None:
            calculations.append(reader.calculation(item, formula))
        else:
            asked.append(reader.question(item, groups))
    return sound(
        Questionnaire(
            format="FHIR R4 Questionnaire",
            title=resource.title or resource.name or "",
            asked=tuple(asked),
            calculations=tuple(calculations),
            url=resource.url,
            version=resource.version,
            language=language or resource.language,
            licence=resource.copyright,
        ),
        file=path,
        without=without,
    )


def require_resource(path: Path, plain: Mapping[str, object], *expected: str) -> str:
    """The type of the resource, refused where it is another than expected.

    Raises:
        Refused: FORM_WRONG_KIND.
    """
    found = plain.get("resourceType")
    if found not in expected:
        kind = f"FHIR {found}" if isinstance(found, str) else "file without a FHIR resource type"
        refuse(QuestionnaireFault.FORM_WRONG_KIND, file=path, found=kind, expected=" or ".join(expected))
    return str(found)


def _walk(
    items: tuple[QuestionItem, ...], groups: tuple[str, ...]
) -> Iterator[tuple[QuestionItem, tuple[str, ...]]]:
    for item in items:
        yield item, groups
        inner = (*groups, item.text or item.linkId) if item.type == "group" else groups
        yield from _walk(item.item, inner)


class _Reader:
    """One file being read: where problems are reported, which language is wanted, which sets are inside."""

    def __init__(
        self,
        path: Path,
        resource: QuestionnaireResource,
        language: str | None,
        without: frozenset[str],
    ) -> None:
        self.path = path
        self.language = None if language == resource.language else language
        self.without = without
        self.sets: dict[str, Contained] = {}
        for contained in resource.contained:
            if contained.resourceType == "ValueSet":
                self.sets |= {f"#{contained.id}": contained}
                self.sets |= {contained.url: contained} if contained.url else {}

    def calculation(self, item: QuestionItem, formula: Extension) -> Calculation:
        """A score the file computes, listed only."""
        expression = formula.valueExpression.expression if formula.valueExpression else formula.valueString
        low, high = _limit(item, MIN_VALUE), _limit(item, MAX_VALUE)
        return Calculation(item.linkId, self.text(item), expression or "", low, high)

    def question(self, item: QuestionItem, groups: tuple[str, ...]) -> Asked:
        """A question with its options."""
        kind = _KINDS.get(item.type)
        if kind is None:
            field = f"item {item.linkId}.type"
            refuse(
                QuestionnaireFault.FORM_FIELD,
                file=self.path,
                field=field,
                complaint=f"is '{item.type}', which R4 lacks",
            )
        if item.repeats:
            if kind is not Kind.ONE:
                refuse(QuestionnaireFault.FORM_REPEAT, file=self.path, code=item.linkId)
            kind = Kind.SEVERAL
        return Asked(
            code=item.linkId,
            text=self.text(item),
            kind=kind,
            options=self.options(item) if item.linkId not in self.without else (),
            groups=groups,
            required=item.required,
            low=_limit(item, MIN_VALUE),
            high=_limit(item, MAX_VALUE),
            whole=item.type == "integer",
            shown_if=f" {'or' if item.enableBehavior == 'any' else 'and'} ".join(
                map(_condition, item.enableWhen)
            )
            or None,
            terms=tuple(coding.code for coding in item.code if coding.code),
        )

    def text(self, item: QuestionItem) -> str:
        """The words of an item in the language asked for."""
        if self.language is None or item.text is None:
            return item.text or ""
        spoken: dict[str, str] = {}
        for extension in item.translated.extension if item.translated else ():
            parts = {part.url: part.valueCode or part.valueString or "" for part in extension.extension}
            if extension.url == TRANSLATION:
                spoken[parts.get("lang", "")] = parts.get("content", "")
        if self.language not in spoken:
            known = ", ".join(spoken) or "not named"
            refuse(
                QuestionnaireFault.FORM_LANGUAGE,
                file=self.path,
                column=item.linkId,
                language=self.language,
                languages=known,
            )
        return spoken[self.language]

    def options(self, item: QuestionItem) -> tuple[Choice, ...]:
        """The options written at the question, or those of a value set inside the file."""
        if item.type == "boolean":
            return _YES_NO
        if item.answerValueSet is None:
            return tuple(self._choice(item.linkId, option) for option in item.answerOption)
        found = self.sets.get(item.answerValueSet)
        if found is None:
            refuse(
                QuestionnaireFault.FORM_REFERENCE,
                file=self.path,
                column=item.linkId,
                name=item.answerValueSet,
            )
        return tuple(self._concept(item.linkId, concept) for concept in _concepts(found))

    def _choice(self, code: str, option: AnswerOption) -> Choice:
        if option.valueCoding is not None:
            coding = option.valueCoding
            value = self._ordinal(code, coding.code or "", (*option.extension, *coding.extension))
            return Choice(coding.code or coding.display or "", coding.display or coding.code or "", value)
        if option.valueInteger is not None:
            ordinal = self._ordinal(code, str(option.valueInteger), option.extension)
            number = float(option.valueInteger) if ordinal is None else ordinal
            return Choice(str(option.valueInteger), str(option.valueInteger), number)
        words = option.valueString or option.valueDate or option.valueTime
        if words is None:
            refuse(
                QuestionnaireFault.FORM_FIELD,
                file=self.path,
                field=f"item {code}.answerOption",
                complaint="has no value",
            )
        return Choice(words, words, self._ordinal(code, words, option.extension))

    def _concept(self, code: str, concept: Concept) -> Choice:
        name = concept.code or concept.display or ""
        return Choice(name, concept.display or name, self._ordinal(code, name, concept.extension))

    def _ordinal(self, code: str, option: str, extensions: tuple[Extension, ...]) -> float | None:
        values = {extension.number for extension in extensions if extension.url in ORDINAL_VALUES}
        if len(values) > 1:
            refuse(QuestionnaireFault.FORM_VALUE_TWICE, file=self.path, code=code, option=option)
        if values == {None}:
            complaint = "has an ordinal value that is no number"
            refuse(
                QuestionnaireFault.FORM_FIELD,
                file=self.path,
                field=f"item {code}.option {option}",
                complaint=complaint,
            )
        return values.pop() if values else None


def _concepts(found: Contained) -> Iterator[Concept]:
    if found.expansion is not None and found.expansion.contains:
        pending = list(found.expansion.contains)
        while pending:
            concept = pending.pop(0)
            yield concept
            pending[:0] = concept.contains
        return
    for include in found.compose.include if found.compose else ():
        yield from include.concept


def _limit(item: QuestionItem, url: str) -> float | None:
    return next((extension.number for extension in item.extension if extension.url == url), None)


def _condition(when: EnableWhen) -> str:
    answers = (when.answerBoolean, when.answerDecimal, when.answerInteger, when.answerString)
    value = next((answer for answer in answers if answer is not None), None)
    if value is None and when.answerCoding is not None:
        value = when.answerCoding.code
    return f"{when.question} {when.operator} {value}"
