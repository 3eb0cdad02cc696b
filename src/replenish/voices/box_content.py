"""What is in a person's own box: their check-ins, their reflections, their settings. Nobody else opens it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from replenish.basis.errors import refuse
from replenish.basis.faults import VoiceFault
from replenish.sealing.box import MOST
from replenish.voices.box_rows import VERSION, BoxRows

LONGEST_TEXT = 10_000
# Notes never take the last of the room: five years of check-ins fit into what is left for them.
NOTES_LEAVE_FREE = 24_576
MOST_WITH_NOTES = MOST - NOTES_LEAVE_FREE
"""So many bytes a box may have when a note is added."""

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
        """One more reflection; the same one a second time changes nothing, so a form may come twice.

        Raises:
            Refused: there is no room for it.
        """
        if reflection in self.reflections:
            return self
        return self._with_notes((*self.reflections, reflection))

    def with_text(self, old: Reflection, text: str) -> Self:
        """Another text in place of a reflection, which keeps its week, its topic and its place.

        Where the old one is gone, as another device changed it meanwhile, the new text stands beside it.

        Raises:
            Refused: there is no room for it.
        """
        new = old.model_copy(update={"text": text})
        if old not in self.reflections or new in self.reflections:
            return self.without(old).with_reflection(new)
        at = self.reflections.index(old)
        return self._with_notes((*self.reflections[:at], new, *self.reflections[at + 1 :]))

    def without(self, reflection: Reflection) -> Self:
        """A reflection removed; again is harmless."""
        kept = tuple(each for each in self.reflections if each != reflection)
        return self.model_copy(update={"reflections": kept})

    def room_for_notes(self) -> int:
        """How many bytes of notes still fit."""
        return max(0, MOST_WITH_NOTES - self.size())

    def size(self) -> int:
        """How many bytes the content has as it is written."""
        return len(self.to_rows().to_bytes())

    def _with_notes(self, reflections: tuple[Reflection, ...]) -> Self:
        after = self.model_copy(update={"reflections": reflections})
        size = after.size()
        # A note that was shortened is taken in whatever the box holds.
        if size > MOST_WITH_NOTES and size > self.size():
            refuse(VoiceFault.NOTES_FULL)
        return after

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
