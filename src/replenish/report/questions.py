"""What a column of answers is to the report: an outcome people carry, or a condition they work in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from replenish.basis.errors import refuse
from replenish.basis.faults import ReportFault
from replenish.report.document import Tint
from replenish.report.wording.texts import scale_texts

Role = Literal["outcome", "condition"]


@dataclass(frozen=True)
class Question:
    """One question or scale the report speaks about.

    Args:
        name: its name in releases; for a plain file, the name of the column.
        role: "outcome" or "condition".
        higher_is_better: the declared direction; None where none was declared, and then the report
            says higher and lower, never better and worse.
        title: how it is called on the page; the name where nothing better is known.
        gloss: what it asks, in a few words; empty for a plain column.
        tint: the colour of its charts; a label says the same.
        first_step: for a condition of our own question set, where to begin.

    Raises:
        Refused: the role is neither of the two.
    """

    name: str
    role: Role
    higher_is_better: bool | None = None
    title: str = ""
    gloss: str = ""
    tint: Tint = "moss"
    first_step: str = ""

    def __post_init__(self) -> None:
        if self.role not in ("outcome", "condition"):
            refuse(ReportFault.REPORT_ROLE, column=self.name, role=self.role)
        if not self.title:
            object.__setattr__(self, "title", self.name)

    @property
    def spoken(self) -> str:
        """Its name within a sentence, in quotation marks: any name must be able to stand there."""
        return f"“{self.title}”"


def plain_question(name: str, role: Role, *, higher_is_better: bool | None = None) -> Question:
    """A column of a plain file: its name is all that is known about it."""
    return Question(name, role, higher_is_better, tint="moss" if role == "condition" else "sky")


def own_question(code: str, role: Role) -> Question:
    """A scale of our own question set, with its title, gloss, direction and first step.

    Raises:
        Refused: there is no such scale in our own question set.
    """
    text = scale_texts().get(code)
    if text is None:
        refuse(ReportFault.REPORT_SCALE_UNKNOWN, scale=code)
    return Question(
        code, role, text.higher_is_better, text.title, text.gloss, text.tint, text.first_step or ""
    )
