"""What the report is, who can see what, and how it was made: the promise, true for a report from a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from replenish.report.wording.figures import day, first_upper, listed

FINGERPRINT_LENGTH = 16

LEAD = "This report is about the conditions people work in. It is not about any one person."
PURPOSE = (
    "It shows what people here carry, and which conditions go with it. It is meant to be read together, "
    "with the people who answered."
)
PROMISE = (
    "Who can see what. This report was made from a file of answers. Whoever holds that file can read its "
    "rows, so they must keep it safe. The report itself shows no row. It gives only bands for groups of "
    "{floor} or more. Nobody can use a band to rule out any answer of any one person. Anybody who holds "
    "this report can read all of it."
)
HONEST_LIMIT = (
    "If somebody added made-up rows to the file before the report was made, the rows of real people could"
    " stand out. So check, with somebody the staff trust, that the number of rows is about right."
)
ONCE = (
    "Never publish two reports over the same answers. Two reports with other groups or other columns can "
    "be laid side by side, and then people may be found."
)
CAREFUL = (
    "Low scores are signals about the work. They do not mean that somebody is weak. To be worn by caring "
    "is no fault of character."
)

METHOD_GROUPS = (
    "Groups. Each unit belongs to one group, and each answer counts in one group only. A unit that "
    "expects fewer than 8 answers is joined with a neighbour. The groups were made from the number of "
    "people, before any answer was looked at."
)
METHOD_BANDS = (
    "Bands. Every answer is put on a scale from 0, the lowest possible answer, to 100, the highest. The "
    "mean of a group is shown as a band, never as a point. The cuts between bands depend only on the size"
    " of the group: 7 to 12 voices, 13 to 24, or 25 and more. The exact number is not shown."
)
METHOD_PARENTS = (
    "Larger parts. What is said about a larger part is worked out from the bands of its groups alone, not"
    " from the answers."
)
METHOD_MODEL = (
    "Links. A model compares groups with one another. It uses only people with complete answers, from "
    "groups that are shown. Its figures are rounded in steps of {steps} points, so that no one person's "
    "answers can be seen in them. “Most likely between” means an interval of 95 %."
)
METHOD_CHANGE = (
    "Change. A group is called higher or lower than before only if its band lies on the same side of both"
    " bands published before. Where nothing is said, there is no clear change. Chance alone does this"
    " too: in our simulations about one group in seven was called so although nothing had changed. Look"
    " for the same word next time before you build on it."
)
METHOD_OPEN = (
    "The program is open. Anybody can run its attack on this report: replenish attack releases.json."
)


def promise(floor: int) -> str:
    """Who can see what, with the least number of voices in force."""
    words = {7: "seven", 8: "eight", 9: "nine", 10: "ten"}
    return PROMISE.format(floor=words.get(floor, str(floor)))


def compared_with(rounds: Sequence[str]) -> str:
    """What an earlier report this one was compared with, or that there was none."""
    if not rounds:
        return "It was not compared with an earlier report."
    noun = "report" if len(rounds) == 1 else "reports"
    return f"It was compared with the {noun} published before: {listed(rounds)}."


def response(quarter: str) -> str:
    """How many of the whole organisation answered, in quarters."""
    return f"Of all the people asked, the share who answered was {quarter}."


def method_model(steps: Sequence[str]) -> str:
    """How links between conditions and outcomes are worked out and rounded."""
    return METHOD_MODEL.format(steps=listed(steps, joint="or"))


def facts(round_name: str, published: date) -> str:
    """The line under the title."""
    return f"{first_upper(round_name)}. Published on {day(published)}. Never changed after that."


def ending(fingerprint: str) -> str:
    """The last line: which release this is, so that a copy can be checked."""
    return (
        "Made with Replenish. The fingerprint of the release behind this report begins with "
        f"{fingerprint[:FINGERPRINT_LENGTH]}."
    )
