"""Files made under the earlier rule are attacked by its own cuts."""

from tests.attacks.rounds import Rule, publish

from replenish.disclosure import bands
from replenish.disclosure.attack import FindingKind, proof_attack
from replenish.disclosure.bands import RULES

EARLIER_RULE = RULES[0].name
OAK, ELM = ("North", "Oak"), ("North", "Elm")
GROUPS = [(OAK,), (ELM,)]
ANSWERS = {OAK: [10.0] * 8, ELM: [60.0] * 14}


def test_a_file_of_the_earlier_rule_is_attacked_by_its_own_cuts() -> None:
    """What was published under it stays safe; its cuts under the name of the rule in force are a fault."""
    file = publish(
        {"1": ANSWERS}, GROUPS, Rule(cuts=lambda n: bands.cuts(bands.size_class(n), rule=EARLIER_RULE))
    )
    for parent in file[0]["parents"]:
        parent["cells"] = {}
    assert proof_attack(file).found(FindingKind.CUTS_DEPEND_ON_N)
    file[0]["rule"] = EARLIER_RULE
    report = proof_attack(file, colluders="promised")
    assert not report.found(FindingKind.CUTS_DEPEND_ON_N)
    assert not report.found(FindingKind.CUT_TOO_NEAR_THE_END)
    assert report.values_ruled_out == 0
