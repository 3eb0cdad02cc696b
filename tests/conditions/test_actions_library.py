"""The library of actions: mostly structural, marked, in plain words, and the same in both languages."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest
from django.utils.translation import override
from tests.web.plain_words import forbidden_in, too_long

from replenish.basis.errors import Refused
from replenish.basis.faults import ActionFault
from replenish.conditions.actions.library.reading import (
    CONDITIONS,
    FOLDER,
    MOST_INDIVIDUAL,
    LibraryAction,
    library,
    read_library,
)
from replenish.conditions.asked import asked_by
from replenish.conditions.models import ActionKind
from replenish.people.presets import every_preset

LEAST = 40


def said(one: LibraryAction) -> list[str]:
    return [one.title, one.sentence, *one.steps, one.evidence.says]


def test_there_are_forty_and_most_change_the_work_or_what_stands_around_it() -> None:
    found = read_library()
    kinds = Counter(one.kind for one in found)
    assert len(found) >= LEAST
    assert kinds["individual"] <= MOST_INDIVIDUAL
    assert set(kinds) == {kind.value for kind in ActionKind}
    assert kinds["eliminate"] + kinds["redesign"] + kinds["rota"] > len(found) / 3
    assert kinds["training"] + kinds["individual"] < len(found) / 5


def test_every_condition_of_a_round_has_some_and_every_preset_finds_some() -> None:
    assert set(CONDITIONS) == {scale.name for scale in asked_by() if scale.role == "condition"}
    for condition in CONDITIONS:
        mine = [one for one in library().values() if one.condition == condition]
        assert len(mine) >= 6
        assert all(sum(one.suits(preset.setting) for one in mine) >= 4 for preset in every_preset())


def test_what_was_not_studied_says_so() -> None:
    told = re.compile(
        r"no study of (this step|its length|the two together)[a-z ]* (found|read)", re.IGNORECASE
    )
    for one in read_library():
        assert one.evidence.studied != bool(told.search(one.evidence.says)), one.code
        assert (one.evidence.mark == "C") == (one.evidence.source == "Our own reasoning")


def test_the_words_are_plain_and_judge_nobody() -> None:
    everything = "\n\n".join(words for one in read_library() for words in said(one))
    assert too_long(everything) == []
    assert forbidden_in(everything) == []
    assert all(one.sentence.count(".") == 1 and one.title[-1] != "." for one in read_library())


def test_a_language_has_the_same_actions_marks_and_settings_in_its_own_words() -> None:
    english, spanish = read_library(), read_library(language="es")
    assert [(one.code, one.kind, one.touches, one.settings) for one in english] == [
        (one.code, one.kind, one.touches, one.settings) for one in spanish
    ]
    for here, there in zip(english, spanish, strict=True):
        assert (here.evidence.mark, here.evidence.studied) == (there.evidence.mark, there.evidence.studied)
        assert not set(said(here)) & set(said(there))
        assert figures(here.evidence.says) == figures(there.evidence.says), here.code
    lengths = [len(part.split()) for one in spanish for words in said(one) for part in words.split(". ")]
    assert max(lengths) <= 30
    assert mean(lengths) <= 15
    with override("es"):
        assert library()["drop-a-task"].title == "Una tarea menos durante un mes"
    with override("fr"):
        assert library()["drop-a-task"].title == "One task less for a month"


def figures(text: str) -> list[str]:
    """Numbers as they are, whichever way a language writes its decimals."""
    plain = re.sub(r"(?<=\d)[.,](?=\d{3}\b)", "", text)
    found = re.findall(r"\d*[.,]?\d+", plain)
    return sorted(f"{float(one.replace(',', '.')):g}" for one in found)


@pytest.mark.parametrize(
    ("file", "before", "after", "why"),
    [
        ("en/workload.yaml", "kind: eliminate", "kind: poster", "kind"),
        ("en/workload.yaml", "code: drop-a-task", "code: fewer-forms", "stands twice"),
        ("en/workload.yaml", "mark: S", "mark: certain", "mark"),
        ("en/workload.yaml", "condition: workload", "condition: morale", "condition"),
        ("en/reciprocity.yaml", "kind: redesign", "kind: individual", "leave it to single people"),
        ("en/culture.yaml", "touches: relational", "touches: sales", "touches"),
        ("es/workload.yaml", "code: drop-a-task", "code: drop-two-tasks", "not the same actions"),
        ("es/workload.yaml", "      - Elegir una en común y contarlo a quienes dirigen.\n", "", "steps"),
        ("es/workload.yaml", "    title: Una tarea menos durante un mes\n", "", "title"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(
    tmp_path: Path, file: str, before: str, after: str, why: str
) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    path = tmp_path / file
    written = path.read_text("utf-8")
    assert before in written
    path.write_text(written.replace(before, after), "utf-8")
    with pytest.raises(Refused) as refused:
        read_library(tmp_path, file.split("/")[0])
    assert refused.value.fault is ActionFault.LIBRARY_FILE
    assert why in str(refused.value)


def test_a_file_that_is_missing_or_no_file_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / "en/leaders.yaml").write_text("[", "utf-8")
    with pytest.raises(Refused):
        read_library(tmp_path)
    (tmp_path / "en/leaders.yaml").unlink()
    with pytest.raises(Refused):
        read_library(tmp_path)
