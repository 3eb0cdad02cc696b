"""The report as a document: sections of paragraphs, tables and charts, without any way of drawing them.

Everything here is words and published figures. HTML, PDF, JSON and CSV are drawn from these classes
alone, so that no drawing can say more than the document does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from replenish.disclosure.release import Release

Tint = Literal["moss", "clay", "sky", "plum"]
Voice = Literal["plain", "lead", "aside"]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `lead` is the one sentence that matters, `aside` says who can see what."""

    form: ClassVar[Literal["paragraph"]] = "paragraph"
    text: str
    voice: Voice = "plain"


@dataclass(frozen=True)
class Bullets:
    """A list of short sentences; `ordered` where the order is meant."""

    form: ClassVar[Literal["bullets"]] = "bullets"
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class LeadersWords(Bullets):
    """What leaders promised, in their own words: a page marks it up as theirs.

    A number in it is a part of somebody's sentence, and no figure that was worked out from answers.
    """


@dataclass(frozen=True)
class Noted:
    """A cell of two lines: what is read first, and below it, softer, what belongs to it."""

    text: str
    note: str


Entry = str | Noted


@dataclass(frozen=True)
class Table:
    """Rows under named columns; the first entry of a row names the row.

    `note` says how to read it, below the caption. `repeated` columns, from the first on, stand in every
    part of a table that is too wide for paper.
    """

    form: ClassVar[Literal["table"]] = "table"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    note: str = ""
    repeated: int = 1


@dataclass(frozen=True)
class ScaleAxis:
    """A scale from 0 to 100 with what its two ends mean in the column's own units, where they differ."""

    low: float
    high: float
    title: str = ""

    @property
    def has_own_units(self) -> bool:
        """Whether the column's own range is something else than 0 to 100."""
        return (self.low, self.high) != (0.0, 100.0)


@dataclass(frozen=True)
class BandRow:
    """One group on a band chart; no stretch means that there were not enough voices.

    `label` stands beside the stretch, `full` in the table; the label leaves out a parent named just above.
    `note` names size and a certain change beside the stretch; the table has them as `voices` and `change`.
    """

    label: str
    full: str
    low: float | None
    high: float | None
    note: str = ""
    voices: str = ""
    change: str = ""
    middle: float | None = None
    parent: bool = False


@dataclass(frozen=True)
class BandMarks:
    """Groups as filled stretches of one scale, in tree order."""

    axis: ScaleAxis
    rows: tuple[BandRow, ...]
    tint: Tint


@dataclass(frozen=True)
class BandCount:
    """How many groups lie in one band."""

    low: float
    high: float
    groups: int


@dataclass(frozen=True)
class BandCountMarks:
    """All groups at once: every group one thin line, lines of the same band lying together."""

    axis: ScaleAxis
    counts: tuple[BandCount, ...]
    tint: Tint


@dataclass(frozen=True)
class IntervalRow:
    """One condition: its difference with the interval, as printed; `hollow` marks the second voice."""

    label: str
    estimate: float
    low: float
    high: float
    hollow: bool = False


@dataclass(frozen=True)
class IntervalMarks:
    """Differences as thin bars with a dot, on either side of no difference."""

    rows: tuple[IntervalRow, ...]
    tint: Tint
    left: str
    right: str


@dataclass(frozen=True)
class RoundBand:
    """One round on a chart over rounds; no stretch means that nothing was shown.

    `together` marks a round in which the part was read with others; `middle` belongs to a larger part.
    """

    label: str
    low: float | None = None
    high: float | None = None
    middle: float | None = None
    together: bool = False
    change: str = ""


@dataclass(frozen=True)
class RoundMarks:
    """One part of the tree over rounds, oldest first."""

    rounds: tuple[RoundBand, ...]
    tint: Tint


@dataclass(frozen=True)
class QuestionMarks:
    """One part of the tree at one time: each question a stretch of the scale from 0 to 100."""

    rows: tuple[BandRow, ...]
    tint: Tint


@dataclass(frozen=True)
class FactStretch:
    """One period of a fact: where it lies on the time axis and how high it stands, each from 0 to 1."""

    begins: float
    ends: float
    height: float


@dataclass(frozen=True)
class FactMarks:
    """A fact of provision over time.

    `closes` are the days on which rounds closed, as places from 0 to 1; `top` names the height of 1, `first`
    and `last` the two ends of the time axis.
    """

    stretches: tuple[FactStretch, ...]
    closes: tuple[float, ...]
    top: str
    first: str
    last: str
    tint: Tint


Marks = BandMarks | BandCountMarks | IntervalMarks | RoundMarks | QuestionMarks | FactMarks


@dataclass(frozen=True)
class Chart:
    """A picture: its finding as title, how to read it, its table, and a description in words."""

    form: ClassVar[Literal["chart"]] = "chart"
    name: str
    title: str
    description: str
    marks: Marks
    table: Table
    reading: str = ""


@dataclass(frozen=True)
class Fold:
    """Blocks that open on request; a printed page shows them open."""

    form: ClassVar[Literal["fold"]] = "fold"
    summary: str
    blocks: tuple[Paragraph | Bullets | Table | Chart, ...]


@dataclass(frozen=True)
class Heading:
    """A heading one level below its section's."""

    form: ClassVar[Literal["heading"]] = "heading"
    text: str


Block = Paragraph | Bullets | Table | Chart | Fold | Heading


@dataclass(frozen=True)
class Section:
    """A part of the report with its heading; `name` is its address within the page."""

    name: str
    title: str
    blocks: tuple[Block, ...]

    def charts(self) -> Iterator[Chart]:
        """Every chart of the section, those in folds included, in reading order."""
        for block in self.blocks:
            if isinstance(block, Chart):
                yield block
            elif isinstance(block, Fold):
                yield from (inner for inner in block.blocks if isinstance(inner, Chart))


@dataclass(frozen=True)
class Figure:
    """One published figure as a row for machines; empty entries do not apply to its kind."""

    kind: Literal["band", "parent", "effect", "spread"]
    question: str
    group: str = ""
    condition: str = ""
    source: str = ""
    size: str = ""
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    step: float | None = None
    change: str = ""
    words: str = ""
    people: str = ""
    groups: str = ""


@dataclass(frozen=True)
class Report:
    """The whole document, the figures it prints, and the releases it was drawn from (oldest first)."""

    title: str
    round: str
    published: date
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    releases: tuple[Release, ...]

    def section(self, name: str) -> Section:
        """The section of that name."""
        return next(section for section in self.sections if section.name == name)

    def charts(self) -> Iterator[Chart]:
        """Every chart in reading order."""
        for section in self.sections:
            yield from section.charts()
