"""The catalogue of refusals: stable codes, sentences that can be filled, none forgotten."""

import re
import string

import pytest
from tests.architecture.tree import python_files

from replenish.basis.errors import Fault, Place, Problem, Refused, problem, refuse
from replenish.basis.faults import TableFault, every_fault

NAMED = {
    name
    for path in python_files("src")
    if "faults" not in path.parts
    for name in re.findall(r"\b\w+Fault\.[A-Z0-9_]+\b", path.read_text(encoding="utf-8"))
}


def test_codes_are_unique_and_dotted() -> None:
    codes = [fault.code for fault in every_fault()]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", code)] == []


def test_each_fault_is_raised_somewhere() -> None:
    """A refusal that nothing raises misleads its reader."""
    assert {f"{type(fault).__name__}.{fault.name}" for fault in every_fault()} - NAMED == set()


def test_each_sentence_is_calm_and_can_be_filled() -> None:
    """The full stop is added when the refusal is printed."""
    told = {fault.code: _filled(fault) for fault in every_fault()}
    assert {code: said for code, said in told.items() if re.search(r"[{!]|\.$", said)} == {}


def _filled(fault: Fault) -> str:
    names = [name for _, name, _, _ in string.Formatter().parse(fault.sentence) if name]
    return str(Problem(fault, Place(), tuple((name, 1) for name in names)))


def test_a_refusal_names_file_row_and_column() -> None:
    with pytest.raises(Refused, match=r"^answers\.csv, row 3, column 'hours': there is no such file"):
        refuse(TableFault.FILE_MISSING, file="answers.csv", row=3, column="hours")


def test_a_refusal_counts_what_it_does_not_print() -> None:
    first = problem(TableFault.FILE_EMPTY, file="a.csv")
    assert str(Refused([first, first, first])).endswith("(and 2 more problems).")
