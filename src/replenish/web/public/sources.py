"""Where a fact on a public page comes from, how surely it is known, and texts that are written in parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from replenish.web.shared.texts import Text

Mark = Literal["S", "R", "R?", "C", "A"]
Words = Annotated[str, Field(min_length=1)]

MEANINGS: Mapping[str, Promise] = {
    "S": _("read in a source"),
    "R": _("known from the literature, not looked up again"),
    "R?": _("uncertain"),
    "C": _("worked out by us"),
    "A": _("our assumption"),
}
"""What each mark says, in words for everybody."""

# A line of three stars in a text; the reader of texts draws it as this.
_CUT = "<hr />\n"


class Written(BaseModel):
    """Something that stands in a text or a data file: whole, known by its names, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Source(Written):
    """One source: what it is, what it found in our words, and how surely we know it."""

    source: Words
    says: Words
    mark: Mark

    @property
    def meaning(self) -> str:
        """What the mark says."""
        return str(MEANINGS[self.mark])


def parts(text: Text) -> tuple[SafeString, ...]:
    """The parts of a text, which lines of three stars divide.

    The text comes with the package and was drawn as safe; a cut between two blocks keeps each part whole.
    """
    return tuple(mark_safe(part) for part in text.html.split(_CUT))  # noqa: S308 - cut from safe text
