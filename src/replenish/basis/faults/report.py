"""What a report may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class ReportFault(Fault):
    """What a report may be refused for."""

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
