"""The parts of FHIR R4 that questionnaires and answers use, as checked records (hl7.org/fhir/R4)."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

ORDINAL_VALUE: Final = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
ORDINAL_VALUES: Final = frozenset(
    {
        ORDINAL_VALUE,
        "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
        "http://hl7.org/fhir/StructureDefinition/valueset-ordinalValue",
        "http://hl7.org/fhir/StructureDefinition/codesystem-ordinalValue",
        "http://hl7.org/fhir/StructureDefinition/iso21090-CO-value",
        "http://hl7.org/fhir/StructureDefinition/itemWeight",
    }
)
"""The address of the number of an option: that of R4, and those before and after it."""

MIN_VALUE: Final = "http://hl7.org/fhir/StructureDefinition/minValue"
MAX_VALUE: Final = "http://hl7.org/fhir/StructureDefinition/maxValue"
TRANSLATION: Final = "http://hl7.org/fhir/StructureDefinition/translation"
CALCULATED: Final = frozenset(
    {
        "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
        "http://hl7.org/fhir/StructureDefinition/cqf-calculatedValue",
        "http://hl7.org/fhir/StructureDefinition/questionnaire-calculatedExpression",
    }
)

Text = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """A part of a resource; entries that are not needed here are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False, populate_by_name=True)


class Expression(Part):
    """A formula of another language; kept as text and never carried out."""

    expression: str | None = None
    language: str | None = None


class Extension(Part):
    """An addition to a part, named by its address."""

    url: Text
    valueDecimal: float | None = None
    valueInteger: int | None = None
    valueString: str | None = None
    valueCode: str | None = None
    valueExpression: Expression | None = None
    extension: tuple[Extension, ...] = ()

    @property
    def number(self) -> float | None:
        """Its decimal or whole number."""
        value = self.valueDecimal if self.valueDecimal is not None else self.valueInteger
        return None if value is None else float(value)


class Coding(Part):
    """A code of a terminology."""

    system: str | None = None
    code: str | None = None
    display: str | None = None
    extension: tuple[Extension, ...] = ()


class AnswerOption(Part):
    """One option of a question."""

    valueCoding: Coding | None = None
    valueString: str | None = None
    valueInteger: int | None = None
    valueDate: str | None = None
    valueTime: str | None = None
    extension: tuple[Extension, ...] = ()


class Translated(Part):
    """The translations beside a text."""

    extension: tuple[Extension, ...] = ()


class EnableWhen(Part):
    """A condition under which a question is shown."""

    question: Text
    operator: Text
    answerBoolean: bool | None = None
    answerDecimal: float | None = None
    answerInteger: int | None = None
    answerString: str | None = None
    answerCoding: Coding | None = None


class QuestionItem(Part):
    """A question, a group of questions, or words to be shown."""

    linkId: Text
    type: Text
    text: str | None = None
    translated: Translated | None = Field(default=None, alias="_text")
    prefix: str | None = None
    code: tuple[Coding, ...] = ()
    required: bool = False
    repeats: bool = False
    readOnly: bool = False
    answerOption: tuple[AnswerOption, ...] = ()
    answerValueSet: str | None = None
    enableWhen: tuple[EnableWhen, ...] = ()
    enableBehavior: str | None = None
    item: tuple[QuestionItem, ...] = ()
    extension: tuple[Extension, ...] = ()


class Concept(Part):
    """A code of a value set."""

    code: str | None = None
    display: str | None = None
    system: str | None = None
    extension: tuple[Extension, ...] = ()
    contains: tuple[Concept, ...] = ()


class Include(Part):
    """The codes that a value set takes from one terminology."""

    system: str | None = None
    concept: tuple[Concept, ...] = ()


class Compose(Part):
    """What a value set is put together from."""

    include: tuple[Include, ...] = ()


class Expansion(Part):
    """A value set written out."""

    contains: tuple[Concept, ...] = ()


class Contained(Part):
    """A resource inside the questionnaire."""

    resourceType: Text
    id: str | None = None
    url: str | None = None
    compose: Compose | None = None
    expansion: Expansion | None = None


class QuestionnaireResource(Part):
    """A FHIR R4 Questionnaire."""

    resourceType: Literal["Questionnaire"]
    id: str | None = None
    url: str | None = None
    version: str | None = None
    title: str | None = None
    name: str | None = None
    language: str | None = None
    copyright: str | None = None
    contained: tuple[Contained, ...] = ()
    item: tuple[QuestionItem, ...] = ()


class Quantity(Part):
    """A number with its unit."""

    value: float | None = None


class Answer(Part):
    """One answer, of one of the types."""

    valueBoolean: bool | None = None
    valueDecimal: float | None = None
    valueInteger: int | None = None
    valueDate: str | None = None
    valueDateTime: str | None = None
    valueTime: str | None = None
    valueString: str | None = None
    valueUri: str | None = None
    valueCoding: Coding | None = None
    valueQuantity: Quantity | None = None
    item: tuple[ResponseItem, ...] = ()


class ResponseItem(Part):
    """The answers to one question, or a group of them."""

    linkId: Text
    answer: tuple[Answer, ...] = ()
    item: tuple[ResponseItem, ...] = ()


class QuestionnaireResponseResource(Part):
    """A FHIR R4 QuestionnaireResponse. Who answered is not read."""

    resourceType: Literal["QuestionnaireResponse"]
    id: str | None = None
    questionnaire: str | None = None
    status: Text
    item: tuple[ResponseItem, ...] = ()


class Entry(Part):
    """One resource of a bundle."""

    resource: dict[str, object] | None = None


class BundleResource(Part):
    """A FHIR R4 Bundle."""

    resourceType: Literal["Bundle"]
    entry: tuple[Entry, ...] = ()
