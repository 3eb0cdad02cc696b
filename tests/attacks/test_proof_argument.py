"""The argument names the code it argues about, and may only change together with it."""

from tests.disclosure.refresh_arguments import HOUSE, claims

ARGUED = {"possible_answers", "totals", "possible_in_block", "TotalsProgram", "blocks_of", "head_counts"}


def test_the_argument_was_read_again_when_the_code_changed() -> None:
    named = claims(HOUSE / "disclosure" / "attack" / "argument.md")
    assert {claim.name for claim in named} >= ARGUED
    assert [claim.name for claim in named if claim.hash != claim.current] == []
