"""Agreements: nobody agrees for another, limits are read first, and nobody sees those of others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.supervision.sealed_pairs import Pair, agreed, employee, everybody_agrees, proposed, wording
from tests.web.staff_world import StaffWorld

from replenish.basis import clock
from replenish.basis.errors import Fault, Refused
from replenish.basis.faults.supervision import SupervisionFault
from replenish.ledger.models import Entry
from replenish.people.actions import end_account
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.supervision.agreements import agree, end, end_for_those_who_left, leave, propose, reword
from replenish.supervision.models import Agreement, AgreementKind, AgreementState, Party
from replenish.supervision.reading import agreement_of, agreements_of, meetings_of
from replenish.supervision.wording import Answer


def refusal(call: object, **said: object) -> Fault:
    assert callable(call)
    with pytest.raises(Refused) as refused:
        call(**said)
    return refused.value.fault


def test_it_holds_when_the_last_has_agreed_and_not_before(pair: Pair) -> None:
    agreement = propose(asker=pair.ana, said=proposed(pair))
    told = agreement_of(pair.ana, agreement)
    assert (told.state, told.in_force, told.waits_for_own) == (AgreementState.PROPOSED, None, True)
    agree(asker=pair.ana, agreement=agreement, version=1, has_read_limits=True)
    assert agreement_of(pair.supervisor, agreement).state is AgreementState.PROPOSED
    agree(asker=pair.supervisor, agreement=agreement, version=1, has_read_limits=True)
    told = agreement_of(pair.supervisor, agreement)
    assert (told.state, told.agreed_on) == (AgreementState.AGREED, clock.today())
    assert told.in_force == told.latest
    assert told.in_force is not None
    assert told.in_force.wording == wording()
    assert told.with_whom == ("Ana Brook",)


def test_limits_are_read_before_anybody_agrees(pair: Pair) -> None:
    agreement = propose(asker=pair.ana, said=proposed(pair))
    said = {"asker": pair.ana, "agreement": agreement, "version": 1, "has_read_limits": False}
    assert refusal(agree, **said) is SupervisionFault.LIMITS
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.filter(agreement=agreement).update(agreed_version=1)


def test_other_terms_hold_when_all_agree_and_the_earlier_ones_until_then(pair: Pair) -> None:
    agreement = agreed(pair)
    assert reword(asker=pair.supervisor, agreement=agreement, read=1, wording=wording(minutes=90)) == 2
    told = agreement_of(pair.ana, agreement)
    assert told.in_force is not None
    assert (told.in_force.wording.minutes, told.latest.wording.minutes) == (60, 90)
    said = {"asker": pair.ana, "agreement": agreement}
    assert refusal(agree, **said, version=1, has_read_limits=True) is SupervisionFault.VERSION
    assert refusal(reword, **said, read=1, wording=wording()) is SupervisionFault.VERSION
    everybody_agrees(pair.world.organisation, agreement)
    told = agreement_of(pair.ana, agreement)
    assert told.in_force is not None
    assert told.in_force.wording.minutes == 90


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"rhythm": "nothing-known", "weeks": None}, SupervisionFault.RHYTHM),
        ({"weeks": None}, SupervisionFault.RHYTHM),
        ({"weeks": 0}, SupervisionFault.RHYTHM),
        ({"weeks": 27}, SupervisionFault.RHYTHM),
        ({"minutes": 9}, SupervisionFault.MINUTES),
        ({"minutes": 241}, SupervisionFault.MINUTES),
        ({"reflective_share": 0}, SupervisionFault.SHARE),
        ({"reflective_share": 101}, SupervisionFault.SHARE),
        ({"functions": ()}, SupervisionFault.POINT),
        ({"functions": ("appraisal",)}, SupervisionFault.POINT),
        ({"answers": {}}, SupervisionFault.POINT),
    ],
)
def test_terms_that_cannot_be_are_refused(pair: Pair, changes: dict[str, object], fault: Fault) -> None:
    said = proposed(pair, wording=wording(**changes))
    assert refusal(propose, asker=pair.ana, said=said) is fault
    assert not Agreement.objects.exists()


def test_a_review_comes_within_a_year(pair: Pair) -> None:
    for days, fits in ((0, False), (1, True), (366, True), (367, False)):
        said = proposed(pair, wording=wording(review_on=clock.today() + timedelta(days=days)))
        if fits:
            propose(asker=pair.ana, said=said)
        else:
            assert refusal(propose, asker=pair.ana, said=said) is SupervisionFault.REVIEW


def test_words_stand_where_a_point_has_some(pair: Pair) -> None:
    for code, words, fits in (
        ("medium", "The  small\n room", True),
        ("power", "words", False),
        ("medium", "x" * 201, False),
    ):
        answers = {**wording().answers}
        answers[code] = Answer(answers[code].code, words)
        said = proposed(pair, wording=wording(answers=answers))
        if fits:
            told = agreement_of(pair.ana, propose(asker=pair.ana, said=said))
            assert told.latest.wording.answers[code].words == "The small room"
        else:
            assert refusal(propose, asker=pair.ana, said=said) is SupervisionFault.WORDS


def test_who_supervises_has_the_part_and_is_not_supervised_there(pair: Pair) -> None:
    ana, steward = pair.ana.account, pair.world.asker(RoleKind.STEWARD).account
    for changes in (
        {"supervisor": steward},
        {"supervisor": ""},
        {"others": (pair.supervisor.account,)},
        {"kind": AgreementKind.PEER},
    ):
        assert refusal(propose, asker=pair.ana, said=proposed(pair, **changes)) in {
            SupervisionFault.SUPERVISOR,
            SupervisionFault.PARTIES,
        }
    assert refusal(propose, asker=pair.ana, said=proposed(pair, others=("nobody", ana))) is (
        SupervisionFault.PARTIES
    )
    assert refusal(propose, asker=pair.ana, said=proposed(pair, unit="none")) is SupervisionFault.UNIT


def test_nobody_proposes_for_others_alone(pair: Pair) -> None:
    """Whoever proposes belongs to it: a steward who tries becomes one of too many."""
    steward = pair.world.asker(RoleKind.STEWARD)
    assert refusal(propose, asker=steward, said=proposed(pair)) is SupervisionFault.PARTIES


def test_groups_equals_and_somebody_from_outside(pair: Pair) -> None:
    ben, _ = employee(pair.world, "Ben Field")
    both = (pair.ana.account or "", ben.account or "")
    group = agreed(pair, kind=AgreementKind.GROUP, others=both)
    assert agreement_of(ben, group).supervisor == "Supervisor of Ours"
    peers = agreed(pair, kind=AgreementKind.PEER, supervisor="", others=both)
    assert agreement_of(ben, peers).supervisor == ""
    outside = agreed(
        pair, kind=AgreementKind.EXTERNAL, supervisor="", external=" A practice\nin town ", others=()
    )
    assert agreement_of(pair.ana, outside).supervisor == "A practice in town"
    for changes in (
        {"kind": AgreementKind.GROUP},
        {"kind": AgreementKind.EXTERNAL, "supervisor": ""},
        {"external": "words"},
        {"kind": AgreementKind.GROUP, "others": tuple(f"p{number}" for number in range(9))},
    ):
        assert refusal(propose, asker=pair.ana, said=proposed(pair, **changes)) in {
            SupervisionFault.PARTIES,
            SupervisionFault.EXTERNAL,
        }


def test_nobody_else_sees_or_changes_it(pair: Pair, theirs: StaffWorld) -> None:
    agreement = agreed(pair)
    strangers = [theirs.asker(RoleKind.SUPERVISOR), pair.world.asker(RoleKind.STEWARD), pair.world.operator]
    strangers.append(Asker(theirs.organisation, pair.ana.account))
    for stranger in strangers:
        assert agreements_of(stranger) == ()
        assert refusal(agreement_of, asker=stranger, agreement=agreement) is SupervisionFault.UNKNOWN
        assert refusal(meetings_of, asker=stranger, agreement=agreement) is SupervisionFault.UNKNOWN
        for change in (leave, lambda **said: end(why="by-choice", **said)):
            assert refusal(change, asker=stranger, agreement=agreement) is SupervisionFault.UNKNOWN


def test_it_ends_once_and_says_why_by_code(pair: Pair) -> None:
    agreement = agreed(pair)
    assert refusal(end, asker=pair.ana, agreement=agreement, why="She is ill") is SupervisionFault.POINT
    end(asker=pair.ana, agreement=agreement, why="changed-post")
    end(asker=pair.supervisor, agreement=agreement, why="by-choice")
    told = agreement_of(pair.ana, agreement)
    assert (told.state, told.ended_why, told.ended_on) == (
        AgreementState.ENDED,
        "changed-post",
        clock.today(),
    )
    said = {"asker": pair.ana, "agreement": agreement}
    assert refusal(agree, **said, version=1, has_read_limits=True) is SupervisionFault.ENDED


def test_a_group_goes_on_without_one_and_ends_without_its_supervisor(pair: Pair) -> None:
    ben, _ = employee(pair.world, "Ben Field")
    group = agreed(pair, kind=AgreementKind.GROUP, others=(pair.ana.account or "", ben.account or ""))
    leave(asker=ben, agreement=group)
    assert agreement_of(pair.ana, group).state is AgreementState.AGREED
    assert refusal(leave, asker=ben, agreement=group) is SupervisionFault.UNKNOWN
    assert agreement_of(ben, group).is_open is False
    leave(asker=pair.supervisor, agreement=group)
    assert agreement_of(pair.ana, group).state is AgreementState.ENDED


def test_whoever_waited_alone_for_one_who_leaves_waits_no_longer(pair: Pair) -> None:
    ben, _ = employee(pair.world, "Ben Field")
    said = proposed(pair, kind=AgreementKind.GROUP, others=(pair.ana.account or "", ben.account or ""))
    group = propose(asker=pair.ana, said=said)
    for asker in (pair.ana, pair.supervisor):
        agree(asker=asker, agreement=group, version=1, has_read_limits=True)
    leave(asker=ben, agreement=group)
    assert agreement_of(pair.ana, group).state is AgreementState.AGREED


def test_who_leaves_the_organisation_leaves_their_agreements(pair: Pair) -> None:
    agreement = agreed(pair)
    end_account(asker=pair.world.operator, account=pair.supervisor.account or "")
    end_for_those_who_left(pair.world.organisation)
    assert (agreement_of(pair.ana, agreement).state, agreement_of(pair.ana, agreement).ended_why) == (
        AgreementState.ENDED,
        "left",
    )


def test_one_takes_over_from_another_where_the_same_person_is_supervised(pair: Pair) -> None:
    first = agreed(pair)
    next_one, _ = employee(pair.world, "Nia Lane", RoleKind.SUPERVISOR)
    second = agreed(pair, supervisor=next_one.account or "", follows=first)
    assert agreement_of(pair.ana, second).follows == first
    said = proposed(pair, supervisor=next_one.account or "", follows=first)
    assert refusal(propose, asker=next_one, said=said) is SupervisionFault.UNKNOWN
    assert refusal(propose, asker=pair.ana, said=proposed(pair, follows="none")) is SupervisionFault.UNKNOWN


def test_none_of_it_is_in_the_ledger(pair: Pair) -> None:
    before = Entry.objects.count()
    end(asker=pair.ana, agreement=agreed(pair), why="by-choice")
    assert Entry.objects.count() == before
