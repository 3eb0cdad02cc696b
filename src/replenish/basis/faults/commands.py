"""What a command line may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class CommandFault(Fault):
    """What a command line may be refused for."""

    UNIT_NOT_NAMED = ("unit.not_named", "no unit column is named; add --unit with the column of the team")
    UNIT_TOO_DEEP = (
        "unit.too_deep",
        "{levels} unit columns are named, and the model knows two levels of units; name one or two",
    )
    QUESTIONS_NOT_NAMED = (
        "questions.not_named",
        "no question is named; add --scale COLUMN=MIN,MAX for each, or --instrument with a pack",
    )
    SCALE_NOT_DECLARED = (
        "scale.not_declared",
        "the range of possible answers is not declared; add --scale with this column, such as COLUMN=MIN,MAX",
    )
    START_WHICH_COLUMNS = (
        "start.which_columns",
        (
            "say which columns are which: --unit for the team, --outcomes for what people carry, "
            "--conditions for what they work in, and --scale COLUMN=MIN,MAX for each; the file has: {columns}"
        ),
    )
    COLUMN_IS_UNIT = ("column.is_unit", "this column names the unit and cannot be a question as well")
    COLUMN_TWICE = ("column.twice", "this column is named twice, as an outcome or a condition; name it once")
    PACK_COLUMNS_ABSENT = (
        "pack.columns_absent",
        "no column is called as an item of '{pack}' ({items}, ...); rename the columns to the item codes",
    )
    HEADCOUNT_COLUMN = (
        "headcount.column",
        "there is no column called 'headcount'; a headcount file has the unit columns and that column",
    )
    HEADCOUNT_MISSING = ("headcount.missing", "the headcount is missing; write how many people work there")
    HEADCOUNT_TWICE = (
        "headcount.twice",
        "the unit '{unit}' stands a second time (first in row {first}); keep one row for each unit",
    )
    RELIABILITY_FEW_ITEMS = (
        "reliability.few_items",
        "{items} item is named, and reliability needs at least two items; name the items of one scale",
    )
    WORDING_WITHOUT_INSTRUMENT = (
        "wording.without_instrument",
        "this is a wording file; add --instrument to say which key it should fit",
    )
    REVERSED_NOT_AN_ITEM = ("reversed.not_an_item", "this item is to be reversed but is not among --items")
    REVERSED_WITHOUT_RANGE = (
        "reversed.without_range",
        "reversing needs the possible answers; add --range MIN MAX",
    )
