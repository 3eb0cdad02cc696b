"""One catalogue of everything the software refuses, each with a sentence a tired person can act on.

A refusal says what happened, where (file, row, column), and what to do next. Every refusal is a
`Fault` of this catalogue: tests, documentation and exit codes refer to its code, never to its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NoReturn


class Fault(Enum):
    """Every reason for a refusal: a stable dotted code and the sentence shown to people.

    Names in braces are filled from the details given when the refusal is raised.
    """

    # Files and tables
    FILE_MISSING = ("file.missing", "there is no such file; check the path and the spelling")
    FILE_EMPTY = ("file.empty", "the file is empty; there is nothing to read")

    # Tables (measures): what a file of answers may be refused for
    FILE_IS_FOLDER = ("file.is_folder", "this is a folder, not a file; name the file inside it")
    FILE_UNREADABLE = ("file.unreadable", "the file could not be opened ({why}); check who may read it")
    FILE_KIND_UNKNOWN = (
        "file.kind_unknown",
        "files ending in '{ending}' are not read; save it as CSV, XLSX or Parquet",
    )
    FILE_KIND_DIFFERS = (
        "file.kind_differs",
        "the name ends in '{ending}' but the content is {content}; rename the file or save it again",
    )
    FILE_NOT_TEXT = (
        "file.not_text",
        "the content is not readable text; save it again as CSV in UTF-8, or as XLSX",
    )
    FILE_TOO_LARGE = (
        "file.too_large",
        (
            "reading this would need about {needed} of memory and only {limit} may be used; "
            "ask for fewer columns, split the file or use a larger machine"
        ),
    )
    TABLE_NO_ROWS = ("table.no_rows", "there is a header but no rows below it; there is nothing to read")
    TABLE_NO_HEADER = (
        "table.no_header",
        "the first row holds only numbers ({first}), so the columns have no names; put a header row above it",
    )
    TABLE_SEPARATOR = (
        "table.separator",
        "only one column was found ('{header}'); separate the columns by a comma, semicolon, tab or |",
    )
    TABLE_SEPARATOR_AMBIGUOUS = (
        "table.separator_ambiguous",
        "the columns could be separated by {candidates}; save the file again with one separator only",
    )
    TABLE_RAGGED = (
        "table.ragged",
        (
            "this row has {found} fields and the header has {expected}; "
            "look for a missing field, or a {separator} inside an answer that needs quotation marks"
        ),
    )
    TABLE_QUOTES = (
        "table.quotes",
        (
            "a quotation mark is opened and never closed, or stands in the middle of a field; "
            'write a quotation mark inside a field twice ("")'
        ),
    )
    SHEET_MISSING = ("table.sheet_missing", "there is no sheet '{sheet}'; the sheets are {sheets}")
    WORKBOOK_BROKEN = (
        "table.workbook_broken",
        "the workbook is damaged or incomplete; open it in a spreadsheet program and save it again as XLSX",
    )
    WORKBOOK_ENCRYPTED = (
        "table.workbook_encrypted",
        "the workbook is locked with a password; save a copy without a password",
    )
    WORKBOOK_OLD = ("table.workbook_old", "this is an old Excel file (.xls); save it as .xlsx")
    WORKBOOK_ERROR_CELL = (
        "table.workbook_error_cell",
        "cell {cell} holds the error {value}; correct it or empty it",
    )
    WORKBOOK_UNCALCULATED = (
        "table.workbook_uncalculated",
        "cell {cell} holds a formula without its result; open the file in a spreadsheet program and save it",
    )
    PARQUET_BROKEN = ("table.parquet_broken", "the Parquet file is damaged or incomplete; write it again")
    COLUMN_MISSING = ("column.missing", "there is no such column{close}; the columns are {columns}")
    COLUMN_DUPLICATE = (
        "column.duplicate",
        "this column name is used {times} times; give every column its own name",
    )
    COLUMN_NESTED = (
        "column.nested",
        "the column holds {kind} values, not numbers or text; write one value in each cell",
    )
    COLUMN_EMPTY = ("column.empty", "every value in this column is missing; there is nothing to work with")
    NUMBER_TEXT = ("number.text", "'{value}' is not a number; correct it, or leave the cell empty if missing")
    NUMBER_INFINITE = ("number.infinite", "'{value}' is not a finite number; correct it or leave it empty")
    NUMBER_RANGE = (
        "number.range",
        "{value} is outside the range {low} to {high}; correct it or leave it empty",
    )
    NUMBER_NOT_WHOLE = (
        "number.not_whole",
        "{value} is not a whole number, and only whole numbers are possible",
    )
    NUMBER_COMMA_AMBIGUOUS = (
        "number.comma_ambiguous",
        "'{value}' could be a decimal number or a number of thousands; write decimals with a point",
    )
    NUMBER_MARKS_MIXED = (
        "number.marks_mixed",
        "some decimals have a comma ('{comma}') and some a point ('{point}'); use one of them",
    )
    UNIT_MISSING = ("unit.missing", "the unit is missing in this row; fill it in or take the row out")
    ID_MISSING = ("id.missing", "the id is missing in this row; fill it in or take the row out")
    ID_DUPLICATE = (
        "id.duplicate",
        "the id '{value}' stands in row {first} already; keep one row for each id",
    )

    # Statistics: moments and mixed models
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

    # Reliability, agreement and conditions
    RELIABILITY_TOO_FEW_ITEMS = (
        "reliability.too_few_items",
        "reliability compares items with each other, so at least {least} are needed, and {items} is given",
    )
    RELIABILITY_CONSTANT_ITEM = (
        "reliability.constant_item",
        "everybody gave the same answer to this item, so it cannot be compared with the others; leave it out",
    )
    RELIABILITY_REVERSED_ITEM = (
        "reliability.reversed_item",
        "this item runs against the others; reverse its scores if it is worded that way, or leave it out",
    )
    RELIABILITY_NO_ROOM = (
        "reliability.no_room",
        "omega fails here: this item is left no error (a Heywood case); leave it out, or use alpha alone",
    )
    RELIABILITY_NO_TOTAL = (
        "reliability.no_total",
        "the items cancel each other out, so the sum is the same for everybody; check which are reversed",
    )
    AGREEMENT_TOO_FEW_UNITS = (
        "agreement.too_few_units",
        "there are {units} units with complete answers, and at least {least} are needed",
    )
    AGREEMENT_NO_PAIRS = (
        "agreement.no_pairs",
        "no unit has two people with complete answers, so nobody can be compared with a colleague",
    )
    AGREEMENT_NO_SPREAD = (
        "agreement.no_spread",
        "everybody has the same value here, so there are no differences to look at",
    )
    AGREEMENT_NULL_VARIANCE = (
        "agreement.null_variance",
        "the variance expected by chance is {value}, and it must be above zero; check the ends of the scale",
    )
    AGREEMENT_SCALE = (
        "agreement.scale",
        "steps of {step} do not lead from {low} to {high}; give the lowest and highest answer and the step",
    )
    CONDITIONS_NONE = ("conditions.none", "no condition was given; name at least one")
    CONDITIONS_TWICE = (
        "conditions.twice",
        "this column is named twice; the outcome, the conditions and the exposures must be different columns",
    )
    CONDITIONS_REPEATED = (
        "conditions.repeated",
        "this column says nothing that the columns before it do not already say; leave it out",
    )
    CONDITIONS_UNITS_ALIKE = (
        "conditions.units_alike",
        "units differ no more than by chance in this condition, so it cannot explain their differences",
    )
    CONDITIONS_STEADY = (
        "conditions.steady",
        "people of one unit all have the same value here, so own and shared reports cannot be told apart",
    )
    CONDITIONS_DIRECTION = (
        "conditions.direction",
        "a direction was given for this column, but it is neither the outcome nor a condition",
    )
    CONDITIONS_RANGE = (
        "conditions.range",
        "give the lowest and the highest possible answer of this column; every answer must lie between",
    )
    SPLIT_VOICE_UNRELIABLE = (
        "conditions.others_unreliable",
        "reports of others agree too little (reliability {reliability:.2f}, {least:.2f} needed) to be used",
    )
    SPLIT_VOICE_ENTANGLED = (
        "conditions.others_entangled",
        "reports of others cannot tell these conditions apart: {conditions}; look at fewer of them at once",
    )
    SPLIT_VOICE_TOO_FEW_UNITS = (
        "conditions.others_too_few_units",
        "there are {units} units of two or more people, and at least {least} are needed for these conditions",
    )

    # Attack (disclosure): what a file to be attacked, or a roster, may be refused for
    ATTACK_NOT_RELEASES = (
        "attack.not_releases",
        "this does not look like a file of releases ({why}); give the releases.json that was published",
    )
    ATTACK_COLLUDERS = (
        "attack.colluders",
        "the number of colluding members must be 0 or more, and {given} was given",
    )
    ROSTER_EMPTY = ("roster.empty", "the roster has no rows; give one row for each person")
    ROSTER_UNIT_MISSING = (
        "roster.unit_missing",
        "this row of the roster does not say which unit it belongs to",
    )
    ROSTER_PEOPLE_NOT_A_NUMBER = (
        "roster.people_not_a_number",
        "the number of people must be a whole number of 1 or more",
    )

    # Packs (measures): what an instrument key may be refused for
    PACK_UNKNOWN = ("pack.unknown", "there is no instrument called '{pack}'; choose one of: {known}")
    PACK_UNREADABLE = (
        "pack.unreadable",
        "this cannot be read as a pack: {reason}; docs/reference/packs.md shows how a pack is written",
    )
    PACK_FIELD = (
        "pack.field",
        "the field '{field}' {complaint}; docs/reference/packs.md lists every field of a pack",
    )
    PACK_NO_SUCH_ITEM = ("pack.no_such_item", "the instrument '{pack}' has no item '{item}'")
    PACK_NO_SUCH_SCALE = (
        "pack.no_such_scale",
        "the instrument '{pack}' has no scale '{scale}'; its scales are: {known}",
    )
    PACK_NO_NORM = (
        "pack.no_norm",
        "the instrument '{pack}' has no norm for '{scale}'; compare with your own past instead",
    )
    PACK_DUPLICATE = ("pack.duplicate", "the {what} '{value}' stands there twice; each may stand there once")
    PACK_UNKNOWN_ITEM = (
        "pack.unknown_item",
        "the scale '{scale}' names the item '{item}', which the pack does not have; check the numbers",
    )
    PACK_UNKNOWN_SCALE = (
        "pack.unknown_scale",
        "a {what} is given for the scale '{scale}', which the pack does not have; check the name",
    )
    PACK_REVERSAL_UNKNOWN = (
        "pack.reversal_unknown",
        "item '{item}' is to be reversed, but the pack has no such item; check the numbers",
    )
    PACK_NUMBERING = (
        "pack.numbering",
        "the items must be numbered 1 to {count} in order, without a gap, as on the form",
    )
    PACK_ITEM = ("pack.item", "the item '{item}' {detail}; correct the pack")
    PACK_RESPONSE = ("pack.response", "the answers of the pack do not fit together: {detail}; correct them")
    PACK_RANGE = (
        "pack.range",
        (
            "the scale '{scale}' claims to run from {claimed}, but its items can only give {possible}; "
            "find out which of the two is wrong before anything is scored"
        ),
    )
    PACK_MISSING_RULE = (
        "pack.missing_rule",
        "the rule for missing answers of the scale '{scale}' {detail}; give one rule its items can meet",
    )
    PACK_COUNT = (
        "pack.count",
        "the scale '{scale}': 'count_from' belongs to the method 'count' and to items without their own answers",
    )
    PACK_NOT_APPLICABLE_IS_AN_ANSWER = (
        "pack.not_applicable_is_an_answer",
        "the code {value} for 'does not apply' is also an answer; give it a code outside the answers",
    )
    PACK_NOT_APPLICABLE_IN_A_SUM = (
        "pack.not_applicable_in_a_sum",
        "the scale '{scale}' adds up items that may not apply, which would lower the score; use the mean",
    )
    PACK_BAND = ("pack.band", "the band '{label}' of the scale '{scale}' {detail}; correct its edges")
    PACK_NORM = (
        "pack.norm",
        "the norm of '{scale}' for '{population}' is not possible on this scale; check the mean and the SD",
    )
    PACK_PROVENANCE = (
        "pack.provenance",
        "the pack does not say where its '{topic}' come from; add a source and a mark for them",
    )
    PACK_WORDING_UNDECLARED = (
        "pack.wording_undeclared",
        "the item '{item}' has a text, but the licence does not say that wording is included",
    )
    PACK_WORDING_NOT_ALLOWED = (
        "pack.wording_not_allowed",
        "the pack includes wording that {owner} does not allow to be passed on; leave the texts out",
    )
    PACK_SELF_HARM = (
        "pack.self_harm",
        (
            "the item '{item}' asks about suicide or self-harm; nobody reads answers here in time to help, "
            "so such a question must not be asked; leave the item out"
        ),
    )
    PACK_DISPUTED = (
        "pack.disputed",
        (
            "the key of '{name}' is disputed: {reason}; also in use: {alternatives}; "
            "to use this key all the same, confirm it by naming '{name}'"
        ),
    )
    PACK_CONFIRMED_UNKNOWN = (
        "pack.confirmed_unknown",
        "you confirmed '{name}', but nothing of that name is disputed here; check the name",
    )
    PACK_BANDS_OF_PERSONS = (
        "pack.bands_of_persons",
        "the bands of '{scale}' were made for one person and say nothing about the mean of a group",
    )

    # Answers (measures): what scoring may refuse
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
        "the answer {answer} is none of the answers of this question ({options}); correct it or leave it empty",
    )
    ANSWERS_MORE = ("answers.more", "{count} more answers cannot be used; the first {shown} are listed")

    # Wording (measures): what a file of item texts may be refused for
    WORDING_FIELD = (
        "wording.field",
        "the wording needs the columns number, code, reverse and text; '{field}' is missing",
    )
    WORDING_COUNT = (
        "wording.count",
        "the wording has {found} items and the instrument has {expected}; check that it is the same version",
    )
    WORDING_NUMBER = (
        "wording.number",
        "'{number}' is not an item number of this instrument, which has the numbers 1 to {count}",
    )
    WORDING_TWICE = ("wording.twice", "item {number} stands there twice; each item needs one row")
    WORDING_CODE = (
        "wording.code",
        "item {number} is called '{found}' here and '{expected}' in the key; the numbering may differ",
    )
    WORDING_REVERSAL = (
        "wording.reversal",
        "item {number} is marked reversed in one of wording and key and not in the other; the key may not fit",
    )
    WORDING_EMPTY = ("wording.empty", "item {number} has no text; every item needs its wording")
    WORDING_SAME_TEXT = (
        "wording.same_text",
        "items {first} and {second} have the same text; one of them is wrong",
    )
    WORDING_LONG = (
        "wording.long",
        "the text of item {number} is longer than a question can be ({length} characters)",
    )
    WORDING_SELF_HARM = (
        "wording.self_harm",
        (
            "item {number} asks about suicide or self-harm; nobody reads answers here in time to help, "
            "so such a question must not be asked"
        ),
    )
    WORDING_NOT_OFFICIAL = (
        "wording.not_official",
        "the wording is not the official text of '{edition}'; compare it letter by letter, or ask the owner",
    )
    WORDING_NO_OFFICIAL = (
        "wording.no_official",
        "no official wording is known by its SHA-256 for '{pack}'; leave out that check or give the SHA-256",
    )

    # Positions (measures): comparing a score with a norm or with an earlier score
    POSITION_INPUT = ("position.input", "{what} must be {expected}, but it is {found}")

    # Disclosure: partition, bands, releases, model results
    SCALE_WITHOUT_NAME = ("scale.without_name", "a scale needs a name; give it one")
    SCALE_RANGE = (
        "scale.range",
        "the range of '{scale}' goes from {low} to {high}; give two numbers, the lower one first",
    )
    SCALE_STEP = (
        "scale.step",
        "the step {step} does not divide the range of '{scale}' ({low} to {high}) into equal parts",
    )
    SCALE_SHAPE = ("scale.shape", "the answers to one question must be one column; this has {dimensions}")
    SCALE_OUTSIDE = (
        "scale.outside",
        "the answer {value} is outside the range {low} to {high}; correct it or leave it empty",
    )
    SCALE_OFF_GRID = (
        "scale.off_grid",
        "the answer {value} is none of the possible answers ({low} to {high} in steps of {step}); correct it",
    )
    BELOW_FLOOR = ("disclosure.below_floor", "nothing is said about fewer than {floor} people")
    FLOOR_LOWERED = (
        "disclosure.floor_lowered",
        "the floor may be a whole number of {floor} or more, not {asked}; a setting can raise it only",
    )
    BAND_RANGE = ("band.range", "a band from {low} to {high} does not lie between 0 and 100")
    MEAN_RANGE = ("band.mean_range", "a mean of {mean} does not lie between 0 and 100")
    SIZE_CLASS_UNKNOWN = ("band.size_class_unknown", "there is no size class '{size}'")
    UNIT_UNKNOWN = (
        "unit.unknown",
        "the unit '{unit}' is not part of the reporting groups; check its spelling, or plan a new season",
    )
    UNIT_NAME = ("unit.name", "a unit has an empty name; name every unit")
    UNIT_DEPTH = (
        "unit.depth",
        "the unit '{unit}' has another number of levels than the rest; give every unit the same levels",
    )
    HEADCOUNT_NUMBER = (
        "headcount.number",
        "the headcount of '{unit}' is {headcount}; it must be a whole number, zero or more",
    )
    HEADCOUNT_EMPTY = ("headcount.empty", "there are no units; list every unit with its headcount")
    HEADCOUNT_UNIT_MISSING = (
        "headcount.unit_missing",
        "the headcount does not name the unit '{unit}'; add it, or leave the headcount out",
    )
    HEADCOUNT_EXCEEDED = (
        "headcount.exceeded",
        (
            "'{unit}' has more answers ({answers}) than people ({headcount}); correct the headcount, "
            "or look for people who answered twice"
        ),
    )
    PARTITION_GROUP = ("partition.group", "the reporting group '{group}' does not fit its own units")
    PARTITION_OVERLAP = ("partition.overlap", "the unit '{unit}' is in two reporting groups")
    PARTITION_LABELS = ("partition.labels", "two reporting groups have the same label")
    PARTITION_EMPTY = ("partition.empty", "a plan needs either reporting groups or a reason for having none")
    PARTITION_CONTINUING = (
        "partition.continuing",
        "'{group}' is not a reporting group of the season before; check the spelling",
    )
    RELEASE_CONSTRUCTED_OUTSIDE = (
        "release.constructed_outside",
        "a {kind} can only be made from answers by the disclosure room, not put together elsewhere",
    )
    RELEASE_COPIED = ("release.copied", "a {kind} is never copied or changed; pass on the one there is")
    RELEASE_CHANGED = (
        "release.changed",
        "this {kind} was changed after it was made; make it again",
    )
    RELEASE_ROUND_NAME = ("release.round_name", "a round needs a name; give it one")
    RELEASE_ROUND_TWICE = (
        "release.round_twice",
        "the round '{round}' was released before; what is published is never made again",
    )
    RELEASE_ROWS = (
        "release.rows",
        "there are {units} units and {answers} answers to '{scale}'; each row needs one of both",
    )
    RELEASE_SCALES_EMPTY = ("release.scales_empty", "there is no question to release; name at least one")
    RELEASE_SCALE_TWICE = ("release.scale_twice", "the question '{scale}' is named twice; name it once")
    RELEASE_SCALE_VALUES = (
        "release.scale_values",
        "'{scale}' is named as a question or has answers, but not both; name each question with its range",
    )
    RELEASE_SAME_ANSWERS = (
        "release.same_answers",
        (
            "'{scale}' follows from {others}; two figures from the same answers could give people away, "
            "so release either the one or the other"
        ),
    )
    RELEASE_OTHER_SCALES = (
        "release.other_scales",
        "the earlier release asked '{scale}' otherwise or not at all; use the same questions and ranges",
    )
    RELEASE_OTHER_FLOOR = (
        "release.other_floor",
        "the earlier release used a floor of {earlier}, this one would use {floor}; keep the same floor",
    )
    RELEASE_OTHER_RULE = (
        "release.other_rule",
        "the earlier release was made under '{earlier}', this software uses '{rule}'; start a new chain",
    )
    RELEASE_FORMAT = (
        "release.format",
        "this is not a file of releases ({why}); use the releases.json that was written with a report",
    )
    RELEASE_HASH = (
        "release.hash",
        "the release of round '{round}' was changed after it was published; use the file as it was written",
    )
    RELEASE_CHAIN = (
        "release.chain",
        "the release of round '{round}' does not follow the one before it; keep all releases, in order",
    )
    RELEASE_RULE_BROKEN = (
        "release.rule_broken",
        "the release of round '{round}' says more than the rules allow ({why}); do not publish it",
    )
    MODEL_RESULT_SMALL = (
        "model_result.small",
        "effects are shown for at least {people} people in at least {groups} groups only",
    )
    MODEL_RESULT_TWICE = (
        "model_result.twice",
        "the {kind} result for '{outcome}' and '{condition}' is given twice; a model is fitted once a round",
    )
    MODEL_RESULT_KIND = ("model_result.kind", "there is no kind of model result called '{kind}'")
    MODEL_RESULT_NUMBERS = (
        "model_result.numbers",
        "the {kind} result for '{outcome}' is not a usable number with its interval in order",
    )

    # Report: what a document may be refused for
    REPORT_ROLE = (
        "report.role",
        "'{role}' is neither outcome nor condition; say which of the two this column is",
    )
    REPORT_SCALE_UNKNOWN = (
        "report.scale_unknown",
        "our own question set has no scale '{scale}'; name it as a plain column with its range",
    )
    REPORT_WITHOUT_RELEASE = (
        "report.without_release",
        "there is no release to report on; make one from the answers first",
    )
    REPORT_QUESTION_UNKNOWN = (
        "report.question_unknown",
        "the release says nothing about this column; name only columns that were released",
    )
    REPORT_QUESTION_TWICE = (
        "report.question_twice",
        "this column is named twice; it can be an outcome or a condition, and only once",
    )
    REPORT_FOLDER_TAKEN = (
        "report.folder_taken",
        "this folder holds something else than an earlier report; choose a new or an empty folder",
    )
    REPORT_FOLDER_IS_FILE = (
        "report.folder_is_file",
        "there is a file of this name; choose the name of a new folder",
    )
    REPORT_LIBRARY_MISSING = (
        "report.library_missing",
        "drawing a report needs '{library}'; install it with: pip install 'replenish[charts,pdf]'",
    )

    # Simulator: what a request for an organisation may be refused for
    SIMULATION_RANGE = (
        "simulation.range",
        "'{name}' must be from {low} to {high}, and {value} was given",
    )
    SIMULATION_WHOLE = ("simulation.whole", "'{name}' must be a whole number, and {value} was given")
    SIMULATION_TOO_FEW = (
        "simulation.too_few",
        (
            "{people} people cannot fill {teams} teams, which need 4 people each; "
            "ask for at least {needed} people or for fewer teams"
        ),
    )
    SIMULATION_TOO_LARGE = (
        "simulation.too_large",
        (
            "{people} people over {weeks} weeks are more than {limit} person-weeks; "
            "ask for fewer people, teams or rounds"
        ),
    )
    SIMULATION_SHARES = (
        "simulation.shares",
        "the shares of {what} add up to more than 1; make one of them smaller",
    )
    SIMULATION_CORRELATIONS = (
        "simulation.correlations",
        (
            "outcomes cannot all be correlated as asked ('strain_correlation' and 'meaning_correlation'); "
            "bring the two closer to 0"
        ),
    )
    SIMULATION_UNKNOWN = (
        "simulation.unknown",
        "there is no {kind} '{name}'; choose one of {known}",
    )
    SIMULATION_EXPLAINED = (
        "simulation.explained",
        (
            "conditions and encounters alone would make {part} differ in '{outcome}' by more than the world "
            "allows; make the effects smaller or the standard deviation of {part} larger"
        ),
    )
    SIMULATION_FOLDER_IN_USE = (
        "simulation.folder_in_use",
        (
            "this folder holds '{found}', which the simulator did not write; "
            "choose an empty folder or a new name"
        ),
    )
    SIMULATION_NOT_A_FOLDER = (
        "simulation.not_a_folder",
        "there is a file of this name; choose a new name for the folder",
    )
    SIMULATION_FOLDER_UNWRITABLE = (
        "simulation.folder_unwritable",
        "the folder could not be written ({why}); choose a place where you may write",
    )

    # Questionnaire files (measures): what an imported form or its answers may be refused for
    FORM_UNKNOWN = (
        "form.unknown",
        "this is no questionnaire format that can be read; see docs/reference/formats.md for those that can",
    )
    FORM_NOT_JSON = ("form.not_json", "this is not valid JSON ({why}); export the questionnaire again")
    FORM_NOT_XML = ("form.not_xml", "this is not complete XML ({why}); export the questionnaire again")
    FORM_XML_UNSAFE = (
        "form.xml_unsafe",
        "the XML defines entities, which can be used to harm; export it again without them",
    )
    FORM_WRONG_KIND = (
        "form.wrong_kind",
        "this is a {found}, and a {expected} is needed; choose another file",
    )
    FORM_FIELD = ("form.field", "the entry '{field}' {complaint}; correct the file")
    FORM_EMPTY = ("form.empty", "the file holds no question; choose another file")
    FORM_CODE_TWICE = (
        "form.code_twice",
        "two questions are called '{code}'; give each question a name of its own",
    )
    FORM_OPTION_TWICE = (
        "form.option_twice",
        "the question '{code}' has the answer option '{option}' twice; take one out",
    )
    FORM_OPTIONS = (
        "form.options",
        "the options of '{code}' cannot be read at '{text}'; write them as 0, No | 1, Yes",
    )
    FORM_NO_OPTIONS = ("form.no_options", "the question '{code}' asks to choose but has no options; add them")
    FORM_VALUE_TWICE = (
        "form.value_twice",
        "the option '{option}' of '{code}' has two different values; keep one",
    )
    FORM_REFERENCE = (
        "form.reference",
        "'{name}' is referred to but is not there; nothing is fetched, so add it to the file or its folder",
    )
    FORM_REFERENCE_OUTSIDE = (
        "form.reference_outside",
        "'{name}' points outside the folder of the questionnaire; keep all its files inside",
    )
    FORM_RANGE = (
        "form.range",
        "'{code}' claims values from {claimed} and its {parts} give {actual}; correct the one that is wrong",
    )
    FORM_RANGE_REVERSED = (
        "form.range_reversed",
        "the lowest value of '{code}' is above its highest; correct it",
    )
    FORM_REPEAT = (
        "form.repeat",
        "'{code}' repeats, so one person may answer it several times, which a table of answers cannot hold",
    )
    FORM_GROUPS = ("form.groups", "a group is closed that was not opened, or opened and never closed")
    FORM_LANGUAGE = ("form.language", "there is no text in '{language}'; the languages are {languages}")
    FORM_SELF_HARM = (
        "form.self_harm",
        (
            "'{code}' asks about suicide or self-harm; nobody reads answers here in time to help, "
            "so it must not be asked; leave it out by naming it"
        ),
    )
    FORM_NOT_THERE = (
        "form.not_there",
        "there is no question '{code}' to leave out; the questions are {codes}",
    )
    FORM_NOT_SCORED = (
        "form.not_scored",
        "the option '{option}' of '{code}' has no number, so answers cannot be scored; add the values",
    )
    FORM_KEY_COUNT = (
        "form.key_count",
        "there are {found} scored questions and '{pack}' has {expected}; choose those that belong to it",
    )
    FORM_KEY_ORDER = (
        "form.key_order",
        "'{code}' stands in place {place} and its number says {number}; put the questions in order",
    )
    FORM_KEY_RANGE = (
        "form.key_range",
        "the answers to '{code}' run from {found} and the key of '{pack}' from {expected}; they do not fit",
    )
    ANSWERS_OTHER_FORM = (
        "answers.other_form",
        "the answers belong to the questionnaire '{found}' and not to '{expected}'",
    )
    ANSWERS_UNKNOWN_QUESTION = (
        "answers.unknown_question",
        "the answers name the question '{code}', which the questionnaire does not have",
    )
    ANSWERS_UNKNOWN_OPTION = (
        "answers.unknown_option",
        "'{value}' is not among the options of '{code}', which are {options}",
    )
    ANSWERS_KIND = ("answers.kind", "the answer to '{code}' is of another kind than the question asks for")
    ANSWERS_SEVERAL = ("answers.several", "'{code}' is answered {times} times and allows one answer")
    ANSWERS_CHECKBOX = (
        "answers.checkbox",
        "'{value}' is not a tick box value, which is 0, 1 or empty",
    )

    # Commands: what a command line may be refused for
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
            "say which columns are which: --unit for the team, --outcomes for what people carry, --conditions "
            "for what they work in, and --scale COLUMN=MIN,MAX for each; the file has: {columns}"
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

    @property
    def code(self) -> str:
        """The stable public name, such as `file.empty`."""
        return self.value[0]

    @property
    def sentence(self) -> str:
        """The sentence with its open places in braces."""
        return self.value[1]


@dataclass(frozen=True)
class Place:
    """Where a problem stands: a file, a row (1 is the first row below the header) and a column."""

    file: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column '{self.column}'")
        return ", ".join(parts)


@dataclass(frozen=True)
class Problem:
    """One fault at one place, with the details its sentence needs."""

    fault: Fault
    place: Place
    details: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        sentence = self.fault.sentence.format(**dict(self.details))
        where = str(self.place)
        return f"{where}: {sentence}" if where else sentence[:1].upper() + sentence[1:]


class Refused(Exception):
    """Raised instead of returning an unchecked or unsafe result; carries one problem or several."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("a refusal names at least one problem")
        self.problems = tuple(problems)
        super().__init__(str(self))

    @property
    def fault(self) -> Fault:
        """The fault of the first problem."""
        return self.problems[0].fault

    def __str__(self) -> str:
        more = len(self.problems) - 1
        if not more:
            return f"{self.problems[0]}."
        return f"{self.problems[0]} (and {more} more {'problem' if more == 1 else 'problems'})."


def problem(
    fault: Fault,
    *,
    file: object = None,
    row: int | None = None,
    column: str | None = None,
    **details: object,
) -> Problem:
    """Describe one fault; `file` may be a path. Rows count from 1 below the header."""
    place = Place(None if file is None else str(file), row, column)
    return Problem(fault, place, tuple(sorted(details.items())))


def refuse(
    fault: Fault,
    *,
    file: object = None,
    row: int | None = None,
    column: str | None = None,
    **details: object,
) -> NoReturn:
    """Raise `Refused` with the one problem described."""
    raise Refused([problem(fault, file=file, row=row, column=column, **details)])
