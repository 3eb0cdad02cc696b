"""Small rooms: a file one can read in a sitting, a function one can hold in the head."""

import ast

from tests.architecture.tree import ROOT, python_files

FILE_LINES = 400
FUNCTION_LINES = 60
ROOM_DOCSTRING_LINES = 5


def test_no_file_is_longer_than_a_sitting() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*python_files("src", "tests", "bench", "docs"), ROOT / "run"]
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }
    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {}
    for path in python_files("src", "tests", "bench", "docs"):
        text = path.read_text(encoding="utf-8")
        if text.count("\n") <= FUNCTION_LINES:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                if (lines := node.end_lineno - node.lineno + 1) > FUNCTION_LINES:
                    long[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = lines
    assert long == {}


def test_every_room_says_in_a_few_lines_why_it_exists() -> None:
    silent = []
    for path in python_files("src"):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        limit = ROOM_DOCSTRING_LINES if path.name == "__init__.py" else 40
        if not docstring or len(docstring.splitlines()) > limit:
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []
