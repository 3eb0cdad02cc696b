"""What a model fitted from moments may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class StatisticsFault(Fault):
    """What a model fitted from moments may be refused for."""

    STATISTICS_NO_COLUMN = ("statistics.no_column", "no column was given; name at least one")
    STATISTICS_NOT_NUMBERS = ("statistics.not_numbers", "this column does not hold numbers")
    STATISTICS_COLUMN_LENGTH = (
        "statistics.column_length",
        "this column has the shape {shape}, but one value for each of {expected} rows was expected",
    )
    STATISTICS_COLUMN_UNKNOWN = (
        "statistics.column_unknown",
        "there is no column of this name; the columns are: {known}",
    )
    STATISTICS_COLUMNS_DIFFER = (
        "statistics.columns_differ",
        "only results about the same columns can be added; these are about ({one}) and ({other})",
    )
    STATISTICS_INFINITE = (
        "statistics.infinite",
        "an infinite value cannot be used; correct it, or leave the place empty",
    )
    STATISTICS_TOO_LARGE = (
        "statistics.too_large",
        "the values are too large to add up; check the column, or change its unit of measurement",
    )
    STATISTICS_LEVEL = (
        "statistics.level",
        "the confidence level is {level}; it must lie between 0 and 1, such as 0.95",
    )
    STATISTICS_TOO_FEW_ROWS = (
        "statistics.too_few_rows",
        "there are {n} complete rows, and at least {least} are needed",
    )
    STATISTICS_PAIRWISE = (
        "statistics.pairwise",
        "answers are missing in different rows, so columns cannot be combined; use complete rows",
    )
    STATISTICS_UNIT_MISSING = (
        "statistics.unit_missing",
        "this row names no unit; fill it in, or leave the row out",
    )
    STATISTICS_UNIT_UNKNOWN = ("statistics.unit_unknown", "there is no unit called {unit}")
    STATISTICS_UNIT_KIND = (
        "statistics.unit_kind",
        "units must be named by text or by whole numbers",
    )
    STATISTICS_UNIT_PRODUCTS = (
        "statistics.unit_products",
        "this needs the spread inside each unit, which was not kept when the rows were added up",
    )
    STATISTICS_NO_PARENTS = (
        "statistics.no_parents",
        "results with and without a higher level of units cannot be added",
    )
    STATISTICS_OUTCOME_AMONG_CONDITIONS = (
        "statistics.outcome_among_conditions",
        "the outcome is also listed as a condition; leave it out of the conditions",
    )
    STATISTICS_CONDITION_TWICE = ("statistics.condition_twice", "this condition is listed twice")
    STATISTICS_CONSTANT = (
        "statistics.constant",
        "every complete row has the same value in this column, so nothing can go with it; leave it out",
    )
    STATISTICS_COLLINEAR = (
        "statistics.collinear",
        "this condition follows from others ({others}), so their effects cannot be told apart; leave one out",
    )
    STATISTICS_NAME_TAKEN = (
        "statistics.name_taken",
        "this name is needed for a part of the result; rename the column",
    )
    STATISTICS_CHOICE = ("statistics.choice", "'{given}' is not available; choose one of: {known}")
    STATISTICS_ONE_UNIT = (
        "statistics.one_unit",
        "all rows belong to one unit; differences between units need at least two",
    )
    STATISTICS_UNITS_OF_ONE = (
        "statistics.units_of_one",
        "every unit has one row only, so units and people cannot be told apart; check the unit column",
    )
    STATISTICS_TOO_FEW_UNITS = (
        "statistics.too_few_units",
        "{units} units are too few for {conditions} conditions that differ by unit; leave conditions out",
    )
    STATISTICS_NOTHING_LEFT = (
        "statistics.nothing_left",
        "inside units, nothing of this outcome is left to explain; check that it is an answer of each person",
    )
    STATISTICS_SLOPE_NOT_A_CONDITION = (
        "statistics.slope_not_a_condition",
        "a slope that differs by unit was asked for this column, which is none of the conditions; add it",
    )
    STATISTICS_SLOPE_FLAT = (
        "statistics.slope_flat",
        "this condition is the same for everyone inside each unit, so its slope cannot differ by unit",
    )
    STATISTICS_SLOPES_IN_THREE_LEVELS = (
        "statistics.slopes_in_three_levels",
        "slopes that differ by unit are not available together with three levels; leave one of the two out",
    )
    STATISTICS_ONE_PARENT = (
        "statistics.one_parent",
        "all units belong to one higher unit; leave the higher level out",
    )
    STATISTICS_PARENTS_OF_ONE = (
        "statistics.parents_of_one",
        "every higher unit has one unit only, so the two levels cannot be told apart; leave one of them out",
    )
    EFFECT_ROUNDS_DIFFER = (
        "statistics.effect_rounds_differ",
        "every group needs one value or a gap for each round; these have {lengths}",
    )
    EFFECT_START = (
        "statistics.effect_start",
        "{group} would begin in round {start}, and there are {rounds} rounds here, counted from 0",
    )
    EFFECT_TOO_FEW_GROUPS = (
        "statistics.effect_too_few_groups",
        "{treated} groups have the action and {untreated} do not; an interval needs {least} of each at least",
    )
    EFFECT_NO_COMPARISON = (
        "statistics.effect_no_comparison",
        "in some of these rounds no group without the action was seen, so nothing can be compared",
    )
    EFFECT_NOBODY_BEGINS = (
        "statistics.effect_nobody_begins",
        "no group would begin; name at least one round to begin in, and leave fewer groups out",
    )
    EFFECT_NEVER_SEEN_BOTH = (
        "statistics.effect_never_seen_both",
        "no group with the action was seen both before and after its start, so nothing can be said of it yet",
    )
    EFFECT_CHOSEN = (
        "statistics.effect_chosen",
        "the reliability given is {reliability}; it must lie between 0 and 1, and the places must be numbers",
    )
