"""The argument stands beside the mechanism; this fails when the code moves and the argument does not."""

from pathlib import Path

import pytest
from tests.disclosure.refresh_arguments import HOUSE, arguments, claims, code_hash

MUST_BE_ARGUED = {
    "sealing": {
        "Secret",
        "seal_box",
        "open_box",
        "wrap",
        "unwrap",
        "seal_contribution",
        "RoundKeys",
        "write_once",
        "destroy",
        "encode_scores",
        "seal_record",
        "open_record",
        "seal_for_more",
        "RecordSecret",
    },
    "voices": {"check_in", "erase", "rewrite", "stop_accepting", "make_slips", "Contribution"},
    "ledger": {"record", "entry_hash", "breaks", "verify", "KEYS"},
    "people": {"confirm", "tree_on", "use_agreed_slips", "holds_key"},
    "conditions": {"close", "compute", "destroy_key", "releases_of"},
    "debrief": {
        "made_unasked",
        "UNASKED_IN",
        "ask",
        "draw_offers",
        "window_of",
        "keep_list",
        "band_of_answers",
        "tell_quarter",
        "destroy_what_is_over",
    },
    "safekeeping": {"KEPT", "RECORD", "LEFT_OUT", "write_backup"},
    "disclosure/attack/at_rest": {"try_everything", "solve_for_everybody", "accepted_below_floor"},
    "disclosure/attack/guess": {"estimate", "link_existence", "MOST_R2", "MOST_ABOVE_TEAM_MEANS"},
    "disclosure/bands": {"FLOOR", "LARGE", "RULES", "colluders", "cut_is_safe", "band_of"},
    "disclosure/change": {"change_between"},
    "disclosure/model_results": {
        "printing_step",
        "round_to_step",
        "effect_words",
        "disclose_effect",
        "ICC_FROM",
    },
    "disclosure/partition": {"plan_partition", "Partition"},
    "disclosure/release": {"form_leaves", "disclose_cell", "combine", "require_chain", "require_rules"},
}

ALL_CLAIMS = [claim for path in arguments() for claim in claims(path)]


@pytest.mark.parametrize("mechanism", MUST_BE_ARGUED)
def test_every_mechanism_has_its_argument_and_its_sources(mechanism: str) -> None:
    text = (HOUSE / mechanism / "argument.md").read_text(encoding="utf-8")
    for heading in ("## What is claimed", "## Why it holds", "## What it does not claim", "## Sources"):
        assert heading in text
    named = {claim.name for claim in claims(HOUSE / mechanism / "argument.md")}
    assert named >= MUST_BE_ARGUED[mechanism]


def test_the_arguments_are_about_the_code_as_it_is() -> None:
    moved = [
        f"{claim.argument.parent.name}/argument.md on {claim.module}::{claim.name}"
        for claim in ALL_CLAIMS
        if claim.hash != claim.current
    ]
    assert moved == [], (
        "this code changed: read each argument again, correct it if it no longer holds, then run "
        "python -m tests.disclosure.refresh_arguments"
    )


def test_a_changed_function_has_another_hash_and_a_changed_docstring_has_not(tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text('def f(n):\n    """One."""\n    return n >= 7\n\n\nLIMIT = 7\n')
    before = code_hash(path, "f"), code_hash(path, "LIMIT")
    path.write_text('def f(n):\n    """Other words."""\n    return n >= 7\n\n\nLIMIT = 7\n')
    assert (code_hash(path, "f"), code_hash(path, "LIMIT")) == before
    path.write_text('def f(n):\n    """One."""\n    return n >= 6\n\n\nLIMIT = 6\n')
    assert code_hash(path, "f") != before[0]
    assert code_hash(path, "LIMIT") != before[1]


def test_an_argument_about_code_that_is_gone_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text("LIMIT = 7\n")
    with pytest.raises(LookupError):
        code_hash(path, "gone")
