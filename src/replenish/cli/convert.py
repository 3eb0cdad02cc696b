"""`replenish convert`: a questionnaire, or answers to one, in another format."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from replenish.cli.arguments import columns
from replenish.cli.printing import print_json, say
from replenish.cli.wordings import find_pack, read_wording
from replenish.measures.formats.answer_tables import read_answer_table
from replenish.measures.formats.answers import Answers
from replenish.measures.formats.codebook import codebook
from replenish.measures.formats.detection import read_questionnaire
from replenish.measures.formats.fhir_export import fhir_questionnaire, fhir_responses
from replenish.measures.formats.fhir_response import read_fhir_responses
from replenish.measures.formats.pack_form import pack_form
from replenish.measures.formats.question_list_export import question_list_text
from replenish.measures.formats.questionnaire import Questionnaire
from replenish.measures.formats.safe_writing import table_text, whole_file
from replenish.measures.pack import Pack


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "convert",
        help="a questionnaire, or answers to one, in another format",
        description="Read a questionnaire (question list, REDCap data dictionary, FHIR R4, ReproSchema, "
        "XLSForm, LimeSurvey), or with --questions or --instrument the answers to one, and write it as FHIR "
        "R4, CSV or a codebook for people.",
    )
    command.add_argument("file", metavar="FILE", help="a questionnaire; or answers, with the options below")
    command.add_argument(
        "--to", required=True, choices=["fhir", "csv", "codebook"], help="the format to write"
    )
    asked = command.add_mutually_exclusive_group()
    asked.add_argument("--questions", metavar="FORM", help="FILE holds answers to this questionnaire")
    asked.add_argument("--instrument", metavar="ID", help="FILE holds answers to this pack")
    command.add_argument("--wording", metavar="FILE", help="with --instrument: the wording you may use")
    command.add_argument(
        "--without", type=columns, default=(), metavar="CODE,...", help="leave these questions out"
    )
    command.add_argument("--out", metavar="FILE", help="write here; else it is printed")
    command.add_argument("--json", action="store_true", help="print JSON for machines")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Read, convert, and write or print."""
    text = convert(chosen)
    if chosen.out:
        with whole_file(Path(chosen.out)) as stream:
            stream.write(text.encode())
        say(f"Written: {chosen.out}")
    if chosen.json:
        print_json({"format": chosen.to, "out": chosen.out, "content": None if chosen.out else text})
    elif not chosen.out:
        sys.stdout.write(text)
    return 0


def convert(chosen: argparse.Namespace) -> str:
    """The file in the format asked for."""
    if chosen.instrument:
        pack = find_pack(chosen.instrument)
        wording = read_wording(pack, chosen.wording) if chosen.wording else None
        return written_answers(chosen, pack_form(pack, wording), pack)
    if chosen.questions:
        return written_answers(chosen, read_questionnaire(chosen.questions, without=chosen.without), None)
    questionnaire = read_questionnaire(chosen.file, without=chosen.without)
    if chosen.to == "codebook":
        return codebook(questionnaire)
    if chosen.to == "csv":
        return question_list_text(questionnaire)
    return as_json(fhir_questionnaire(questionnaire))


def written_answers(chosen: argparse.Namespace, questionnaire: Questionnaire, pack: Pack | None) -> str:
    """Answers in the format asked for; a codebook of the columns that are really there."""
    answers = read_answers_to(chosen.file, questionnaire)
    if chosen.to == "codebook":
        return codebook(questionnaire, pack)
    if chosen.to == "csv":
        return table_text({name: answers.frame[name].to_list() for name in answers.frame.columns})
    return as_json(fhir_responses(answers))


def read_answers_to(path: str, questionnaire: Questionnaire) -> Answers:
    """Answers from a table, or from FHIR responses where the file is JSON."""
    if Path(path).suffix.lower() == ".json":
        return read_fhir_responses(Path(path), questionnaire)
    return read_answer_table(path, questionnaire)


def as_json(value: object) -> str:
    """One JSON document."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
