"""What an adversary knows about people is read from plain rows, and wrong rows are refused by number."""

import pytest
from tests.attacks.rounds import publish

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import AttackFault
from replenish.disclosure.attack import FindingKind, Roster, RosterRow, proof_attack, read_roster

OAK = ("North", "Oak")
TREE = ("service", "team")


def row(**columns: object) -> dict[str, object]:
    return {"service": "North", "team": "Oak", **columns}


def test_rows_without_a_round_are_a_headcount() -> None:
    roster = read_roster([row(), row(), row(people="5")], units=TREE)
    assert roster == Roster((RosterRow(frozenset([OAK]), 7),))
    assert roster.people == 7
    assert not roster.knows_who_answered


def test_rows_with_a_round_say_who_answered() -> None:
    roster = read_roster([row(round="1"), row(round="1"), row(round="2")], units=TREE)
    assert roster.knows_who_answered
    assert {(each.people, each.answered) for each in roster.rows} == {
        (2, frozenset([("1", None)])),
        (1, frozenset([("2", None)])),
    }


def test_rows_of_one_person_are_joined_over_rounds_and_questions() -> None:
    rows = [
        row(person="a", round="1"),
        row(person="a", round="2", question="tired"),
        row(person="b", round="1"),
    ]
    roster = read_roster(rows, units=TREE)
    assert roster.people == 2
    by_rounds = {each.answered for each in roster.rows}
    assert frozenset([("1", None), ("2", "tired")]) in by_rounds


def test_a_second_breakdown_is_a_second_membership() -> None:
    roster = read_roster([row(role="Nurses", people=3)], units=TREE, second_breakdowns=["role"])
    assert roster.rows[0].units == {OAK, ("Nurses",)}


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([], AttackFault.ROSTER_EMPTY),
        ([row(), {"service": "North"}], AttackFault.ROSTER_UNIT_MISSING),
        ([row(), row(team="  ")], AttackFault.ROSTER_UNIT_MISSING),
        ([row(), row(people="many")], AttackFault.ROSTER_PEOPLE_NOT_A_NUMBER),
        ([row(), row(people=0)], AttackFault.ROSTER_PEOPLE_NOT_A_NUMBER),
        ([row(), row(people=2.5)], AttackFault.ROSTER_PEOPLE_NOT_A_NUMBER),
        ([row(), row(people="nan")], AttackFault.ROSTER_PEOPLE_NOT_A_NUMBER),
        ([row(), row(people="inf")], AttackFault.ROSTER_PEOPLE_NOT_A_NUMBER),
    ],
)
def test_wrong_rows_are_refused_by_number(rows: list[dict[str, object]], fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        read_roster(rows, units=TREE, file="roster.csv")
    assert refused.value.fault is fault
    if rows:
        assert "roster.csv, row 2" in str(refused.value)


def test_a_roster_that_does_not_fit_the_file_is_told() -> None:
    file = publish({"1": {OAK: [50.0] * 9}}, [(OAK,)])
    too_many = read_roster([row(round="1", people=14)], units=TREE)
    assert proof_attack(file, roster=too_many).found(FindingKind.ROSTER_DISAGREES)
    elsewhere = read_roster([{"service": "South", "team": "Ash", "round": "1"}], units=TREE)
    report = proof_attack(file, roster=elsewhere)
    assert report.found(FindingKind.ROSTER_DISAGREES)
    assert report.holds


def test_a_headcount_narrows_what_the_size_class_allows() -> None:
    """With two colluders nine people are safe and eight are not: a headcount of seven says which."""
    file = publish({"1": {OAK: [0.0] * 7}}, [(OAK,)])
    headcount = read_roster([row(people=8)], units=TREE)
    assert proof_attack(file, roster=headcount, colluders=1).values_ruled_out == 0
    assert proof_attack(file, roster=headcount, colluders=2).values_ruled_out == 1


def test_people_followed_through_rounds_are_found_when_they_never_change() -> None:
    """Eight people, then the same without one, in the same band: nothing for sure. In a lower one: much."""
    first = {OAK: [30.0] * 7 + [100.0]}
    second = {OAK: [30.0] * 7}
    file = publish({"1": first, "2": second}, [(OAK,)])
    stay = [row(person=str(at), round=name) for at in range(7) for name in ("1", "2")]
    roster = read_roster([*stay, row(person="leaver", round="1")], units=TREE)
    report = proof_attack(file, roster=roster, persistent=True)
    assert report.values_ruled_out == 0
    assert report.holds
    assert report.persistent is not None
    assert report.persistent.values_ruled_out == 1, (
        "who never changed and left with a fallen band had no low answer"
    )
    assert "not part of the promise" in report.summary()
