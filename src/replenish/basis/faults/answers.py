"""What scoring may refuse."""

from __future__ import annotations

from replenish.basis.errors import Fault


class AnswerFault(Fault):
    """What scoring may refuse."""

    ANSWERS_COLUMN_MISSING = (
        "answers.column_missing",
        "there is no column for {items}; name the columns as the instrument names its items",
    )
    ANSWERS_SHAPE = ("answers.shape", "the answers do not have the shape of this instrument: {detail}")
    ANSWERS_NOT_NUMBERS = (
        "answers.not_numbers",
        "the answers are {kind}, not numbers; give each answer as its number on the form",
    )
    ANSWERS_OUT_OF_RANGE = (
        "answers.out_of_range",
        "the answer {answer} is outside {low} to {high}; correct it or leave it empty",
    )
    ANSWERS_NOT_A_STEP = (
        "answers.not_a_step",
        "the answer {answer} lies between two possible answers; correct it or leave it empty",
    )
    ANSWERS_NOT_AN_OPTION = (
        "answers.not_an_option",
        "the answer {answer} is none of the answers here ({options}); correct it or leave it empty",
    )
    ANSWERS_MORE = ("answers.more", "{count} more answers cannot be used; the first {shown} are listed")
    POSITION_INPUT = ("position.input", "{what} must be {expected}, but it is {found}")
