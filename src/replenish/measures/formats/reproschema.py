"""ReproSchema 1.0: an activity, its items and their answers, in files that refer to each other by path."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from replenish.basis.errors import refuse
from replenish.basis.faults import QuestionnaireFault
from replenish.measures.formats.json_file import as_model, read_json
from replenish.measures.formats.number_text import as_number, written
from replenish.measures.formats.questionnaire import Asked, Calculation, Choice, Kind, Questionnaire
from replenish.measures.formats.soundness import sound

Texts = str | dict[str, str]

_SUM: Final = re.compile(
    r"\s*\(?\s*([A-Za-z_]\w*(?:\s*\+\s*[A-Za-z_]\w*)*)\s*\)?\s*(?:/\s*(\d+(?:\.\d+)?))?\s*;?\s*"
)
_NUMBER_TYPES: Final = frozenset({"xsd:integer", "xsd:int", "xsd:decimal", "xsd:float", "xsd:double"})


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False, populate_by_name=True)


class _Property(_Part):
    isAbout: str
    variableName: str | None = None
    valueRequired: bool = False
    isVis: bool | str = True


class _Order(_Part):
    order: tuple[str, ...] = ()
    addProperties: tuple[_Property, ...] = ()


class _Compute(_Part):
    variableName: str
    jsExpression: str


class _Activity(_Part):
    id: str | None = None
    category: str | None = None
    prefLabel: Texts = ""
    citation: Texts = ""
    version: str | None = None
    ui: _Order
    compute: tuple[_Compute, ...] = ()


class _Option(_Part):
    name: Texts = ""
    value: float | str


class _Responses(_Part):
    minValue: float | None = None
    maxValue: float | None = None
    multipleChoice: bool = False
    valueType: tuple[str, ...] | str = ()
    choices: tuple[_Option, ...] | str = ()

    @property
    def types(self) -> frozenset[str]:
        return frozenset([self.valueType] if isinstance(self.valueType, str) else self.valueType)


class _Look(_Part):
    inputType: str = ""


class _Item(_Part):
    id: str | None = None
    category: str | None = None
    question: Texts = ""
    prefLabel: Texts = ""
    ui: _Look = Field(default_factory=_Look)
    responseOptions: _Responses | str | None = None


def is_reproschema(plain: Mapping[str, object]) -> bool:
    """Whether a JSON object is part of a ReproSchema."""
    return "reproschema" in str(plain.get("@context", "")).lower()


def find_schema(folder: Path) -> Path:
    """The one activity schema of a folder.

    Raises:
        Refused: FORM_UNKNOWN where there is none, or more than one.
    """
    found = sorted(path for path in folder.iterdir() if path.is_file() and path.name.endswith("_schema"))
    if len(found) != 1:
        refuse(QuestionnaireFault.FORM_UNKNOWN, file=folder)
    return found[0]


def read_reproschema(
    path: Path, *, without: Collection[str] = (), language: str | None = None
) -> Questionnaire:
    """Read an activity with the files it refers to, all inside its own folder; nothing is fetched.

    Sums and means of items are checked against the range they claim; no formula is carried out.

    Args:
        path: the activity schema.
        without: names of items to leave out.
        language: the language of the texts; English, or the only one there is, where None.

    Raises:
        Refused: FORM_NOT_JSON, FORM_WRONG_KIND, FORM_FIELD, FORM_REFERENCE, FORM_REFERENCE_OUTSIDE,
            FORM_RANGE, FORM_LANGUAGE, and what `sound` refuses.
    """
    plain = read_json(path)
    category = str(plain.get("category", plain.get("@type", "file")))
    if not is_reproschema(plain) or not category.endswith("Activity"):
        refuse(
            QuestionnaireFault.FORM_WRONG_KIND,
            file=path,
            found=f"ReproSchema {category}",
            expected="ReproSchema Activity",
        )
    activity = as_model(_Activity, plain, file=path)
    reader = _Reader(path, language)
    named = {entry.isAbout: entry for entry in activity.ui.addProperties}
    computed = {entry.variableName for entry in activity.compute}
    asked = []
    for reference in activity.ui.order:
        entry = named.get(reference, _Property(isAbout=reference))
        code = entry.variableName or Path(reference).name
        if code not in computed:
            asked.append(reader.item(reference, code, required=entry.valueRequired))
    by_code = {question.code: question for question in asked}
    about = {entry.variableName: entry.isAbout for entry in activity.ui.addProperties}
    calculations = [
        reader.calculation(entry, about.get(entry.variableName), by_code) for entry in activity.compute
    ]
    return sound(
        Questionnaire(
            format="ReproSchema",
            title=reader.text(activity.prefLabel) or activity.id or "",
            asked=tuple(asked),
            calculations=tuple(calculations),
            version=activity.version,
            language=reader.language,
            citation=reader.text(activity.citation) or None,
        ),
        file=path,
        without=without,
    )


class _Reader:
    """One activity being read: its folder, and the language wanted."""

    def __init__(self, path: Path, language: str | None) -> None:
        self.root = path.parent.resolve()
        self.language = language
        self.schema = path

    def follow(self, reference: str, start: Path) -> Path:
        """The file a reference names, never outside the folder of the activity, by whatever link."""
        if "://" in reference:
            refuse(QuestionnaireFault.FORM_REFERENCE, file=start, name=reference)
        target = (start.parent / reference).resolve()
        if not target.is_relative_to(self.root):
            refuse(QuestionnaireFault.FORM_REFERENCE_OUTSIDE, file=start, name=reference)
        if not target.is_file():
            refuse(QuestionnaireFault.FORM_REFERENCE, file=start, name=reference)
        return target

    def text(self, texts: Texts, *, needed: bool = False, place: Path | None = None) -> str:
        """The words in the language asked for; English, or the only language, where none was."""
        if isinstance(texts, str):
            return texts
        if self.language is None:
            return texts.get("en", next(iter(texts.values()), ""))
        if needed and self.language not in texts:
            known = ", ".join(texts)
            refuse(
                QuestionnaireFault.FORM_LANGUAGE,
                file=place or self.schema,
                language=self.language,
                languages=known,
            )
        return texts.get(self.language, "")

    def item(self, reference: str, code: str, *, required: bool) -> Asked:
        """One item with its answers."""
        place = self.follow(reference, self.schema)
        item = as_model(_Item, read_json(place), file=place)
        responses = self.responses(item, place)
        options = self.options(responses, place)
        kind = Kind.ONE if options else _kind(responses.types)
        if responses.multipleChoice and options:
            kind = Kind.SEVERAL
        question = Asked(
            code=code,
            text=self.text(item.question or item.prefLabel, needed=True, place=place),
            kind=kind,
            options=options,
            required=required,
            low=None if options else responses.minValue,
            high=None if options else responses.maxValue,
            whole=not options and bool(responses.types & {"xsd:integer", "xsd:int"}),
        )
        values = [option.value for option in options if option.value is not None]
        if values:
            claimed = (responses.minValue, responses.maxValue)
            _compare(place, code, claimed, (min(values), max(values)), "options")
        return question

    def responses(self, item: _Item, place: Path) -> _Responses:
        """The answers of an item, written in it or in a file it refers to."""
        if isinstance(item.responseOptions, str):
            target = self.follow(item.responseOptions, place)
            return as_model(_Responses, read_json(target), file=target)
        return item.responseOptions or _Responses()

    def options(self, responses: _Responses, place: Path) -> tuple[Choice, ...]:
        """The options of an item."""
        if isinstance(responses.choices, str):
            target = self.follow(responses.choices, place)
            responses = as_model(_Responses, read_json(target), file=target)
        listed = responses.choices if isinstance(responses.choices, tuple) else ()
        return tuple(self._choice(option) for option in listed)

    def calculation(self, entry: _Compute, reference: str | None, asked: Mapping[str, Asked]) -> Calculation:
        """A score with the range it claims, refused where its items contradict it."""
        if reference is None:
            return Calculation(entry.variableName, "", entry.jsExpression)
        place = self.follow(reference, self.schema)
        item = as_model(_Item, read_json(place), file=place)
        claimed = self.responses(item, place)
        formula = Calculation(
            entry.variableName,
            self.text(item.prefLabel),
            entry.jsExpression,
            claimed.minValue,
            claimed.maxValue,
        )
        self._refuse_other_sum(place, formula, asked)
        return formula

    def _choice(self, option: _Option) -> Choice:
        value = option.value if isinstance(option.value, float) else as_number(option.value)
        code = written(option.value) if isinstance(option.value, float) else option.value
        return Choice(code, self.text(option.name), value)

    def _refuse_other_sum(self, place: Path, formula: Calculation, asked: Mapping[str, Asked]) -> None:
        """Compare the claimed range of a plain sum or mean with what its items allow."""
        found = _SUM.fullmatch(formula.formula)
        if found is None:
            return
        names = [name.strip() for name in found[1].split("+")]
        lost = [name for name in names if name not in asked]
        if lost:
            refuse(QuestionnaireFault.FORM_REFERENCE, file=place, name=lost[0])
        ranges = [asked[name].range for name in names]
        known = [bounds for bounds in ranges if bounds is not None]
        if len(known) == len(names):
            divisor = float(found[2]) if found[2] else 1.0
            actual = (sum(low for low, _ in known) / divisor, sum(high for _, high in known) / divisor)
            _compare(place, formula.code, (formula.low, formula.high), actual, "items")


def _compare(
    place: Path,
    code: str,
    claimed: tuple[float | None, float | None],
    actual: tuple[float, float],
    parts: str,
) -> None:
    differs = any(
        claim is not None and abs(claim - true) > 1e-9 for claim, true in zip(claimed, actual, strict=True)
    )
    if differs:
        low, high = ("nothing" if claim is None else written(claim) for claim in claimed)
        refuse(
            QuestionnaireFault.FORM_RANGE,
            file=place,
            code=code,
            claimed=f"{low} to {high}",
            parts=parts,
            actual=f"{written(actual[0])} to {written(actual[1])}",
        )


def _kind(types: frozenset[str]) -> Kind:
    if types & _NUMBER_TYPES:
        return Kind.NUMBER
    return Kind.DATE if any("date" in name.lower() for name in types) else Kind.TEXT
