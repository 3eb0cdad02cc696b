"""The argument and the code it argues about may only change together."""

import hashlib
import re
from pathlib import Path

import pytest

from replenish.disclosure import attack

ROOM = Path(attack.__file__).parent


@pytest.mark.parametrize("name", ["closed_form.py", "joint.py", "programs.py"])
def test_the_argument_was_read_again_when_the_code_changed(name: str) -> None:
    text = (ROOM / name).read_text(encoding="utf-8")
    content = hashlib.sha256(text.encode()).hexdigest()[:12]
    argued = re.search(rf"`{name}` ([0-9a-f]{{12}})", (ROOM / "argument.md").read_text(encoding="utf-8"))
    assert argued is not None
    assert argued[1] == content, f"read argument.md again against {name}, then write {content} there"
