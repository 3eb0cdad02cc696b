"""The case in other languages: the same figures and sources, each written as that language writes it."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from django.utils.translation import override

from replenish.people.presets import every_preset
from replenish.web.carer.words.case_compose import CaseChosen, make_case
from replenish.web.carer.words.case_parts import CONDITIONS, COUNTRIES, read_case_parts
from replenish.web.carer.words.facts import SHIPPED, facts, read_facts
from replenish.web.carer.words.parts import FOLDER, parts

EVERYWHERE = list(
    product([(one,) for one in CONDITIONS], ["", *(p.setting.value for p in every_preset())], COUNTRIES)
)
OTHERS = sorted(path for path in FOLDER.glob("*/case.yaml") if path.parent.name != "en")


def digits(text: str) -> list[str]:
    """The numbers of a text without zeros before a mark and without marks: these differ with the language."""
    return re.findall(r"\d+", re.sub(r"\b0[.,]|(?<=\d)[., ](?=\d)", "", text))


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.parent.name)
def test_a_language_writes_the_same_figures_and_sources(path: Path) -> None:
    here, shipped = read_case_parts(path), read_facts(SHIPPED)
    figures = {figure for fact in shipped for figure in fact.figures.values()}
    assert set(here.figures) <= figures
    assert {figure for figure in figures if re.search(r"[a-z]{2}|\d[.,]\d", figure)} <= set(here.figures)
    assert set(here.sources) <= {fact.source for fact in shipped}
    for english, said in (*here.figures.items(), *here.sources.items()):
        assert digits(said) == digits(english), english


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.parent.name)
def test_a_page_in_another_language_has_no_english_in_it(path: Path) -> None:
    words = read_case_parts(path)
    with override(path.parent.name):
        for conditions, setting, country in EVERYWHERE:
            chosen = CaseChosen(conditions, setting, country, "manager")
            case = make_case(words, facts(), chosen, parts().joining.conditions)
            said = " ".join(line.text for section in case.sections for line in section.lines)
            assert not re.search(r"\b(the|of|and|to|is|are|with|what|month)\b", said), said
            named = " ".join(source.name for source in case.sources)
            assert not re.search(r"\b(colleagues|review|study|studies|regulation)\b", named), named


def test_a_figure_of_ones_own_is_written_as_it_is() -> None:
    fact = facts()[0].model_copy(update={"figures": {**facts()[0].figures, "people": "11,111"}})
    statements = {fact.id: "{studies} {people} {link}"}
    assert fact.said(statements, {"27": "veintisiete"}).startswith("veintisiete 11,111 r")
