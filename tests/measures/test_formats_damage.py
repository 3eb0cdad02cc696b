"""Damage of any kind: a file is read or refused, and nothing else ever happens."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measures.form_samples import SAMPLES, xlsform

from replenish.basis.errors import Refused
from replenish.measures.formats.detection import read_questionnaire
from replenish.measures.formats.fhir_response import read_fhir_responses
from replenish.measures.tables import read_table

PIECES = [
    b'"', b",", b";", b"\t", b"\n", b"\r", b"{", b"}", b"]", b"null", b"-1", b"1e999", b"\xff", b"\x00", b"<",
    b"&", b"=", b"|", b'""', b"\xc3\xa9", b"9" * 30, b'"a":1,', b"nan", b"\xef\xbb",
]  # fmt: skip


@st.composite
def damage(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """Up to three changes: a piece put in, some bytes taken out, or the rest cut off."""
    steps = draw(
        st.lists(
            st.tuples(st.floats(0, 1), st.sampled_from(["in", "out", "cut"]), st.sampled_from(PIECES)),
            min_size=1,
            max_size=3,
        )
    )

    def apply(content: bytes) -> bytes:
        for where, what, piece in steps:
            at = int(where * len(content))
            after = {"in": piece + content[at:], "out": content[at + len(piece) :], "cut": b""}[what]
            content = content[:at] + after
        return content

    return apply


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("sound")
    xlsform(folder / "form.xlsx")
    pl.read_csv(SAMPLES / "redcap_answers.csv").write_parquet(folder / "answers.parquet")
    paths = [*(path for path in SAMPLES.iterdir() if path.is_file()), *folder.iterdir()]
    return {path.name: path.read_bytes() for path in sorted(paths)}


@given(change=damage(), choice=st.integers(0, 99))
def test_a_damaged_file_is_read_or_refused(
    files: dict[str, bytes],
    tmp_path_factory: pytest.TempPathFactory,
    change: Callable[[bytes], bytes],
    choice: int,
) -> None:
    name = list(files)[choice % len(files)]
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(change(files[name]))
    form = read_questionnaire(SAMPLES / "fhir_questionnaire.json")
    acts: list[Callable[[], object]] = [lambda: read_questionnaire(path), lambda: read_table(path)]
    if name == "fhir_bundle.json":
        acts.append(lambda: read_fhir_responses(path, form).values())
    sentences = [refused_with(act) for act in acts]
    assert not [sentence for sentence in sentences if sentence and str(path) not in sentence]


def refused_with(act: Callable[[], object]) -> str:
    """The sentence of a refusal; nothing where the file was read."""
    try:
        act()
    except Refused as refused:
        return str(refused)
    return ""
