"""The argument of the guess attack names the code it is about, and may only change together with it."""

from tests.disclosure.refresh_arguments import HOUSE, claims

ARGUED = {"estimate", "propagate", "personal_levels", "MOST_R2", "MOST_ABOVE_TEAM_MEANS", "link_existence"}


def test_the_argument_was_read_again_when_the_code_changed() -> None:
    named = claims(HOUSE / "disclosure" / "attack" / "guess" / "argument.md")
    assert {claim.name for claim in named} >= ARGUED
    assert [claim.name for claim in named if claim.hash != claim.current] == []
