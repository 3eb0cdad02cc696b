"""Write the content hashes of the code that each argument is about into the argument.

    python -m tests.disclosure.refresh_arguments

Read the argument again before running it: the hash says that somebody did.
"""

from __future__ import annotations

import ast
import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2] / "src" / "replenish"

LINE = re.compile(
    r"^- `(?P<module>(?:\.\./)?[\w/]+\.(?:py|json))::(?P<name>[\w.]*)` (?P<hash>[0-9a-f]{16}|new)$"
)


@dataclass(frozen=True)
class Claim:
    """One piece of code that an argument is about, with the hash the argument was written for."""

    argument: Path
    line: int
    module: str
    name: str
    hash: str

    @property
    def current(self) -> str:
        """The hash of the code as it is now; the module's path counts from the room of the argument."""
        room = HOUSE / self.argument.relative_to(HOUSE).parts[0]
        return code_hash(room / self.module, self.name)


def arguments() -> list[Path]:
    """Every argument of the house that names code."""
    return sorted(path for path in HOUSE.rglob("argument.md") if claims(path))


def claims(argument: Path) -> list[Claim]:
    """The pieces of code an argument names, one a line: "- `bands/cuts.py::cut_is_safe` <hash>"."""
    found = []
    for number, line in enumerate(argument.read_text(encoding="utf-8").splitlines()):
        match = LINE.match(line)
        if match:
            found.append(Claim(argument, number, match["module"], match["name"], match["hash"]))
    return found


def code_hash(path: Path, name: str) -> str:
    """The first 16 digits of the SHA-256 of a function, class or constant, without its docstrings.

    Args:
        path: the file.
        name: its name, `Class.method` for a method; empty for the whole file as it is.
    """
    text = path.read_text(encoding="utf-8")
    if not name:
        return _digits(text)
    node: ast.AST = ast.parse(text)
    for part in name.split("."):
        node = _named(node, part, path)
    assert isinstance(node, ast.stmt)
    lines = text.splitlines()[node.lineno - 1 : node.end_lineno]
    for first, last in _docstrings(node):
        for number in range(first - node.lineno, last - node.lineno + 1):
            lines[number] = ""
    return _digits("\n".join(line.rstrip() for line in lines if line.strip()))


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _named(parent: ast.AST, name: str, path: Path) -> ast.AST:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return node
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return node
    raise LookupError(f"{path} has no {name}; correct the argument that names it")


def _docstrings(root: ast.AST) -> list[tuple[int, int]]:
    found = []
    for node in ast.walk(root):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.append((first.lineno, first.end_lineno or first.lineno))
    return found


def refresh() -> int:
    """Write the current hashes; return how many changed."""
    changed = 0
    for argument in arguments():
        lines = argument.read_text(encoding="utf-8").splitlines()
        for claim in claims(argument):
            if claim.hash != claim.current:
                lines[claim.line] = f"- `{claim.module}::{claim.name}` {claim.current}"
                changed += 1
        argument.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return changed


if __name__ == "__main__":
    sys.stdout.write(f"{refresh()} hashes written\n")
