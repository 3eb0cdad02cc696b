"""What a file of answers may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class TableFault(Fault):
    """What a file of answers may be refused for."""

    FILE_MISSING = ("file.missing", "there is no such file; check the path and the spelling")
    FILE_EMPTY = ("file.empty", "the file is empty; there is nothing to read")
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
