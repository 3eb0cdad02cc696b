"""The page of an organisation too small for statistics of people: true, and still of use."""

from __future__ import annotations

from replenish.report.document import Bullets, Heading, Paragraph, Section
from replenish.report.wording import small as words


def too_small() -> Section:
    """Why nothing is shown about people, and what can be done instead."""
    return Section(
        "conditions",
        "Why there are no figures about people",
        (
            Paragraph(words.LEAD, "lead"),
            Paragraph(words.WHY),
            Heading(words.INSTEAD_TITLE),
            Bullets(words.INSTEAD),
        ),
    )
