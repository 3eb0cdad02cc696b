"""What facts of provision may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class FactFault(Fault):
    """What facts of provision, and files of them, may be refused for."""

    KINDS_FILE = ("facts.kinds_file", "the kinds of facts cannot be read: {reason}")
    KIND_UNKNOWN = (
        "facts.kind_unknown",
        "there is no kind of fact called “{kind}”; the example file lists them all",
    )
    UNIT_UNKNOWN = (
        "facts.unit_unknown",
        "no part called “{unit}” stood in your organisation on {on}; the example file lists the parts",
    )
    UNIT_NOT_ONE = (
        "facts.unit_not_one",
        "more than one part is called “{unit}”; write its whole path, as in the example file",
    )
    NOT_YOURS = (
        "facts.not_yours",
        "you do not answer for this part; ask somebody who does to enter it",
    )
    DAY = ("facts.day", "“{day}” is not a day; write it like 2026-01-31")
    DAY_TWO_WAYS = (
        "facts.day_two_ways",
        "“{day}” can be read as two days; write it like 2026-01-31",
    )
    PERIOD_ORDER = ("facts.period_order", "the last day lies before the first day")
    PERIOD_LENGTH = (
        "facts.period_length",
        "this period has {days} days; enter from {least} to {most} days at a time, such as a month",
    )
    PERIOD_NOT_OVER = (
        "facts.period_not_over",
        "this period is not over yet; enter it when its last day has passed",
    )
    PERIOD_TOO_EARLY = (
        "facts.period_too_early",
        "this period lies more than {years} years back; look at the dates again",
    )
    PERIOD_OVERLAPS = (
        "facts.period_overlaps",
        (
            "there is a figure of this kind from {first} to {last} already, and a day counts once; correct "
            "that one, or choose other days"
        ),
    )
    TWICE_IN_FILE = (
        "facts.twice_in_file",
        "row {other} has the same part, kind and days; keep one of the two",
    )
    NUMBER = (
        "facts.number",
        "“{number}” is not a number that can be read here; write digits alone, such as 1240 or 12.5",
    )
    NUMBER_MISSING = ("facts.number_missing", "a number is missing here")
    NUMBER_WHOLE = ("facts.number_whole", "this counts whole things, so it has no decimals")
    NUMBER_BELOW = ("facts.number_below", "a count is never below nothing")
    OUT_OF_NOTHING = (
        "facts.out_of_nothing",
        "out of nothing there is no share; where nothing was due, enter nothing for this period",
    )
    OUT_OF_TOO_MUCH = ("facts.out_of_too_much", "{number} is more than can be; look at it again")
    COUNT_TOO_MUCH = (
        "facts.count_too_much",
        "{count} out of {out_of} cannot be; look at both numbers again",
    )
    SOURCE = ("facts.source", "say in up to {most} letters where the numbers come from")
    NO_GROUPS = (
        "facts.no_groups",
        (
            "there are no reporting groups here, so a figure about people would show somebody; facts of this "
            "kind are entered where a season has groups"
        ),
    )
    NOT_GROUPS = (
        "facts.not_groups",
        (
            "this part cuts through the reporting group “{group}”; a figure about people is kept only for "
            "whole groups, so that nobody can be worked out; choose a larger part"
        ),
    )
    NOT_IN_SEASON = (
        "facts.not_in_season",
        (
            "“{unit}” belongs to no reporting group of this season yet; figures about people wait until a "
            "season knows all units of the part"
        ),
    )
    UNITS_CHANGED = (
        "facts.units_changed",
        (
            "this part held other units on the first day than on the last; enter the days before and after "
            "the change apart"
        ),
    )
    TOO_FEW_BETWEEN = (
        "facts.too_few_between",
        (
            "beside the figures that are there, this one would tell about fewer than {floor} people; nothing "
            "was kept"
        ),
    )
    FACT_UNKNOWN = (
        "facts.fact_unknown",
        "this figure is not there any more; somebody may have corrected it or taken it back",
    )
    FILE_TOO_LARGE = (
        "facts.file_too_large",
        "this table is too large; bring up to {most} rows at a time",
    )
    FILE_NOT_TEXT = (
        "facts.file_not_text",
        "this file is not a text table; save it as CSV and bring it again",
    )
    FILE_EMPTY = ("facts.file_empty", "there is nothing in this table; choose a file or paste its rows")
    FILE_SEPARATOR = (
        "facts.file_separator",
        "the columns cannot be told apart; put a comma, a semicolon or a tab between them",
    )
    FILE_COLUMN = (
        "facts.file_column",
        "the column “{name}” is missing; the first row must name all columns of the example file",
    )
    FILE_WIDTH = ("facts.file_width", "this row has {found} cells, and the first row has {expected}")
