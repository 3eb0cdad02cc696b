"""Read a questionnaire of any format: the content decides which, never the name of the file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults import QuestionnaireFault, TableFault
from replenish.measures.formats.fhir_questionnaire import read_fhir_questionnaire
from replenish.measures.formats.json_file import read_json
from replenish.measures.formats.limesurvey import read_limesurvey_xml
from replenish.measures.formats.limesurvey_tsv import is_limesurvey_tsv, read_limesurvey_tsv
from replenish.measures.formats.question_list import is_question_list, read_question_list
from replenish.measures.formats.questionnaire import Questionnaire
from replenish.measures.formats.redcap import is_dictionary, read_redcap_dictionary
from replenish.measures.formats.reproschema import find_schema, is_reproschema, read_reproschema
from replenish.measures.formats.xlsform import is_xlsform, read_xlsform
from replenish.measures.tables import read_header
from replenish.measures.tables.workbook import sheet_names


def read_questionnaire(
    path: str | Path, *, without: Collection[str] = (), language: str | None = None
) -> Questionnaire:
    """Read a questionnaire from a file, or from the folder of a ReproSchema.

    Args:
        path: CSV or XLSX question list, REDCap data dictionary, FHIR R4 Questionnaire, ReproSchema,
            XLSForm, LimeSurvey (.lsg, .lss, tab separated).
        without: codes of questions to leave out.
        language: the language of the texts, where the format carries several.

    Raises:
        Refused: FORM_UNKNOWN where the content is none of these; otherwise what its reader refuses.
    """
    file = Path(path)
    if not file.exists():
        refuse(TableFault.FILE_MISSING, file=path)
    if file.is_dir():
        return read_reproschema(find_schema(file), without=without, language=language)
    start = _start(file)
    if not start:
        refuse(TableFault.FILE_EMPTY, file=path)
    if start.startswith((b"{", b"[")):
        plain = read_json(file)
        if is_reproschema(plain):
            return read_reproschema(file, without=without, language=language)
        return read_fhir_questionnaire(file, without=without, language=language)
    if start.startswith(b"<"):
        return read_limesurvey_xml(file, without=without, language=language)
    if start.startswith(b"PK") and is_xlsform(sheet_names(file)):
        return read_xlsform(file, without=without, language=language)
    header = read_header(file)
    if is_limesurvey_tsv(header):
        return read_limesurvey_tsv(file, without=without, language=language)
    if is_dictionary(header):
        return read_redcap_dictionary(file, without=without)
    if not is_question_list(header):
        refuse(QuestionnaireFault.FORM_UNKNOWN, file=path)
    return read_question_list(file, without=without)


def _start(file: Path) -> bytes:
    """The first bytes that are neither white space nor a byte order mark."""
    with file.open("rb") as stream:
        start = stream.read(4096)
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()
