"""What is in a person's own box: their check-ins, their reflections, their settings. Nobody else opens it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from replenish.basis.errors import refuse
from replenish.basis.faults import VoiceFault
from replenish.voices.box_rows import VERSION, BoxRows

LONGEST_TEXT = 10_000

Week = Annotated[str, StringConstraints(pattern=r"^\d{4}-W\d{2}$")]
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Short = Annotated[str, StringConstraints(max_length=200)]
Setting = bool | int | float | Text


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True)


class CheckIn(_Part):
    """The answers to one pack in one week. A skipped question is absent."""

    week: Week
    pack: Short
    pack_hash: Short
    answers: Mapping[str, float]


class Reflection(_Part):
    """Words a person keeps for themselves; `topic` says on which page they were written."""

    week: Week
    topic: Short
    text: Text


class BoxContent(_Part):
    """Everything in a box, in the order of writing.

    Which rounds were contributed to is not in it: the box of somebody who never took part looks the same.
    """

    version: Literal[1] = VERSION
    check_ins: tuple[CheckIn, ...] = ()
    reflections: tuple[Reflection, ...] = ()
    settings: Mapping[str, Setting] = Field(default_factory=dict)

    def with_check_ins(self, new: Iterable[CheckIn]) -> Self:
        """These check-ins added; an earlier one of the same week and pack gives way."""
        added = tuple(new)
        replaced = {(check_in.week, check_in.pack) for check_in in added}
        kept = tuple(old for old in self.check_ins if (old.week, old.pack) not in replaced)
        return self.model_copy(update={"check_ins": (*kept, *added)})

    def with_reflection(self, reflection: Reflection) -> Self:
        """One more reflection."""
        return self.model_copy(update={"reflections": (*self.reflections, reflection)})

    def with_settings(self, **settings: Setting) -> Self:
        """Some settings changed."""
        return self.model_copy(update={"settings": {**self.settings, **settings}})

    def to_rows(self) -> BoxRows:
        """The content as it is written into a box."""
        rows = BoxRows()
        for check_in in self.check_ins:
            rows.add(check_in.week, (check_in.pack, check_in.pack_hash), check_in.answers)
        rows.reflections = [(r.week, r.topic, r.text) for r in self.reflections]
        rows.settings = dict(self.settings)
        return rows

    @classmethod
    def of_rows(cls, rows: BoxRows) -> BoxContent:
        """The content of a written box, checked.

        Raises:
            Refused: something in it cannot be the content of a box.
        """
        try:
            return cls.model_validate(
                {
                    "check_ins": [
                        {"week": week, "pack": pack, "pack_hash": digest, "answers": answers}
                        for week, (pack, digest), answers in rows.rows()
                    ],
                    "reflections": [
                        {"week": week, "topic": topic, "text": text} for week, topic, text in rows.reflections
                    ],
                    "settings": rows.settings,
                }
            )
        except (ValueError, TypeError, LookupError, ValidationError):
            # Without the cause: an error of the reader would quote what is in the box.
            refuse(VoiceFault.BOX_UNREADABLE)
