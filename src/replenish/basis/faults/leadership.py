"""What answers of leaders are refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class LeadershipFault(Fault):
    """Why an answer to a round cannot be published."""

    NOT_ALLOWED = (
        "leadership.not_allowed",
        (
            "only a steward or a deputy answers for this part; nothing was published, so ask one of them, or "
            "a steward of a part above it"
        ),
    )
    ROUND = (
        "leadership.round",
        "there is no such round to answer; nothing was published, so choose one from the list",
    )
    TOO_EARLY = (
        "leadership.too_early",
        "this round has not closed yet; nothing was published, so come back on the day of its close",
    )
    HOW_MANY = (
        "leadership.how_many",
        "an answer has 1 to {most} commitments; nothing was published, and your words are still here",
    )
    MANY = (
        "leadership.many",
        (
            "you have answered this round {most} times; nothing was published, so say the rest in the answer "
            "to the next round"
        ),
    )
    WORDS = (
        "leadership.words",
        "say each commitment in 1 to {most} signs; nothing was published, and your words are still here",
    )
    CONDITION = (
        "leadership.condition",
        "this is none of the conditions that are asked about; choose one from the list, or none",
    )
    UNTIL = (
        "leadership.until",
        "choose a day from today on, within the next two years, or leave the day empty",
    )
    COMMITMENT = (
        "leadership.commitment",
        "there is no such promise here; nothing was written, so choose one from the list",
    )
    NOT_YET = (
        "leadership.not_yet",
        (
            "what became of this promise is said from its day on, or when the next round has closed; nothing "
            "was written, so come back then"
        ),
    )
    OUTCOME = (
        "leadership.outcome",
        "choose one of the three: kept, partly kept, or not kept; nothing was written yet",
    )
    WHY = (
        "leadership.why",
        "say why in one line of 1 to {most} signs; nothing was written, and your words are still here",
    )
    LIBRARY_FILE = (
        "leadership.library_file",
        "the commitments to choose from cannot be read ({reason}); correct that entry",
    )
